// The jar's own command line, and how its processes end.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { echoCommand, startHttp } from '../lib/echo.js';
import { runToEnd } from '../lib/server.js';

const runEcho = (...options) => {
  const { command, args } = echoCommand(...options);
  return runToEnd(command, args, { limitMs: 30_000 });
};

function assertRefused(ended, mentions) {
  assert.equal(ended.code, 2, ended.stderr);
  assert.equal(ended.stdout, '');
  assert.match(ended.stderr, mentions);
  assert.doesNotMatch(ended.stderr, /Exception|^\s+at /m);
}

describe('command line', () => {
  test('--help names the modes', async () => {
    const ended = await runEcho('--help');
    assert.equal(ended.code, 0, ended.stderr);
    for (const mode of ['stdio', 'streamable-http', 'mounted']) {
      assert.ok(ended.stdout.includes(mode), ended.stdout);
    }
  });

  test('an unknown option is refused', async () => {
    assertRefused(await runEcho('--no-such-option'), /no-such-option/);
  });

  test('an unknown mode is refused', async () => {
    assertRefused(await runEcho('--mode', 'no-such-mode'), /no-such-mode/);
  });

  test('a port that is no number is refused', async () => {
    assertRefused(await runEcho('--mode', 'streamable-http', '--port', 'http'), /port/);
  });

  test('an HTTP server ends when it is asked to, having printed nothing on stdout', async () => {
    const server = await startHttp();
    assert.equal(await server.stop(), true);
    assert.equal(server.running.stdout, '');
  });

  test('a stdio server ends with its input, having printed nothing on stdout', async () => {
    const ended = await runEcho('--mode', 'stdio');
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(ended.stdout, '');
  });
});
