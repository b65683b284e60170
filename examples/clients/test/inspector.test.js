// The command line of MCP Inspector (@modelcontextprotocol/inspector).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { STDIO } from '../lib/conformance.js';
import { echoCommand, startHttp } from '../lib/echo.js';
import { assertEchoed, assertEchoTools } from '../lib/expect.js';
import { ERAS, inspect } from '../lib/inspector.js';

function checksOver(target) {
  for (const era of ERAS) {
    const name = era[1] ?? 'default';
    test(`${name} era: lists the tool`, async () => {
      assertEchoTools(JSON.parse(await inspect(...target('--method', 'tools/list', ...era))));
    });
    test(`${name} era: calls the tool`, async () => {
      const message = 'Grüße, 世界';
      const call = ['--method', 'tools/call', '--tool-name', 'echo'];
      const stdout = await inspect(...target(...call, '--tool-arg', `message=${message}`, ...era));
      assert.ok(stdout.includes(`Echo: ${message}`), stdout);
      assertEchoed(JSON.parse(stdout), message);
    });
  }
}

describe('Inspector over HTTP', () => {
  let server;
  before(async () => {
    server = await startHttp();
  });
  after(() => server?.stop());
  checksOver((...args) => [server.url.href, '--transport', 'http', ...args]);
});

describe('Inspector over stdio', () => {
  const { command, args: commandArgs } = echoCommand('--mode', 'stdio');
  checksOver((...args) => [command, ...commandArgs, ...args]);
  test('the server command after a double dash', async () => {
    const stdout = await inspect('--method', 'tools/list', '--', command, ...commandArgs);
    assertEchoTools(JSON.parse(stdout));
  });
});

describe('Inspector with types of every kind', () => {
  for (const era of ERAS) {
    test(`${era[1] ?? 'default'} era: takes the schemas and the values`, async () => {
      const target = ['--method', 'tools/call', '--tool-name', 'test_random_types'];
      const { command, args } = STDIO;
      const stdout = await inspect(command, ...args, ...target, '--tool-arg', 'seed=1', ...era);
      const { structuredContent, isError } = JSON.parse(stdout);
      assert.ok(!isError, stdout);
      assert.ok(['circle', 'polygon'].includes(structuredContent.shape.kind), stdout);
    });
  }
});
