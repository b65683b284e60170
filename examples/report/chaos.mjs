// Many reports through a local function whose environments are killed and whose invocations come twice, or, with
// REPORT_QUEUE=1, whose messages do.
//
//   chaos.mjs [TASKS] [SEED]   prints the seed, which repeats the choices of a run

import assert from 'node:assert/strict';
import { startServer } from './test/server.mjs';

const tasks = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const CLIENTS = 12;
const CHAPTERS = 3;
const ANSWERS_PER_KILL = 25; // and not a time, so that a slow machine gets through as well
const LIMIT_MS = Number(process.env.CHAOS_LIMIT_MS ?? 300_000);
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'chaos', version: '0.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {
    elicitation: { form: {} },
    extensions: { 'io.modelcontextprotocol/tasks': {} }
  }
};

/** Numbers from 0 to below 1 (mulberry32). */
function randomOf(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
let over = false;
let answers = 0;
let aws; // where environments are killed
const open = new Map(); // what clients saw of their tasks last

/** Asks until there is an answer that is not a failure of the function. */
async function ask(url, method, params, random) {
  while (!over) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': '2026-07-28',
          'mcp-method': method,
          'mcp-name': params.name ?? params.taskId
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: META } }),
        signal: AbortSignal.timeout(30_000)
      });
      const answer = JSON.parse(await response.text());
      if (answer.result || (answer.error && answer.error.code !== -32603)) {
        if (++answers % ANSWERS_PER_KILL === 0) {
          await fetch(`${aws}/kill`, { method: 'POST' });
        }
        return answer;
      }
    } catch {
      // Killed, busy, or not JSON: the next one may answer
    }
    await pause(100 + 300 * random());
  }
  throw new Error(`seed ${seed}: out of time, open: ${JSON.stringify([...open])}`);
}

async function drive(url, number, random) {
  const year = 1900 + (number % 200);
  const cancels = random() < 0.1;
  const created = await ask(url, 'tools/call', { name: 'report', arguments: { year, chapters: CHAPTERS } }, random);
  const { taskId } = created.result;
  let cancelled = false;
  while (true) {
    await pause(200 + 200 * random());
    const { result } = await ask(url, 'tasks/get', { taskId }, random);
    open.set(number, `${result.status} ${result.statusMessage ?? ''} ${result.lastUpdatedAt}`);
    if (cancels && !cancelled && random() < 0.3) {
      await ask(url, 'tasks/cancel', { taskId }, random);
      cancelled = true;
    }
    if (result.status === 'input_required') {
      const [key] = Object.keys(result.inputRequests);
      const inputResponses = { [key]: { action: 'accept', content: { signature: `signer-${number}` } } };
      await ask(url, 'tasks/update', { taskId, inputResponses }, random);
      await ask(url, 'tasks/update', { taskId, inputResponses }, random);
    }
    if (['completed', 'cancelled', 'failed'].includes(result.status)) {
      const again = (await ask(url, 'tasks/get', { taskId }, random)).result;
      const what = `seed ${seed}, task ${number}: ${JSON.stringify(result)}`;
      assert.equal(again.status, result.status, what);
      assert.deepEqual(again.result?.content, result.result?.content, what);
      if (result.status === 'completed') {
        const lines = result.result.content[0].text.trim().split('\n');
        assert.deepEqual(
          lines.map(line => line.split(',')[0]),
          [
            `Report ${year}`,
            `Chapter 1 of ${year}`,
            `signed by signer-${number}`,
            `Chapter 2 of ${year}`,
            `Chapter 3 of ${year}`
          ],
          what
        );
      } else {
        assert.ok(result.status === 'cancelled' && cancelled, what);
      }
      open.delete(number);
      return result.status;
    }
  }
}

const by = process.env.REPORT_QUEUE ? 'the queue' : 'self-invocation';
console.log(`chaos: seed ${seed}, ${tasks} tasks by ${by}`);
const server = await startServer(
  ['lambda', '--port', '0', '--timeout', '30', '--concurrency', '6', '--deliver-twice', '20', '--retry-delay', '1',
    '--seed', String(seed)],
  { REPORT_CHAPTER_MILLIS: '30', REPORT_LEASE_MILLIS: '3000' }
);
[, aws] = /Lambda and SQS for the function at (\S+)/.exec(server.log());
const timer = setTimeout(() => (over = true), LIMIT_MS);
try {
  const random = randomOf(seed);
  const orders = Array.from({ length: tasks }, (_, number) => [number, randomOf(Math.floor(random() * 2 ** 31))]);
  const statuses = [];
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let order = orders.shift(); order !== undefined; order = orders.shift()) {
        statuses.push(await drive(server.url, ...order));
      }
    })
  );
  const kills = server.log().match(/an environment was killed/g)?.length ?? 0;
  const completed = statuses.filter(status => status === 'completed').length;
  console.log(`chaos: seed ${seed}, ${completed} of ${statuses.length} completed, ${kills} kills`);
  assert.ok(kills > 0 && completed > tasks / 2, `seed ${seed}`);
} catch (error) {
  console.error(server.log().slice(-10_000));
  throw error;
} finally {
  over = true;
  clearTimeout(timer);
  await server.stop();
}
