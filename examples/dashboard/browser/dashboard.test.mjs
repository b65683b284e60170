// Shows the dashboard in headless Chromium, clicks, and looks at what the server was asked.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

const HERE = import.meta.dirname;
const JAR = process.env.DASHBOARD_JAR ?? path.join(HERE, '../target/dashboard.jar');
const SCREENSHOT = process.env.DASHBOARD_SCREENSHOT ?? path.join(HERE, '../target/dashboard.png');

const log = [];
let server, url, host, origin, browser;

before(async () => {
  assert.ok(existsSync(JAR), `There is no jar at ${JAR}; build the example first`);
  const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
  server = spawn(java, ['-jar', JAR, '0'], { stdio: ['ignore', 'inherit', 'pipe'] });
  url = await new Promise((resolve, reject) => {
    server.once('exit', code => reject(new Error(`The server ended with ${code}: ${log.join('\n')}`)));
    createInterface({ input: server.stderr }).on('line', line => {
      log.push(line);
      const found = /^dashboard: listening on (\S+)$/.exec(line);
      if (found) {
        resolve(found[1]);
      }
    });
  });
  const { outputFiles } = await build({
    entryPoints: [path.join(HERE, 'host.mjs')],
    bundle: true,
    format: 'iife',
    write: false
  });
  const pages = {
    '/': ['text/html', readFileSync(path.join(HERE, 'host.html'))],
    '/host.js': ['text/javascript', outputFiles[0].contents]
  };
  host = createServer((request, response) => {
    const [type, body] = pages[request.url] ?? [];
    response.writeHead(type ? 200 : 404, type ? { 'content-type': `${type}; charset=utf-8` } : {});
    response.end(body);
  });
  await new Promise(resolve => host.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${host.address().port}`;
  browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb']
  });
});

after(async () => {
  await browser?.close();
  host?.close();
  server?.kill();
});

test('the chart is shown, and a click calls a tool of the server', async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 620, height: 430, deviceScaleFactor: 2 });
  const asked = [];
  const wrong = [];
  page.on('request', request => asked.push(request.url()));
  page.on('console', message => {
    // The client asks for a stream of a session, which this server does not keep: status 405.
    if (message.type() === 'error' && message.location().url !== url) {
      wrong.push(message.text());
    }
  });
  page.on('pageerror', error => wrong.push(error.message));
  await page.goto(`${origin}/`);
  const shown = await page.evaluate(
    (endpoint, name, args) => window.show(endpoint, name, args),
    url,
    'sales',
    { year: 2026 }
  );
  assert.equal(shown.uri, 'ui://dashboard/sales');
  assert.deepEqual(shown.app, { name: 'sales', version: '1.0.0' });
  assert.deepEqual(shown.capabilities, { availableDisplayModes: ['inline'] });
  assert.ok(shown.size.height > 100, JSON.stringify(shown.size));

  const view = await (await page.$('#view')).contentFrame();
  assert.equal(await view.$eval('#title', element => element.textContent), 'Sales of 2026');
  await view.waitForSelector('rect');
  assert.equal((await view.$$('rect')).length, 12);
  const calls = () => log.filter(line => line.includes('tools/call') && line.includes('orders'));
  assert.equal(calls().length, 0);

  await view.click('rect[data-month="5"]');
  await view.waitForFunction(() => document.getElementById('orders').textContent.startsWith('May 2026: '));
  const text = await view.$eval('#orders', element => element.textContent);
  assert.match(text, /^May 2026: \d+ lamps, \d+ chairs$/);
  for (let i = 0; i < 100 && calls().length === 0; i++) {
    await new Promise(resolve => setTimeout(resolve, 50)); // the line comes through a pipe
  }
  assert.equal(calls().length, 1, log.join('\n'));

  mkdirSync(path.dirname(SCREENSHOT), { recursive: true });
  await page.screenshot({ path: SCREENSHOT });
  assert.deepEqual(wrong, []);
  // Nothing but the host's own files and the endpoint: the page has everything inside itself.
  const outside = asked.filter(
    one => !one.startsWith(`${origin}/`) && !one.startsWith(url) && !one.startsWith('about:') && one !== 'data:,'
  );
  assert.deepEqual(outside, []);
});

test('the page follows the look of the host', async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/`);
  await page.evaluate((endpoint, name, args) => window.show(endpoint, name, args), url, 'sales', { year: 2026 });
  const view = await (await page.$('#view')).contentFrame();
  const color = () => view.$eval('body', body => getComputedStyle(body).color);
  assert.equal(await color(), 'rgb(23, 23, 23)');
  await page.evaluate(() => window.bridge.sendHostContextChange({ theme: 'dark' }));
  await view.waitForFunction(() => getComputedStyle(document.body).color === 'rgb(250, 250, 250)');
});

test('where the host carries no calls the page asks for none', async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}/`);
  await page.evaluate(
    (endpoint, name, args) => window.show(endpoint, name, args, false),
    url,
    'sales',
    { year: 2026 }
  );
  const view = await (await page.$('#view')).contentFrame();
  await view.waitForSelector('rect');
  const before = log.length;
  await view.$eval('rect[data-month="5"]', bar => bar.focus());
  await page.keyboard.press('Enter');
  assert.equal(await view.$eval('#chart', chart => getComputedStyle(chart).pointerEvents), 'none');
  assert.equal(await view.$eval('#orders', element => element.textContent), '');
  assert.deepEqual(log.slice(before).filter(line => line.includes('orders')), []);
});
