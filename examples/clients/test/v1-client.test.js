// The TypeScript SDK v1 client (@modelcontextprotocol/sdk).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { LATEST_PROTOCOL_VERSION, McpError } from '@modelcontextprotocol/sdk/types.js';

import { withV1 } from '../lib/clients.js';
import { AT_ONCE, echoCommand, hasLambda, NO_LAMBDA, startHttp } from '../lib/echo.js';
import {
  assertEchoed,
  assertEchoTools,
  assertParallelCalls,
  assertServerInfo,
  assertToolError,
  UNICODE_MESSAGE
} from '../lib/expect.js';

function checksOver(getTarget) {
  test('connects, lists, calls and pings', async () => {
    await withV1(getTarget(), {}, async (client, transport) => {
      assert.equal(LATEST_PROTOCOL_VERSION, '2025-11-25');
      if (getTarget() instanceof URL) {
        assert.equal(transport.protocolVersion, LATEST_PROTOCOL_VERSION);
        assert.equal(transport.sessionId, undefined);
      }
      assertServerInfo(client.getServerVersion());
      assert.ok(client.getServerCapabilities().tools);
      assertEchoTools(await client.listTools());
      assertEchoed(
        await client.callTool({ name: 'echo', arguments: { message: UNICODE_MESSAGE } }),
        UNICODE_MESSAGE
      );
      await client.ping();
    });
  });

  test('an unknown tool is an invalid-params error', async () => {
    await withV1(getTarget(), {}, async client => {
      await assert.rejects(client.callTool({ name: 'no-such-tool', arguments: {} }), error => {
        assert.ok(error instanceof McpError, `not an MCP error: ${error}`);
        assert.equal(error.code, -32602);
        assert.match(error.message, /no-such-tool/);
        return true;
      });
      await client.ping();
    });
  });

  test('wrong arguments are an error result', async () => {
    await withV1(getTarget(), {}, async client => {
      assertToolError(await client.callTool({ name: 'echo', arguments: {} }));
      assertToolError(await client.callTool({ name: 'echo', arguments: { message: { a: 7 } } }));
      await client.ping();
    });
  });

  test('64 calls at once, each answered with its own message', async () => {
    await withV1(getTarget(), {}, client => assertParallelCalls(client, 64));
  });
}

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
