// The TypeScript SDK v1 client (@modelcontextprotocol/sdk).

import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { AT_ONCE, echoCommand, hasLambda, NO_LAMBDA, startHttp } from '../lib/echo.js';
import { checksOver } from '../lib/v1-checks.js';

describe('v1 client over HTTP', () => {
  let server;
  before(async () => {
    server = await startHttp();
  });
  after(() => server?.stop());
  checksOver(() => server.url);
});

describe('v1 client over stdio', () => {
  checksOver(() => echoCommand('--mode', 'stdio'));
});

// The path has the stage of the API in it, which the function must not see.
describe('v1 client through a REST API and Lambda', { skip: !hasLambda && NO_LAMBDA }, () => {
  let server;
  before(async () => {
    server = await startHttp('lambda', {}, '--event', 'rest', '--stage', 'dev', ...AT_ONCE);
    assert.equal(server.url.pathname, '/dev/echo/mcp');
  });
  after(() => server?.stop());
  checksOver(() => server.url);
});
