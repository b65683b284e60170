// Every feature, with the TypeScript SDK v1 client in the revision 2025-11-25.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  PromptListChangedNotificationSchema
} from '@modelcontextprotocol/sdk/types.js';

import { withV1 } from '../lib/clients.js';
import { startHttp, STDIO } from '../lib/conformance.js';
import { assertToolError } from '../lib/expect.js';
import {
  ALL_CAPABILITIES,
  assertCrowdIsGreeted,
  assertProgress,
  assertPrompts,
  assertResources,
  assertTwoSteps,
  assertUnknownResource,
  Crowd,
  LOG_LINES,
  news,
  oneByOne,
  repeat,
  ROOTS,
  textOf,
  twoStepUser,
  User
} from '../lib/features.js';

/** Options of a client that answers everything: forms with the given user. */
function answering(user, capabilities = ALL_CAPABILITIES) {
  return {
    capabilities,
    prepare: client => {
      client.setRequestHandler(ElicitRequestSchema, user.answer);
      client.setRequestHandler(CreateMessageRequestSchema, repeat);
      client.setRequestHandler(ListRootsRequestSchema, () => ROOTS);
    }
  };
}

function checksOver(getTarget) {
  test('progress comes in order and before the result', async () => {
    await withV1(getTarget(), {}, (client, transport) =>
      assertProgress(transport, options =>
        textOf(client, 'test_tool_with_progress', {}, undefined, options)
      )
    );
  });

  test('prompts are filled in and completed', async () => {
    await withV1(getTarget(), {}, assertPrompts);
  });

  test('resources are read', async () => {
    await withV1(getTarget(), {}, async client => {
      await assertResources(client);
      await assertUnknownResource(client, -32002);
    });
  });
}

/** Each of the tools that ask answers with an error that says what is missing. */
async function assertNotAsked(client, missing) {
  for (const [name, args] of [
    ['test_elicitation', { message: 'Who are you?' }],
    ['test_sampling', { prompt: 'Who are you?' }],
    ['test_input_required_result_multi_round', {}]
  ]) {
    const result = await client.callTool({ name, arguments: args });
    assertToolError(result);
    assert.match(result.content[0].text, missing);
  }
  await client.ping();
}

/** What needs a connection, on which the server can speak first, and may ask so often at once. */
function connectedChecksOver(getTarget, count) {
  test('a tool asks the user, who accepts, declines and cancels', async () => {
    const user = new User({
      yes: { username: 'ann', email: 'ann@example.com' },
      no: 'decline',
      never: 'cancel'
    });
    await withV1(getTarget(), answering(user), async client => {
      const show = message => textOf(client, 'test_elicitation', { message });
      assert.equal(
        await show('yes'),
        'User response: action=accept, content={"username":"ann","email":"ann@example.com"}'
      );
      assert.equal(await show('no'), 'User response: action=decline');
      assert.equal(await show('never'), 'User response: action=cancel');
      assert.deepEqual(user.seen, ['yes', 'no', 'never']);
    });
  });

  test('the client fills in the default values of a form', async () => {
    const user = new User({ 'Please review and update the form fields': {} });
    const capabilities = { ...ALL_CAPABILITIES, elicitation: { form: { applyDefaults: true } } };
    await withV1(getTarget(), answering(user, capabilities), async client => {
      const text = await textOf(client, 'test_elicitation_sep1034_defaults');
      const [, content] = /^Elicitation completed: action=accept, content=(.*)$/.exec(text);
      assert.deepEqual(JSON.parse(content), {
        name: 'John Doe',
        age: 30,
        score: 95.5,
        status: 'active',
        verified: true
      });
    });
  });

  test('a tool asks the model', async () => {
    await withV1(getTarget(), answering(new User({})), async client => {
      assert.equal(
        await textOf(client, 'test_sampling', { prompt: 'Grüße, 世界' }),
        'LLM response: I heard: Grüße, 世界'
      );
    });
  });

  test('a tool asks two questions in turn', async () => {
    const user = twoStepUser();
    await withV1(getTarget(), answering(user), client => assertTwoSteps(client, user));
  });

  test('a tool asks the user, the model and for roots at once', async () => {
    const user = new User({ 'What is your name?': { name: 'Ann' } });
    await withV1(getTarget(), answering(user), async client => {
      assert.equal(
        await textOf(client, 'test_input_required_result_multiple_inputs'),
        'I heard: Generate a greeting Ann, you have 2 roots'
      );
    });
  });

  test('a tool reports progress, asks, and reports again', async () => {
    const user = new User({ 'What is your name?': { name: 'Ann' } });
    await withV1(getTarget(), answering(user), async (client, transport) => {
      oneByOne(transport);
      const heard = [];
      const options = { onprogress: ({ message }) => heard.push(message) };
      const text = await textOf(client, 'test_streaming_elicitation', {}, undefined, options);
      assert.equal(text, 'Hello, Ann!');
      assert.deepEqual(heard, ['About to ask', 'Answered']);
    });
  });

  test(`${count} calls at once, each asking a question of its own`, async () => {
    const crowd = new Crowd();
    await withV1(getTarget(), answering(crowd), client =>
      assertCrowdIsGreeted(client, crowd, count)
    );
  });

  test('a question that the client does not answer is an error result', async () => {
    await withV1(getTarget(), {}, client =>
      assertNotAsked(client, /did not declare the capability/)
    );
  });

  test('log messages come as soon as the level is set', async () => {
    const heard = [];
    const prepare = client =>
      client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
        heard.push([params.level, params.data]);
      });
    await withV1(getTarget(), { prepare }, async client => {
      await client.setLoggingLevel('warning');
      await textOf(client, 'test_tool_with_logging');
      assert.deepEqual(heard, []);
      await client.setLoggingLevel('debug');
      await textOf(client, 'test_tool_with_logging');
      assert.deepEqual(
        heard,
        LOG_LINES.map(line => ['info', line])
      );
    });
  });

  test('a change of the tools reaches the handler for it', async () => {
    const change = news('a change of the tools');
    const listChanged = {
      tools: { debounceMs: 0, onChanged: (error, tools) => change.hear({ error, tools }) }
    };
    await withV1(getTarget(), { listChanged }, async client => {
      await textOf(client, 'test_trigger_tool_change');
      const { error, tools } = await change.heard();
      assert.ifError(error);
      assert.ok(tools.some(tool => tool.name === 'test_trigger_tool_change'));
    });
  });

  test('a change of the prompts is a notification', async () => {
    const change = news('a change of the prompts');
    const prepare = client =>
      client.setNotificationHandler(PromptListChangedNotificationSchema, change.hear);
    await withV1(getTarget(), { prepare }, async client => {
      assert.equal(client.getServerCapabilities().prompts.listChanged, true);
      await textOf(client, 'test_trigger_prompt_change');
      await change.heard();
    });
  });

  test('a resource is subscribed to, and no longer', async () => {
    await withV1(getTarget(), {}, async client => {
      assert.equal(client.getServerCapabilities().resources.subscribe, true);
      const uri = 'test://watched-resource';
      assert.deepEqual(await client.subscribeResource({ uri }), {});
      assert.deepEqual(await client.unsubscribeResource({ uri }), {});
    });
  });
}

describe('features: v1 client over HTTP, without sessions', () => {
  let server;
  before(async () => {
    server = await startHttp();
  });
  after(() => server?.stop());
  checksOver(() => server.url);

  test('a question is an error result that says what is missing', async () => {
    const user = new User({});
    await withV1(server.url, answering(user), async (client, transport) => {
      assert.equal(transport.sessionId, undefined);
      await assertNotAsked(client, /session/);
      assert.deepEqual(user.seen, []);
    });
  });

  test('what needs a session is not declared', async () => {
    await withV1(server.url, {}, client => {
      const { tools, prompts, resources } = client.getServerCapabilities();
      assert.ok(!tools.listChanged && !prompts.listChanged);
      assert.ok(!resources.subscribe && !resources.listChanged);
    });
  });
});

describe('features: v1 client over HTTP, with sessions', () => {
  let server;
  before(async () => {
    server = await startHttp({}, '--legacy-sessions');
  });
  after(() => server?.stop());
  checksOver(() => server.url);
  connectedChecksOver(() => server.url, 16);

  test('there is a session, which ends when the client says so', async () => {
    await withV1(server.url, {}, async (client, transport) => {
      assert.notEqual(transport.sessionId, undefined);
      await client.ping();
      await transport.terminateSession();
      assert.equal(transport.sessionId, undefined);
    });
  });
});

describe('features: v1 client over stdio', () => {
  checksOver(() => STDIO);
  connectedChecksOver(() => STDIO, 64);
});
