// The TypeScript SDK v2 client (@modelcontextprotocol/client).

import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { AT_ONCE, echoCommand, hasLambda, NO_LAMBDA, startHttp } from '../lib/echo.js';
import { checksOver } from '../lib/v2-checks.js';

describe('v2 client over HTTP', () => {
  let server;
  before(async () => {
    server = await startHttp();
  });
  after(() => server?.stop());
  checksOver(() => server.url);
});

describe('v2 client over stdio', () => {
  checksOver(() => echoCommand('--mode', 'stdio'));
});

// The path has the stage of the API in it, which the function must not see.
describe('v2 client through a REST API and Lambda', { skip: !hasLambda && NO_LAMBDA }, () => {
  let server;
  before(async () => {
    server = await startHttp('lambda', {}, '--event', 'rest', '--stage', 'dev', ...AT_ONCE);
    assert.equal(server.url.pathname, '/dev/echo/mcp');
  });
  after(() => server?.stop());
  checksOver(() => server.url);
});
