// Every feature, with the TypeScript SDK v2 client in the revision 2026-07-28.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { ProtocolError } from '@modelcontextprotocol/client';

import { withV2 } from '../lib/clients.js';
import { startHttp, STDIO } from '../lib/conformance.js';
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
  repeat,
  ROOTS,
  textOf,
  twoStepUser,
  User
} from '../lib/features.js';
import { within } from '../lib/server.js';

const STATELESS = { versionNegotiation: { mode: { pin: '2026-07-28' } } };
const LOG_LEVEL = 'io.modelcontextprotocol/logLevel';

/** Options of a client that answers everything: forms with the given user. */
function answering(user) {
  return {
    ...STATELESS,
    capabilities: ALL_CAPABILITIES,
    prepare: client => {
      client.setRequestHandler('elicitation/create', user.answer);
      client.setRequestHandler('sampling/createMessage', repeat);
      client.setRequestHandler('roots/list', () => ROOTS);
    }
  };
}

function checksOver(getTarget) {
  test('a tool asks two questions in turn', async () => {
    const user = twoStepUser();
    await withV2(getTarget(), answering(user), client => assertTwoSteps(client, user));
  });

  test('a tool asks the user, the model and for roots at once', async () => {
    const user = new User({ 'What is your name?': { name: 'Ann' } });
    await withV2(getTarget(), answering(user), async client => {
      assert.equal(
        await textOf(client, 'test_input_required_result_multiple_inputs'),
        'I heard: Generate a greeting Ann, you have 2 roots'
      );
    });
  });

  test('the user declines, and cancels', async () => {
    const user = new User({ no: 'decline', never: 'cancel' });
    await withV2(getTarget(), answering(user), async client => {
      const show = message => textOf(client, 'test_elicitation', { message });
      assert.equal(await show('no'), 'User response: action=decline');
      assert.equal(await show('never'), 'User response: action=cancel');
    });
  });

  test('a prompt asks the user', async () => {
    const user = new User({ 'What context should the prompt use?': { context: 'rain' } });
    await withV2(getTarget(), answering(user), async client => {
      const { messages } = await client.getPrompt({ name: 'test_input_required_result_prompt' });
      assert.equal(messages[0].content.text, 'Context: rain');
    });
  });

  test('a client that answers no questions is told what is missing', async () => {
    await withV2(getTarget(), STATELESS, async client => {
      await assert.rejects(
        client.callTool({ name: 'test_missing_capability', arguments: {} }),
        error => {
          assert.ok(error instanceof ProtocolError, `not a protocol error: ${error}`);
          assert.equal(error.code, -32021);
          assert.deepEqual(error.data, { requiredCapabilities: { sampling: {} } });
          return true;
        }
      );
    });
  });

  test('progress comes in order and before the result', async () => {
    await withV2(getTarget(), STATELESS, (client, transport) =>
      assertProgress(transport, options => textOf(client, 'test_tool_with_progress', {}, options))
    );
  });

  test('log messages come to the call that wants them, and to no other', async () => {
    const heard = [];
    const prepare = client =>
      client.setNotificationHandler('notifications/message', ({ params }) => heard.push(params));
    await withV2(getTarget(), { ...STATELESS, prepare }, async client => {
      const call = _meta =>
        client.callTool({ name: 'test_tool_with_logging', arguments: {}, ...(_meta && { _meta }) });
      await call();
      await call({ [LOG_LEVEL]: 'warning' });
      assert.deepEqual(heard, []);
      await call({ [LOG_LEVEL]: 'info' });
      assert.deepEqual(
        heard.map(({ level, data }) => [level, data]),
        LOG_LINES.map(line => ['info', line])
      );
    });
  });

  test('a change of the tools reaches the handler for it', async () => {
    const change = news('a change of the tools');
    const listChanged = {
      tools: { debounceMs: 0, onChanged: (error, tools) => change.hear({ error, tools }) }
    };
    await withV2(getTarget(), { ...STATELESS, listChanged }, async client => {
      assert.deepEqual(client.autoOpenedSubscription.honoredFilter, { toolsListChanged: true });
      await textOf(client, 'test_trigger_tool_change');
      const { error, tools } = await change.heard();
      assert.ifError(error);
      assert.ok(tools.some(tool => tool.name === 'test_trigger_tool_change'));
      await client.autoOpenedSubscription.close();
    });
  });

  test('a subscription brings what it asks for, until it is closed', async () => {
    const heard = [];
    let change = news('a change of the prompts');
    const prepare = client => {
      for (const kind of ['tools', 'prompts']) {
        client.setNotificationHandler(`notifications/${kind}/list_changed`, () => {
          heard.push(kind);
          change.hear();
        });
      }
    };
    await withV2(getTarget(), { ...STATELESS, prepare }, async client => {
      const subscription = await client.listen({
        promptsListChanged: true,
        resourceSubscriptions: ['test://watched-resource']
      });
      assert.deepEqual(subscription.honoredFilter, {
        promptsListChanged: true,
        resourceSubscriptions: ['test://watched-resource']
      });
      const trigger = async () => {
        await textOf(client, 'test_trigger_tool_change');
        await textOf(client, 'test_trigger_prompt_change');
      };
      await trigger();
      await change.heard();
      assert.deepEqual(heard, ['prompts']);

      await subscription.close();
      assert.equal(await within(subscription.closed, 10_000, 'the end'), 'local');
      change = news('a change of the tools');
      const next = await client.listen({ toolsListChanged: true });
      await trigger();
      await change.heard();
      assert.deepEqual(heard, ['prompts', 'tools']);
      await next.close();
    });
  });

  test('prompts are filled in and completed', async () => {
    await withV2(getTarget(), STATELESS, assertPrompts);
  });

  test('resources are read', async () => {
    await withV2(getTarget(), STATELESS, async client => {
      await assertResources(client);
      await assertUnknownResource(client, -32602);
    });
  });

  test('64 calls at once, each asking a question of its own', async () => {
    const crowd = new Crowd();
    await withV2(getTarget(), answering(crowd), client =>
      assertCrowdIsGreeted(client, crowd, 64)
    );
  });
}

describe('features: v2 client over HTTP', () => {
  let server;
  before(async () => {
    server = await startHttp();
  });
  after(() => server?.stop());
  checksOver(() => server.url);

  /** A fetch that keeps the requests that it carried. */
  function recording() {
    const requests = [];
    const carry = (url, init) => {
      if (init?.method === 'POST') {
        requests.push({ ...JSON.parse(init.body), headers: new Headers(init.headers) });
      }
      return fetch(url, init);
    };
    return { carry, of: method => requests.filter(request => request.method === method) };
  }

  test('results say how long they may be kept, and the client keeps to it', async () => {
    const { carry, of } = recording();
    const options = { ...STATELESS, fetch: carry, defaultCacheTtlMs: 60_000 };
    await withV2(server.url, options, async client => {
      const uri = 'test://static-text';
      for (const [method, ask] of [
        ['tools/list', () => client.listTools()],
        ['prompts/list', () => client.listPrompts()],
        ['resources/list', () => client.listResources()],
        ['resources/templates/list', () => client.listResourceTemplates()],
        ['resources/read', () => client.readResource({ uri })]
      ]) {
        const { ttlMs, cacheScope } = await ask();
        assert.ok(Number.isInteger(ttlMs) && ttlMs >= 0, `${method}: ttlMs ${ttlMs}`);
        assert.ok(['public', 'private'].includes(cacheScope), `${method}: ${cacheScope}`);
        await ask();
        assert.equal(of(method).length, ttlMs === 0 ? 2 : 1, method);
      }
    });
  });

  test('64 calls at once with an argument in a header too', async () => {
    const { carry, of } = recording();
    await withV2(server.url, { ...STATELESS, fetch: carry }, async client => {
      await client.listTools();
      const regions = Array.from({ length: 64 }, (_, i) => (i % 2 ? `eu-${i}` : `Zürich ${i}`));
      const texts = await Promise.all(
        regions.map(region => textOf(client, 'test_x_mcp_header', { region }))
      );
      assert.deepEqual(
        texts,
        regions.map(region => `Region: ${region}`)
      );
      assert.equal(of('tools/call').length, regions.length);
      assert.ok(of('tools/call').every(({ headers }) => headers.has('mcp-param-region')));
    });
  });

  test('a server that stops ends its subscriptions properly', async () => {
    const stopping = await startHttp();
    try {
      await withV2(stopping.url, STATELESS, async client => {
        const subscription = await client.listen({ toolsListChanged: true });
        assert.equal(await stopping.stop(), true);
        assert.equal(await within(subscription.closed, 10_000, 'the end'), 'graceful');
      });
    } finally {
      await stopping.stop();
    }
  });
});

describe('features: v2 client over stdio', () => {
  checksOver(() => STDIO);

  // The client takes what comes first for the end: a cancellation, if it is sent before the answer.
  test('a server whose input ends, ends its subscriptions properly', async () => {
    let subscription;
    await withV2(STDIO, STATELESS, async client => {
      subscription = await client.listen({ toolsListChanged: true });
    });
    assert.equal(await within(subscription.closed, 10_000, 'the end'), 'graceful');
  });
});
