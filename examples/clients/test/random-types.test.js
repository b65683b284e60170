// Every type that a record may have, with other random values in each run. The clients check what is
// answered against the derived output schema. TYPES_SEED=N makes the values of an earlier run again.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { withV1, withV2 } from '../lib/clients.js';
import { STDIO } from '../lib/conformance.js';
import { ERAS, inspect } from '../lib/inspector.js';

const FIRST = Number(process.env.TYPES_SEED ?? Math.floor(Math.random() * 2 ** 30));
const SEEDS = Array.from({ length: 100 }, (_, i) => FIRST + i);

describe(`random types, TYPES_SEED=${FIRST}`, () => {
  for (const [name, withClient] of [['v1', withV1], ['v2', withV2]]) {
    test(`${name} accepts the values`, async () => {
      await withClient(STDIO, {}, async client => {
        await client.listTools(); // so that the client knows the output schemas
        for (const seed of SEEDS) {
          const answer = await client.callTool({ name: 'test_random_types', arguments: { seed } });
          assert.ok(!answer.isError, `seed ${seed}: ${answer.content[0].text}`);
        }
      });
    });
  }

  for (const era of ERAS) {
    test(`Inspector, ${era[1] ?? 'default'} era, accepts the values and sends them back`, async () => {
      const { command, args } = STDIO;
      const call = async (tool, given) => {
        const toolArgs = Object.entries(given).flatMap(([key, value]) => [
          '--tool-arg',
          `${key}=${JSON.stringify(value)}`
        ]);
        const stdout = await inspect(
          ...['--method', 'tools/call', '--tool-name', tool, ...toolArgs, ...era],
          ...['--', command, ...args]
        );
        const { isError, structuredContent } = JSON.parse(stdout);
        assert.ok(!isError, stdout);
        return structuredContent;
      };
      for (const seed of SEEDS.slice(0, 3)) {
        const { big, maybeBig, huge, exact, ...rest } =
          await call('test_random_types', { seed });
        // Numbers that JavaScript rounds might be integers beyond a long
        const given = { ...rest, big: 1, huge: 1, exact: 1 };
        assert.deepEqual(await call('test_echo_types', given), given);
      }
    });
  }
});
