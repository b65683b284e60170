// What every client has to find on the echo server, whichever way it came in.

import assert from 'node:assert/strict';

/** A message that breaks wherever text is cut, escaped or decoded carelessly. */
export const UNICODE_MESSAGE =
  'Grüße, 世界 🌍 \u{1F468}\u200D\u{1F469}\u200D\u{1F467} "quoted" \\ back\\nslash' +
  '\nnew line\ttab \u2028\u2029 \u0000 end';

/** The server names itself. */
export function assertServerInfo(info) {
  assert.equal(typeof info?.name, 'string');
  assert.notEqual(info.name, '');
  assert.equal(typeof info.version, 'string');
  assert.notEqual(info.version, '');
}

/** The list holds the echo tool and nothing else. */
export function assertEchoTools(result) {
  assert.equal(result.nextCursor, undefined);
  assert.deepEqual(
    result.tools.map(tool => tool.name),
    ['echo']
  );
  const [tool] = result.tools;
  assert.equal(tool.description, 'A simple echo tool');
  assert.equal(tool.inputSchema.type, 'object');
  assert.deepEqual(Object.keys(tool.inputSchema.properties), ['message']);
  assert.equal(tool.inputSchema.properties.message.type, 'string');
  assert.deepEqual(tool.inputSchema.required, ['message']);
}

/** The answer is the message, and nothing else. */
export function assertEchoed(result, message) {
  assert.ok(!result.isError, `an error result: ${JSON.stringify(result)}`);
  assert.deepEqual(result.content, [{ type: 'text', text: `Echo: ${message}` }]);
}

/** The answer is a tool error with a text that says what is wrong. */
export function assertToolError(result) {
  assert.equal(result.isError, true);
  assert.equal(result.content[0]?.type, 'text');
  assert.notEqual(result.content[0].text, '');
}

/** Sends many calls at once and checks that each gets the answer to its own message. */
export async function assertParallelCalls(client, count) {
  const messages = Array.from({ length: count }, (_, i) => `message ${i} ${'x'.repeat(i * 37)}`);
  const results = await Promise.all(
    messages.map(message => client.callTool({ name: 'echo', arguments: { message } }))
  );
  results.forEach((result, i) => assertEchoed(result, messages[i]));
}
