/** One server and one browser for all tests: the built shop, served as `npm start` serves it. */
import { existsSync } from 'node:fs';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { inHouse } from '../../../scripts/lib/house.mjs';
import { freePort } from '../../../scripts/lib/port.mjs';
import { serve } from '../../../scripts/lib/serve.mjs';

let started;

async function start() {
  if (!existsSync(inHouse('www/shop/dist/index.html'))) {
    throw new Error('The shop is not built: run `npm run build` first.');
  }
  const [{ url, stop }, executablePath] = await Promise.all([freePort().then(serve), ensureChromium()]);
  const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath, args });
  return { address: url.replace(/\/$/, ''), browser, stop };
}

/** The running shop's address, without a slash at the end, and the browser. */
export function house() {
  started ??= start();
  return started;
}

after(async () => {
  const running = await started?.catch(() => undefined);
  await running?.browser.close();
  await running?.stop();
});
