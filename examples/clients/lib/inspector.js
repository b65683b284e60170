// Runs the command line of MCP Inspector.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { runToEnd } from './server.js';

const PACKAGE = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
  'node_modules',
  '@modelcontextprotocol',
  'inspector'
);

/** What chooses the era of the protocol; legacy is what Inspector does when nothing is asked of it. */
export const ERAS = [[], ['--protocol-era', 'modern'], ['--protocol-era', 'auto']];

/** Runs it with a home directory of its own and answers the result that it printed. */
export async function inspect(...args) {
  const home = await mkdtemp(path.join(tmpdir(), 'inspector-'));
  try {
    const { bin } = JSON.parse(await readFile(path.join(PACKAGE, 'package.json'), 'utf8'));
    const launcher = path.join(PACKAGE, bin['mcp-inspector']);
    const ended = await runToEnd(process.execPath, [launcher, '--cli', ...args], {
      env: { ...process.env, HOME: home, USERPROFILE: home }
    });
    assert.equal(ended.code, 0, `exit ${ended.code ?? ended.signal}: ${ended.stderr}`);
    return ended.stdout;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
