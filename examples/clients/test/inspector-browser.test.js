// MCP Inspector's web page: a user connects, signs in where the server asks for it, and calls a tool.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import * as conformance from '../lib/conformance.js';
import * as echo from '../lib/echo.js';
import { SLOW, startInspector } from '../lib/inspector-page.js';
import { startOidcProvider } from '../lib/issuers.js';
import { freePort } from '../lib/oauth-client.js';

describe('Inspector in a browser', SLOW, () => {
  let server;

  before(async () => {
    server = await echo.startHttp();
  }, SLOW);

  after(() => server?.stop());

  for (const [era, revision] of [
    ['legacy', '2025-11-25'],
    ['modern', '2026-07-28']
  ]) {
    test(`${era} era: connects to the echo server, lists and calls its tool`, SLOW, async () => {
      const inspector = await startInspector(server.url.href, '--protocol-era', era);
      try {
        await inspector.connect();
        await inspector.shows('Connected');
        await inspector.shows(revision);
        await inspector.openTool('echo', 'A simple echo tool');
        await inspector.fill('message', 'Grüße, 世界');
        await inspector.callTool();
        await inspector.shows('Echo: Grüße, 世界');
      } finally {
        await inspector.picture(`inspector-${era}`);
        await inspector.stop();
      }
    });
  }
});

describe('Inspector in a browser, which signs in', SLOW, () => {
  let issuer;
  let server;
  let inspector;

  before(async () => {
    issuer = await startOidcProvider();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/mcp`;
    const protection = {
      MCP_OAUTH_RESOURCE: url,
      MCP_OAUTH_ISSUER: issuer.issuer,
      MCP_OAUTH_SCOPES: 'mcp:use'
    };
    server = await conformance.startHttp(protection, '--port', String(port));
    inspector = await startInspector(url);
  }, SLOW);

  after(async () => {
    await inspector?.stop();
    await server?.stop();
    await issuer?.stop();
  });

  test('signs in from the bare URL, and calls a tool', SLOW, async () => {
    await inspector.connect();

    // The pages of the authorization server: who it is, and that it agrees
    const { page } = inspector;
    await (await page.waitForSelector('input[name=login]')).type('joe');
    await (await page.waitForSelector('input[name=password]')).type('x');
    const send = async () => {
      const button = await page.waitForSelector('button[type=submit]');
      await Promise.all([page.waitForNavigation(), button.click()]);
    };
    await send();
    await page.waitForSelector('input[name=prompt][value=consent]');
    await send();

    await inspector.shows('Connected');
    assert.ok(page.url().startsWith(inspector.url), page.url());
    await inspector.openTool('test_caller', 'Says who calls');
    await inspector.callTool();
    await inspector.shows('joe');
  });
});
