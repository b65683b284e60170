// What the clients have in common when they try the features of the conformance server.

import assert from 'node:assert/strict';

import { within } from './server.js';

const NEWS_LIMIT_MS = 10_000;

/** Everything that a server may ask, with forms of the plain kind. */
export const ALL_CAPABILITIES = { elicitation: { form: {} }, sampling: {}, roots: {} };

/** A promise of what a handler will hear, and the handler. Waiting for it is bounded. */
export function news(what) {
  const { promise, resolve } = Promise.withResolvers();
  return { hear: resolve, heard: () => within(promise, NEWS_LIMIT_MS, what) };
}

/** Calls a tool without arguments, unless there are some, and answers the one text it returns. */
export async function textOf(client, name, args = {}, ...options) {
  const result = await client.callTool({ name, arguments: args }, ...options);
  assert.ok(!result.isError, `an error result: ${JSON.stringify(result)}`);
  assert.deepEqual(
    result.content.map(part => part.type),
    ['text']
  );
  return result.content[0].text;
}

/** Answers forms by their message, and keeps the messages in the order in which they came. */
export class User {
  seen = [];

  constructor(contents) {
    this.contents = contents;
  }

  answer = async ({ params }) => {
    this.seen.push(params.message);
    const content = this.contents[params.message];
    return typeof content === 'object' ? { action: 'accept', content } : { action: content };
  };
}

const STEPS = ['Step 1: What is your name?', 'Step 2: What is your favorite color?'];

/** A user for the tool that asks two questions in turn. */
export const twoStepUser = () =>
  new User({ [STEPS[0]]: { name: 'Zoë 🌍' }, [STEPS[1]]: { color: 'blue' } });

/** Each of the two questions was asked once, in order, and both answers reached the handler. */
export async function assertTwoSteps(client, user) {
  const text = await textOf(client, 'test_input_required_result_multi_round');
  assert.equal(text, 'Zoë 🌍 likes blue');
  assert.deepEqual(user.seen, STEPS);
}

/** A user with another name in every answer. */
export class Crowd {
  asked = 0;
  answer = async () => ({ action: 'accept', content: { name: `${this.asked++}` } });
}

/** Many calls ask a question each at once, and each gets an answer of its own. */
export async function assertCrowdIsGreeted(client, crowd, count) {
  const texts = await Promise.all(
    Array.from({ length: count }, () => textOf(client, 'test_input_required_result_elicitation'))
  );
  assert.equal(crowd.asked, count);
  const greetings = Array.from({ length: count }, (_, i) => `Hello, ${i}!`);
  assert.deepEqual(texts.sort(), greetings.sort());
}

/** A model that repeats what it is told. */
export const repeat = async ({ params }) => {
  const [{ content }] = params.messages;
  return {
    role: 'assistant',
    model: 'parrot',
    stopReason: 'endTurn',
    content: { type: 'text', text: `I heard: ${content.text ?? content[0].text}` }
  };
};

export const ROOTS = { roots: [{ uri: 'file:///one' }, { uri: 'file:///two', name: 'Two' }] };

/**
 * Hands the client one message at a time. Left alone, it forgets whom to tell of progress when it
 * reads a result, before it has told of the progress that it read in the same piece of input.
 */
export function oneByOne(transport) {
  const deliver = transport.onmessage;
  transport.onmessage = (...message) => setImmediate(deliver, ...message);
}

/** Progress is heard step by step, and all of it before the result. */
export async function assertProgress(transport, call) {
  oneByOne(transport);
  const heard = [];
  await call({ onprogress: progress => heard.push(progress) });
  assert.deepEqual(
    heard.map(({ progress, total, message }) => [progress, total, message]),
    [
      [0, 100, 'Begun'],
      [50, 100, 'Half done'],
      [100, 100, 'Done']
    ]
  );
}

export const LOG_LINES = [
  'Tool execution started',
  'Tool processing data',
  'Tool execution completed'
];

/** The prompts are listed, filled in, and completed. */
export async function assertPrompts(client) {
  const { prompts } = await client.listPrompts();
  const listed = prompts.find(prompt => prompt.name === 'test_prompt_with_arguments');
  assert.deepEqual(
    listed.arguments.map(({ name, required }) => [name, required]),
    [
      ['arg1', true],
      ['arg2', true]
    ]
  );
  const filledIn = await client.getPrompt({
    name: 'test_prompt_with_arguments',
    arguments: { arg1: 'Grüße', arg2: '世界' }
  });
  assert.deepEqual(filledIn.messages, [
    {
      role: 'user',
      content: { type: 'text', text: "Prompt with arguments: arg1='Grüße', arg2='世界'" }
    }
  ]);
  const resourceUri = 'test://some/resource';
  const embedding = await client.getPrompt({
    name: 'test_prompt_with_embedded_resource',
    arguments: { resourceUri }
  });
  assert.equal(embedding.messages[0].content.type, 'resource');
  assert.equal(embedding.messages[0].content.resource.uri, resourceUri);
  const picture = await client.getPrompt({ name: 'test_prompt_with_image' });
  assertPng(picture.messages[0].content.data);

  const ref = { type: 'ref/prompt', name: 'test_prompt_with_arguments' };
  const complete = async (name, value) =>
    (await client.complete({ ref, argument: { name, value } })).completion.values;
  assert.deepEqual(await complete('arg1', 'par'), ['paris', 'park']);
  assert.deepEqual(await complete('arg1', 'nothing'), []);
  assert.deepEqual(await complete('arg2', 'par'), []);
}

/** The resources are listed and read: a text, a blob, and one that a template makes. */
export async function assertResources(client) {
  const { resources } = await client.listResources();
  const uris = resources.map(resource => resource.uri);
  assert.ok(uris.includes('test://static-text') && uris.includes('test://static-binary'), uris);
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.deepEqual(
    resourceTemplates.map(template => template.uriTemplate),
    ['test://template/{id}/data', 'test://texts/{name}']
  );

  const read = async uri => {
    const { contents } = await client.readResource({ uri });
    assert.equal(contents.length, 1);
    assert.equal(contents[0].uri, uri);
    return contents[0];
  };
  const text = await read('test://static-text');
  assert.equal(text.mimeType, 'text/plain');
  assert.equal(text.text, 'This is the content of the static text resource.');
  const blob = await read('test://static-binary');
  assert.equal(blob.mimeType, 'image/png');
  assertPng(blob.blob);
  const made = await read('test://template/4%C3%A4/data');
  assert.equal(made.mimeType, 'application/json');
  assert.equal(JSON.parse(made.text).id, '4ä');
}

function assertPng(base64) {
  const bytes = Buffer.from(base64, 'base64');
  assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
}

/** Whoever reads a resource that does not exist is told so. */
export async function assertUnknownResource(client, code) {
  const uri = 'test://no-such-resource';
  await assert.rejects(client.readResource({ uri }), error => {
    assert.equal(error.code, code, `${error}`);
    return true;
  });
}
