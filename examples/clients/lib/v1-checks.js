// The checks of the echo server with the TypeScript SDK v1 client (@modelcontextprotocol/sdk).

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { LATEST_PROTOCOL_VERSION, McpError } from '@modelcontextprotocol/sdk/types.js';

import { withV1 } from './clients.js';
import {
  assertEchoed,
  assertEchoTools,
  assertParallelCalls,
  assertServerInfo,
  assertToolError,
  UNICODE_MESSAGE
} from './expect.js';

/** Registers the checks; the target is a URL, or a command for a pipe. */
export function checksOver(getTarget) {
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
