// The checks of the echo server with the TypeScript SDK v2 client (@modelcontextprotocol/client).

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ProtocolError, UnsupportedProtocolVersionError } from '@modelcontextprotocol/client';

import { withV2 } from './clients.js';
import {
  assertEchoed,
  assertEchoTools,
  assertParallelCalls,
  assertServerInfo,
  assertToolError,
  UNICODE_MESSAGE
} from './expect.js';

const STATELESS = '2026-07-28';
const NOT_YET = '2099-01-01';
const LEGACY = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

async function checkEcho(client) {
  assertServerInfo(client.getServerVersion());
  assert.ok(client.getServerCapabilities().tools);
  assertEchoTools(await client.listTools());
  assertEchoed(
    await client.callTool({ name: 'echo', arguments: { message: UNICODE_MESSAGE } }),
    UNICODE_MESSAGE
  );
  assertEchoed(await client.callTool({ name: 'echo', arguments: { message: '' } }), '');
}

async function checkMistakes(client) {
  await assert.rejects(client.callTool({ name: 'no-such-tool', arguments: {} }), error => {
    assert.ok(error instanceof ProtocolError, `not a protocol error: ${error}`);
    assert.equal(error.code, -32602);
    return true;
  });
  assertToolError(await client.callTool({ name: 'echo', arguments: {} }));
  assertToolError(await client.callTool({ name: 'echo', arguments: { message: { a: 7 } } }));
  assertEchoed(await client.callTool({ name: 'echo', arguments: { message: 'still' } }), 'still');
}

/** Registers the checks; the target is a URL, or a command for a pipe. */
export function checksOver(getTarget) {
  const modes = [
    ['auto', 'auto'],
    ['pinned', { pin: STATELESS }]
  ];
  for (const [name, mode] of modes) {
    test(`${name}: negotiates ${STATELESS}, lists and calls`, async () => {
      await withV2(getTarget(), { versionNegotiation: { mode } }, async (client, transport) => {
        assert.equal(client.getNegotiatedProtocolVersion(), STATELESS);
        assert.equal(client.getProtocolEra(), 'modern');
        assert.ok(client.getDiscoverResult().supportedVersions.includes(STATELESS));
        assert.equal(transport.sessionId, undefined);
        await checkEcho(client);
      });
    });
  }

  test('auto: a client that offers a later version first is led to a common one', async () => {
    const options = {
      versionNegotiation: { mode: 'auto' },
      supportedProtocolVersions: [NOT_YET, STATELESS]
    };
    await withV2(getTarget(), options, async client => {
      assert.equal(client.getNegotiatedProtocolVersion(), STATELESS);
      await checkEcho(client);
    });
  });

  test('pinned to a version the server does not know: told which ones it does', async () => {
    const options = { versionNegotiation: { mode: { pin: NOT_YET } } };
    await assert.rejects(
      withV2(getTarget(), options, () => assert.fail('connected')),
      error => {
        assert.ok(error instanceof UnsupportedProtocolVersionError, `not that error: ${error}`);
        assert.ok(error.supported.includes(STATELESS));
        assert.equal(error.requested, NOT_YET);
        return true;
      }
    );
  });

  test(`${STATELESS}: unknown tool and wrong arguments`, async () => {
    await withV2(getTarget(), { versionNegotiation: { mode: 'auto' } }, checkMistakes);
  });

  for (const version of LEGACY) {
    test(`legacy ${version}: initializes, lists, calls and pings`, async () => {
      const options = {
        versionNegotiation: { mode: 'legacy' },
        supportedProtocolVersions: [version]
      };
      await withV2(getTarget(), options, async (client, transport) => {
        assert.equal(client.getNegotiatedProtocolVersion(), version);
        assert.equal(client.getProtocolEra(), 'legacy');
        assert.equal(transport.sessionId, undefined);
        await checkEcho(client);
        await client.ping();
        await checkMistakes(client);
      });
    });
  }

  test('64 calls at once, each answered with its own message', async () => {
    await withV2(getTarget(), { versionNegotiation: { mode: 'auto' } }, client =>
      assertParallelCalls(client, 64)
    );
  });

  test('64 legacy calls at once, each answered with its own message', async () => {
    await withV2(getTarget(), { versionNegotiation: { mode: 'legacy' } }, client =>
      assertParallelCalls(client, 64)
    );
  });
}
