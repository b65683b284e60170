// Every type that a record may have, with random values: the clients check what is answered against
// the derived output schema, formats too (v1 by Ajv), and throw away what violates it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';

import { withV1, withV2 } from '../lib/clients.js';
import { STDIO } from '../lib/conformance.js';

const SEEDS = 100;

/** Whether Ajv, as clients configure it, compiles a schema, and what it says of values. */
const validatorOf = schema => new Ajv2020({ strict: false, allErrors: true, logger: false }).compile(schema);

test('Ajv takes the schemas of alternatives and of types that contain themselves as they are meant', async () => {
  await withV2(STDIO, {}, async client => {
    const { tools } = await client.listTools();
    for (const name of ['test_echo_types', 'test_echo_flat_types']) {
      const { properties, $defs } = tools.find(tool => tool.name === name).inputSchema;
      const check = validatorOf({ type: 'object', properties, ...($defs ? { $defs } : {}) });
      const num = { kind: 'num', value: 1 };
      for (const [value, valid] of [
        [{ shape: { kind: 'circle', radius: 1 } }, true],
        [{ shape: { kind: 'polygon', sides: [1] } }, true],
        [{ shape: { kind: 'oval' } }, false],
        [{ shape: { radius: 1 } }, false],
        [{ outcome: { type: 'bad', message: 'm' } }, true],
        [{ outcome: { kind: 'bad', message: 'm' } }, false],
        [{ tree: { name: 'a', children: [{ name: 'b', children: [] }] } }, true],
        [{ tree: { name: 'a', children: [{ name: 1, children: [] }] } }, false],
        [{ expr: { kind: 'neg', of: { kind: 'sum', of: [num], named: { a: num } } } }, true],
        [{ expr: { kind: 'neg', of: { kind: 'mul' } } }, false],
      ]) {
        assert.equal(check(value), valid, `${name}: ${JSON.stringify(value)}`);
      }
    }
  });
});

for (const [name, withClient] of [['v1', withV1], ['v2', withV2]]) {
  test(`${name}: random values of every type are accepted, and are arguments too`, async () => {
    await withClient(STDIO, {}, async client => {
      const { tools } = await client.listTools(); // so that the client knows the output schemas
      const schemas = name => JSON.stringify(tools.find(tool => tool.name === name));
      assert.match(schemas('test_echo_types'), /"\$ref":"#\/\$defs\/Expr"/);
      assert.doesNotMatch(schemas('test_echo_flat_types'), /\$ref|\$defs/);
      for (let seed = 0; seed < SEEDS; seed++) {
        const answer = await client.callTool({ name: 'test_random_types', arguments: { seed } });
        assert.ok(!answer.isError, `seed ${seed}: ${answer.content[0].text}`);
        const { big, maybeBig, huge, exact, ...rest } = answer.structuredContent;
        // Numbers that JavaScript rounds might be integers beyond a long
        const given = { ...rest, big: 1, huge: 1, exact: 1 };
        const echoed = await client.callTool({ name: 'test_echo_types', arguments: given });
        assert.ok(!echoed.isError, `seed ${seed}: ${echoed.content[0].text}`);
        assert.deepEqual(echoed.structuredContent, given);
        const flat = await client.callTool({ name: 'test_echo_flat_types', arguments: given });
        assert.ok(!flat.isError, `seed ${seed}: ${flat.content[0].text}`);
        assert.deepEqual(flat.structuredContent, given);
      }
    });
  });
}
