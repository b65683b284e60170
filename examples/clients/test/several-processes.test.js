// One call whose rounds are served by different processes: what one of them has begun, another
// goes on with if it has the key.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';

import { ProtocolError } from '@modelcontextprotocol/client';

import { withV2 } from '../lib/clients.js';
import { startHttp } from '../lib/conformance.js';
import { assertTwoSteps, twoStepUser } from '../lib/features.js';

const key = () => randomBytes(32).toString('base64');

describe('several processes', () => {
  const servers = {};
  before(async () => {
    const [old, recent, other] = [key(), key(), key()];
    for (const [name, keys] of [
      ['first', old],
      ['second', old],
      ['renewed', `${recent},${old}`],
      ['foreign', other]
    ]) {
      servers[name] = await startHttp({ MCP_STATE_KEYS: keys });
    }
  });
  after(() => Promise.all(Object.values(servers).map(server => server.stop())));

  /** Hands the calls of tools to the named servers in turn, and all the rest to the first. */
  async function withRounds(names, body) {
    const user = twoStepUser();
    const calls = [];
    const carry = (url, init) => {
      const request = init?.method === 'POST' ? JSON.parse(init.body) : {};
      if (request.method !== 'tools/call') {
        return fetch(url, init);
      }
      const server = names[calls.length];
      assert.ok(server, 'more calls than expected');
      calls.push(request);
      return fetch(servers[server].url, init);
    };
    const options = {
      versionNegotiation: { mode: { pin: '2026-07-28' } },
      capabilities: { elicitation: { form: {} } },
      fetch: carry,
      prepare: client => client.setRequestHandler('elicitation/create', user.answer)
    };
    await withV2(servers[names[0]].url, options, client => body(client, user));
    assert.equal(calls.length, names.length);
    assert.equal(new Set(calls.map(call => call.id)).size, calls.length);
    calls.forEach(({ params }, i) => assert.equal('requestState' in params, i > 0));
  }

  for (const names of [
    ['first', 'second', 'second'],
    ['first', 'second', 'first'],
    ['first', 'renewed', 'renewed']
  ]) {
    test(`${names.join(', ')}: the call is completed`, async () => {
      await withRounds(names, assertTwoSteps);
    });
  }

  for (const names of [
    ['first', 'foreign'],
    ['first', 'renewed', 'first']
  ]) {
    test(`${names.join(', ')}: the last one lacks the key and refuses`, async () => {
      await withRounds(names, async (client, user) => {
        await assert.rejects(assertTwoSteps(client, user), error => {
          assert.ok(error instanceof ProtocolError, `not a protocol error: ${error}`);
          assert.equal(error.code, -32602);
          return true;
        });
        assert.equal(user.seen.length, names.length - 1);
      });
    });
  }
});
