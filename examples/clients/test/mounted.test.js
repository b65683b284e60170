// The MCP handler mounted inside an existing web application.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { withV1, withV2 } from '../lib/clients.js';
import { startHttp } from '../lib/echo.js';
import { assertEchoed, assertEchoTools, UNICODE_MESSAGE } from '../lib/expect.js';

describe('mounted in a web application', () => {
  let server;
  before(async () => {
    server = await startHttp('mounted');
  });
  after(() => server?.stop());

  const get = path =>
    fetch(new URL(path, server.url), { signal: AbortSignal.timeout(10_000) });

  async function checkOwnRoutes() {
    const root = await get('/');
    assert.equal(root.status, 200);
    assert.match(root.headers.get('content-type') ?? '', /^text\//);
    assert.notEqual(await root.text(), '');
    const health = await get('/health');
    assert.equal(health.status, 200);
    assert.notEqual(await health.text(), '');
  }

  async function checkEcho(client) {
    assertEchoTools(await client.listTools());
    assertEchoed(
      await client.callTool({ name: 'echo', arguments: { message: UNICODE_MESSAGE } }),
      UNICODE_MESSAGE
    );
  }

  test('says that it listens under /echo/mcp', () => {
    assert.equal(server.url.pathname, '/echo/mcp');
  });

  test('the application answers on its own routes', checkOwnRoutes);

  test('the v2 client finds the server under its path', async () => {
    await withV2(server.url, { versionNegotiation: { mode: 'auto' } }, async client => {
      assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
      await checkEcho(client);
    });
  });

  test('the v1 client finds the server under its path', async () => {
    await withV1(server.url, {}, checkEcho);
  });

  test('the application still answers on its own routes', checkOwnRoutes);
});
