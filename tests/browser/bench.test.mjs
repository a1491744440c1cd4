/** The shop's bench in Chromium, under the shop's own policy: networks run, draw what they found, and load nothing from elsewhere. */
import assert from 'node:assert/strict';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { eventually } from './lib/eventually.mjs';

const dist = fileURLToPath(new URL('../../www/shop/dist', import.meta.url));
const kinds = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json' };
const more = { wasm: 'application/wasm', png: 'image/png', svg: 'image/svg+xml', woff2: 'font/woff2' };

let server;
let browser;
let origin;

/** Serves the built shop as Cloudflare does: its policy, and its page for every unknown address. Without peers. */
function serve() {
  assert.ok(existsSync(`${dist}/index.html`), 'the shop is not built: run `npm run build` first');
  const [, policy] = readFileSync(`${dist}/_headers`, 'utf8').match(/Content-Security-Policy: (.*)/);
  return createServer(({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const there = statSync(dist + pathname, { throwIfNoEntry: false })?.isFile() && !pathname.startsWith('/peers/');
    const file = dist + (there ? pathname : '/index.html');
    const kind = { ...kinds, ...more }[file.split('.').at(-1)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': kind, 'content-security-policy': policy });
    createReadStream(file).pipe(response);
  });
}

before(async () => {
  server = serve();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({
    executablePath: process.env.VITRINE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Opens the bench in a fresh profile; `seen` collects what goes wrong and what is asked for. */
async function visit() {
  const context = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'block' });
  const page = await context.newPage();
  const seen = { problems: [], requests: [] };
  page.on('pageerror', ({ message }) => seen.problems.push(message));
  page.on('console', (message) => message.type() === 'error' && seen.problems.push(message.text()));
  page.on('request', (request) => seen.requests.push(request.url()));
  await page.goto(`${origin}/bench`);
  await page.locator('.network').first().waitFor();
  return { page, seen, close: () => context.close() };
}

test('nothing heavy is loaded before the button is pressed', async () => {
  const { page, seen, close } = await visit();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(
    seen.requests.filter((url) => /\.plan$|vitrine_models|\/peers\//.test(url)),
    [],
  );
  await page.locator('.foot a[href="/bench"]').waitFor();
  await close();
});

test('the networks run on this device, say how fast, and draw what they found', { timeout: 180_000 }, async () => {
  const { page, seen, close } = await visit();
  const pictures = () =>
    page.evaluate(() => [...document.querySelectorAll('.network canvas')].map((canvas) => canvas.toDataURL()));
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.network canvas')].every(({ dataset }) => dataset.shown),
  );
  await page.waitForTimeout(500);
  const plain = await pictures();
  await page.locator('.bench-start button').click();
  await page.locator('.bench-peers').waitFor({ timeout: 170_000 });
  await page.waitForTimeout(300);

  const cards = await page.locator('.network').evaluateAll((networks) =>
    networks.map((network) => ({
      frames: Number(network.querySelector('.frames strong').textContent.replace(/,/g, '')),
      facts: [...network.querySelectorAll('dd')].map(({ textContent }) => textContent),
    })),
  );
  assert.equal(cards.length, 5);
  for (const { frames, facts } of cards) {
    assert.ok(frames > 0, `${frames} pictures a second`);
    const [time, loaded] = facts.map((text) => Number.parseFloat(text.replace(/,/g, '')));
    assert.ok(Math.abs(1000 / time / frames - 1) < 0.1, `${time} ms are ${frames} pictures a second`);
    assert.ok(loaded > 0.3 && loaded < 12, `${loaded} MB`);
  }
  const drawn = await pictures();
  for (const [at, picture] of drawn.entries()) assert.notEqual(picture, plain[at], `card ${at} shows what was found`);
  assert.deepEqual(seen.problems, []);
  assert.deepEqual(
    seen.requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:')),
    [],
  );
  assert.ok(!seen.requests.some((url) => url.includes('/peers/')), 'peers are not asked for');

  await page.locator('.bench-peers button').click();
  const absent = page.locator('.bench-peers [role="alert"]');
  await absent.waitFor();
  await eventually(() => absent.textContent(), /npm run bench -- models/);
  await close();
});
