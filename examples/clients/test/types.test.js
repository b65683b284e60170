// Every type that a record may have, with random values: the clients check what is answered against
// the derived output schema, formats too (v1 by Ajv), and throw away what violates it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withV1, withV2 } from '../lib/clients.js';
import { STDIO } from '../lib/conformance.js';

const SEEDS = 100;

for (const [name, withClient] of [['v1', withV1], ['v2', withV2]]) {
  test(`${name}: random values of every type are accepted, and are arguments too`, async () => {
    await withClient(STDIO, {}, async client => {
      await client.listTools(); // so that the client knows the output schemas
      for (let seed = 0; seed < SEEDS; seed++) {
        const answer = await client.callTool({ name: 'test_random_types', arguments: { seed } });
        assert.ok(!answer.isError, `seed ${seed}: ${answer.content[0].text}`);
        const { big, maybeBig, huge, exact, ...rest } = answer.structuredContent;
        // Numbers that JavaScript rounds might be integers beyond a long
        const given = { ...rest, big: 1, huge: 1, exact: 1 };
        const echoed = await client.callTool({ name: 'test_echo_types', arguments: given });
        assert.ok(!echoed.isError, `seed ${seed}: ${echoed.content[0].text}`);
        assert.deepEqual(echoed.structuredContent, given);
      }
    });
  });
}
