// mcp-remote, which lets clients that know pipes alone use a server over HTTP.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe } from 'node:test';

import { startHttp } from '../lib/echo.js';
import * as v1 from '../lib/v1-checks.js';
import * as v2 from '../lib/v2-checks.js';

const BRIDGE = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../node_modules/mcp-remote/dist/proxy.js'
);

for (const [name, { checksOver }] of Object.entries({ v1, v2 })) {
  describe(`${name} client through mcp-remote`, () => {
    let server;
    let home;
    before(async () => {
      home = await mkdtemp(path.join(tmpdir(), 'mcp-remote-'));
      server = await startHttp();
    });
    after(async () => {
      await server?.stop();
      await rm(home, { recursive: true, force: true });
    });
    checksOver(() => {
      assert.equal(server.url.protocol, 'http:');
      return {
        command: process.execPath,
        args: [BRIDGE, server.url.href],
        env: { ...process.env, MCP_REMOTE_CONFIG_DIR: home }
      };
    });
  });
}
