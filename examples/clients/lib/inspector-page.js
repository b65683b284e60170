// MCP Inspector's web page in Chromium without a window, and what a user does on it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import puppeteer from 'puppeteer-core';

import { freePort } from './oauth-client.js';
import { within } from './server.js';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const LAUNCHER = path.join(
  HERE,
  '../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js'
);
const PICTURES = path.join(HERE, '..', 'target');
const LIMIT_MS = 60_000;

/** Time for a check that starts a browser, on a machine that is busy. */
export const SLOW = { timeout: 300_000 };

/** Starts Inspector for one server, with further options such as its protocol era. */
export async function startInspector(serverUrl, ...options) {
  const home = await mkdtemp(path.join(tmpdir(), 'inspector-'));
  let inspector;
  let browser;
  const stop = async () => {
    await browser?.close();
    if (inspector && inspector.exitCode === null) {
      inspector.kill();
      await within(once(inspector, 'exit'), LIMIT_MS, 'stopping Inspector');
    }
    await rm(home, { recursive: true, force: true });
  };
  try {
    const port = await freePort();
    const args = [LAUNCHER, '--web', '--server-url', serverUrl, '--transport', 'http', ...options];
    inspector = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        HOME: home,
        CLIENT_PORT: String(port),
        MCP_SANDBOX_PORT: String(await freePort()),
        MCP_AUTO_OPEN_ENABLED: 'false',
        MCP_INSPECTOR_SECRET_STORE: 'memory',
        DANGEROUSLY_OMIT_AUTH: 'true'
      }
    });
    let output = '';
    const running = new Promise((resolve, reject) => {
      inspector.stdout.setEncoding('utf8').on('data', text => {
        output += text;
        if (output.includes('up and running')) {
          resolve();
        }
      });
      inspector.once('exit', code => reject(new Error(`Inspector ended (${code}): ${output}`)));
    });
    await within(running, LIMIT_MS, 'starting Inspector');
    browser = await puppeteer.launch({
      executablePath: process.env.CHROMIUM,
      // A process of root has no sandbox; it opens pages of this machine alone
      args: ['--no-sandbox', '--disable-gpu'],
      timeout: LIMIT_MS
    });
    const page = await browser.newPage();
    await page.setViewport({ width: 1400, height: 900 });
    page.setDefaultTimeout(LIMIT_MS);
    page.setDefaultNavigationTimeout(LIMIT_MS);
    return new InspectorPage(`http://127.0.0.1:${port}`, page, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

class InspectorPage {
  constructor(url, page, stop) {
    this.url = url;
    this.page = page;
    this.stop = stop;
  }

  /** Opens the page, and switches the connection on. */
  async connect() {
    await this.page.goto(this.url);
    const connect = await this.page.waitForSelector('[role=switch]');
    await connect.evaluate(button => button.click());
  }

  /** Waits until the page shows the text. */
  async shows(text) {
    try {
      await this.page.waitForFunction(
        wanted => document.body.innerText.includes(wanted),
        {},
        text
      );
    } catch (error) {
      const shown = await this.page.evaluate(() => document.body.innerText);
      throw new Error(`the page does not show "${text}" but: ${shown}`, { cause: error });
    }
  }

  /** Clicks the last of what has exactly this text: a server's name is above the names of its tools. */
  async click(text) {
    await this.#click('label, button, a, [role=button], p, span', `^${text}$`);
  }

  /** Opens a tool of the list. */
  async openTool(name, description) {
    await this.click('Tools');
    await this.shows(name);
    await this.click(name);
    await this.shows(description);
  }

  /** Types into the field with this label. */
  async fill(label, text) {
    const field = await this.page.waitForFunction(
      wanted =>
        [...document.querySelectorAll('label')].find(each =>
          each.textContent.trim().startsWith(wanted)
        )?.control,
      {},
      label
    );
    await field.asElement().type(text);
  }

  /** Calls the tool that is open. */
  async callTool() {
    await this.#click('button', '^(Execute|Run|Call)');
  }

  /** Keeps a picture of the page in the folder "target". */
  async picture(name) {
    await mkdir(PICTURES, { recursive: true });
    await this.page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  }

  async #click(kinds, pattern) {
    const found = await this.page.waitForFunction(
      (selector, wanted) =>
        [...document.querySelectorAll(selector)].findLast(each =>
          new RegExp(wanted).test(each.textContent.trim())
        ),
      {},
      kinds,
      pattern
    );
    await found.evaluate(each => each.click());
  }
}
