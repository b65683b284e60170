// The report server on every transport, with the TypeScript SDK's client for tasks.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { resultFromTaskOutcome } from '@modelcontextprotocol/ext-tasks/client';
import { connect, notifications } from '../client.mjs';
import { HERE, startServer } from './server.mjs';

const FAST = { REPORT_CHAPTER_MILLIS: '300', REPORT_LEASE_MILLIS: '3000' };
const LIMIT_MS = 120_000;

/** Creates, polls, answers and reads the result. */
async function checkReport(target, { chapters = 4 } = {}) {
  const asked = [];
  const { session, close } = await connect(target, async question => {
    asked.push(question.params.message);
    return { action: 'accept', content: { signature: 'Ada' } };
  });
  try {
    const execution = await session.callTool('report', { year: 2026, chapters });
    assert.equal(execution.kind, 'task');
    assert.match(execution.handle.taskId, /^[A-Za-z0-9_-]{27}$/);
    const statuses = new Set();
    const { outcome } = await execution.settle({
      onEvent: event => {
        if (event.type === 'task') {
          statuses.add(event.task.status);
        }
      }
    });
    const lines = resultFromTaskOutcome(outcome).content[0].text.trim().split('\n');
    assert.equal(lines[0], 'Report 2026');
    assert.equal(lines.filter(line => line === 'signed by Ada').length, 1);
    assert.deepEqual(
      lines.filter(line => line.startsWith('Chapter')).map(line => Number(line.split(' ')[1])),
      Array.from({ length: chapters }, (_, i) => i + 1)
    );
    assert.deepEqual(asked, ['Half is written. Who signs it?']);
    assert.ok(statuses.has('input_required'), [...statuses].join());
  } finally {
    await close();
  }
}

async function checkCancel(target) {
  const { session, request, close } = await connect(target, async () => ({ action: 'cancel' }));
  try {
    const execution = await session.callTool('report', { year: 2026, chapters: 100 });
    await execution.cancel();
    const { outcome } = await execution.settle();
    assert.equal(outcome.status, 'cancelled');
    const again = await request('tasks/get', { taskId: execution.handle.taskId });
    assert.equal(again.result.status, 'cancelled');
    const unknown = await request('tasks/get', { taskId: 'A'.repeat(27) });
    assert.equal(unknown.error.code, -32602);
  } finally {
    await close();
  }
}

async function checkNotifications(url) {
  const { request, close } = await connect(url, async () => ({ action: 'cancel' }));
  const stop = new AbortController();
  try {
    const created = await request('tools/call', { name: 'report', arguments: { year: 2026, chapters: 2 } });
    const { taskId } = created.result;
    const statuses = [];
    for await (const message of notifications(url, [taskId], stop.signal)) {
      if (message.method === 'notifications/subscriptions/acknowledged') {
        assert.deepEqual(message.params.notifications.taskIds, [taskId]);
        continue;
      }
      assert.equal(message.method, 'notifications/tasks');
      assert.equal(message.params.taskId, taskId);
      const { status } = message.params;
      if (status !== statuses.at(-1)) {
        statuses.push(status);
      }
      if (status === 'input_required') {
        const [key] = Object.keys(message.params.inputRequests);
        const answer = { action: 'accept', content: { signature: 'Bob' } };
        await request('tasks/update', { taskId, inputResponses: { [key]: answer } });
      }
      if (status === 'completed') {
        assert.match(message.params.result.content[0].text, /signed by Bob/);
        break;
      }
    }
    assert.deepEqual(statuses, ['working', 'input_required', 'working', 'completed']);
  } finally {
    stop.abort();
    await close();
  }
}

test('a web server', { timeout: LIMIT_MS }, async () => {
  const server = await startServer(['http', '0'], FAST);
  try {
    await checkReport(server.url);
    await checkCancel(server.url);
    await checkNotifications(server.url);
  } finally {
    await server.stop();
  }
});

test('a process on a pipe', { timeout: LIMIT_MS }, async () => {
  const command = { command: path.join(HERE, 'run'), args: ['stdio'], env: { ...process.env, ...FAST } };
  await checkReport(command);
  await checkCancel(command);
});

test('a function that invokes itself', { timeout: LIMIT_MS }, async () => {
  const server = await startServer(['lambda', '--port', '0', '--timeout', '30'], FAST);
  try {
    await checkReport(server.url);
    await checkCancel(server.url);
  } finally {
    await server.stop();
  }
});

test('a function that a queue triggers', { timeout: LIMIT_MS }, async () => {
  const server = await startServer(['lambda', '--port', '0', '--timeout', '30'], { ...FAST, REPORT_QUEUE: '1' });
  try {
    await checkReport(server.url);
  } finally {
    await server.stop();
  }
});

test('a function whose invocations are shorter than the report', { timeout: LIMIT_MS }, async () => {
  const server = await startServer(['lambda', '--port', '0', '--timeout', '3'], FAST);
  try {
    await checkReport(server.url, { chapters: 20 });
  } finally {
    await server.stop();
  }
});

test('a function whose environments are killed', { timeout: LIMIT_MS }, async () => {
  const server = await startServer([
    'lambda', '--port', '0', '--timeout', '30', '--kill-every', '5', '--retry-delay', '1', '--deliver-twice', '30'
  ], FAST);
  try {
    await checkReport(server.url, { chapters: 30 });
    assert.match(server.log(), /an environment was killed/);
  } finally {
    await server.stop();
  }
});
