// MCP Inspector's web page in Chromium without a window: a user connects, signs in, and calls a tool.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';

import puppeteer from 'puppeteer-core';

import { startHttp } from '../lib/conformance.js';
import { startOidcProvider } from '../lib/issuers.js';
import { freePort } from '../lib/oauth-client.js';
import { within } from '../lib/server.js';

const LAUNCHER = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js'
);
const LIMIT_MS = 60_000;
const SLOW = { timeout: 300_000 };

describe('Inspector in a browser', SLOW, () => {
  let home;
  let issuer;
  let server;
  let inspector;
  let browser;
  let inspectorUrl;

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'inspector-'));
    issuer = await startOidcProvider();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/mcp`;
    const protection = {
      MCP_OAUTH_RESOURCE: url,
      MCP_OAUTH_ISSUER: issuer.issuer,
      MCP_OAUTH_SCOPES: 'mcp:use'
    };
    server = await startHttp(protection, '--port', String(port));
    const webPort = await freePort();
    inspectorUrl = `http://127.0.0.1:${webPort}`;
    inspector = spawn(
      process.execPath,
      [LAUNCHER, '--web', '--server-url', url, '--transport', 'http'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          HOME: home,
          CLIENT_PORT: String(webPort),
          MCP_SANDBOX_PORT: String(await freePort()),
          MCP_AUTO_OPEN_ENABLED: 'false',
          MCP_INSPECTOR_SECRET_STORE: 'memory',
          DANGEROUSLY_OMIT_AUTH: 'true'
        }
      }
    );
    let output = '';
    const running = new Promise(resolve => {
      inspector.stdout.setEncoding('utf8').on('data', text => {
        output += text;
        if (output.includes('up and running')) {
          resolve();
        }
      });
    });
    await within(running, LIMIT_MS, 'starting Inspector');
    browser = await puppeteer.launch({
      executablePath: process.env.CHROMIUM,
      // A process of root has no sandbox; it opens pages of this machine alone
      args: ['--no-sandbox', '--disable-gpu'],
      timeout: LIMIT_MS
    });
  }, SLOW);

  after(async () => {
    await browser?.close();
    if (inspector && inspector.exitCode === null) {
      inspector.kill();
      await within(once(inspector, 'exit'), LIMIT_MS, 'stopping Inspector');
    }
    await server?.stop();
    await issuer?.stop();
    await rm(home, { recursive: true, force: true });
  });

  test('signs in from the bare URL, and calls a tool', SLOW, async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(LIMIT_MS);
    page.setDefaultNavigationTimeout(LIMIT_MS);
    await page.goto(inspectorUrl);
    const connect = await page.waitForSelector('[role=switch]');
    await connect.evaluate(button => button.click());

    // The pages of the authorization server: who it is, and that it agrees
    await (await page.waitForSelector('input[name=login]')).type('joe');
    await (await page.waitForSelector('input[name=password]')).type('x');
    const send = async () => {
      const button = await page.waitForSelector('button[type=submit]');
      await Promise.all([page.waitForNavigation(), button.click()]);
    };
    await send();
    await page.waitForSelector('input[name=prompt][value=consent]');
    await send();

    const shows = text =>
      page.waitForFunction(wanted => document.body.innerText.includes(wanted), {}, text);
    await shows('Connected');
    assert.ok(page.url().startsWith(inspectorUrl), page.url());
    const click = text =>
      page.evaluate(wanted => {
        const all = [...document.querySelectorAll('label, button, a, [role=button], p, span')];
        all.find(each => each.textContent.trim() === wanted).click();
      }, text);
    await click('Tools');
    await shows('test_caller');
    await click('test_caller');
    await shows('Says who calls');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('button')].some(b => /^(Execute|Run|Call)/.test(b.textContent))
    );
    await page.evaluate(() =>
      [...document.querySelectorAll('button')]
        .find(b => /^(Execute|Run|Call)/.test(b.textContent))
        .click()
    );
    await shows('joe');
  });
});
