// Requests that no client should send, and a server that goes on answering after each.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, afterEach, before, describe, test } from 'node:test';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

import { withV2 } from '../lib/clients.js';
import { startHttp } from '../lib/echo.js';
import { assertEchoed } from '../lib/expect.js';
import { within } from '../lib/server.js';

const JSON_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream'
};
const PING = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
const TOO_LARGE = 8 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, ' ');

describe('bad input over HTTP', () => {
  let server;
  before(async () => {
    server = await startHttp();
  });
  after(() => server?.stop());
  afterEach(async () => {
    await withV2(server.url, { versionNegotiation: { mode: 'auto' } }, async client => {
      assertEchoed(await client.callTool({ name: 'echo', arguments: { message: 'ok' } }), 'ok');
    });
  });

  const send = init => fetch(server.url, { signal: AbortSignal.timeout(10_000), ...init });

  /**
   * Posts a body too large to be taken and answers the status. A server may answer before the
   * last byte and then close, so this looks for the answer before each piece that it sends.
   */
  function postTooLarge(headers) {
    const request = http.request(server.url, {
      method: 'POST',
      agent: false,
      headers: { ...JSON_HEADERS, ...headers }
    });
    let answered = false;
    const answer = new Promise((resolve, reject) => {
      request.on('response', response => {
        answered = true;
        resolve(response.statusCode);
        response.on('error', () => {}).resume();
      });
      request.on('error', reject);
    });
    const sending = async () => {
      request.flushHeaders();
      await delay(250);
      let left = TOO_LARGE;
      while (left > 0 && !answered && !request.destroyed) {
        left -= PIECE.length;
        await new Promise(resolve => request.write(PIECE, resolve));
        await nextTurn();
      }
      if (!answered) {
        request.end();
      }
    };
    sending().catch(() => {});
    return within(answer, 30_000, 'sending a large body').finally(() => request.destroy());
  }

  for (const [name, body] of [
    ['cut off', '{"jsonrpc":"2.0","id":1,"method":'],
    ['not JSON at all', 'hello'],
    ['empty', ''],
    ['followed by junk', `${PING} x`]
  ]) {
    test(`JSON that is ${name}: 400 with a parse error`, async () => {
      const response = await send({ method: 'POST', headers: JSON_HEADERS, body });
      assert.equal(response.status, 400);
      const answer = await response.json();
      assert.equal(answer.jsonrpc, '2.0');
      assert.equal(answer.error.code, -32700);
      assert.ok((answer.id ?? null) === null);
    });
  }

  for (const origin of ['https://attacker.example', 'null']) {
    test(`origin ${origin}: 403`, async () => {
      const headers = { ...JSON_HEADERS, origin };
      const response = await send({ method: 'POST', headers, body: PING });
      assert.equal(response.status, 403);
      await response.body?.cancel();
    });
  }

  test('GET: 405 that names the allowed method', async () => {
    const response = await send({ method: 'GET', headers: { accept: 'text/event-stream' } });
    assert.equal(response.status, 405);
    const allowed = (response.headers.get('allow') ?? '').split(',').map(name => name.trim());
    assert.ok(allowed.includes('POST'), `Allow: ${allowed}`);
    assert.ok(!allowed.includes('GET'), `Allow: ${allowed}`);
    await response.body?.cancel();
  });

  test('a body over the limit with its length announced: 413', async () => {
    assert.equal(await postTooLarge({ 'content-length': TOO_LARGE }), 413);
  });

  test('a body over the limit in chunks: 413', async () => {
    assert.equal(await postTooLarge({ 'transfer-encoding': 'chunked' }), 413);
  });
});
