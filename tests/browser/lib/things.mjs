/** The whole site in workerd with its real worker, and Chromium: shop, console, and things that speak. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { openWorker } from '../../worker/lib/runtime.mjs';

/** The owner's token in these tests. */
export const ownerToken = `vat_${randomBytes(32).toString('base64url')}`;

let started;

async function start() {
  const vars = { OWNER_TOKEN_SHA256: createHash('sha256').update(ownerToken).digest('hex') };
  const [worker, executablePath] = await Promise.all([openWorker({ vars }), ensureChromium()]);
  const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath, args });
  return { worker, browser };
}

/** The running worker and the browser, one of each for all tests. */
export function things() {
  started ??= start();
  return started;
}

after(async () => {
  const running = await started?.catch(() => undefined);
  await running?.browser.close();
  await running?.worker.stop();
});

/** Calls the worker as the owner. */
export async function call(method, path, body) {
  const { worker } = await things();
  const response = await fetch(`${worker.address}/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${ownerToken}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** A registered scale; `weigh` sends what it shows, signed, and resolves once the worker has stored it. */
export async function scale(id, sku, { unitGrams = 500, site = 'harbour-street' } = {}) {
  const { worker } = await things();
  const config = { unitGrams, tareGrams: 0, noiseGrams: 5 };
  const { key } = await call('POST', 'devices', { id, kind: 'scale', site, sku, config });
  const secret = Buffer.from(key.secret.slice('whsec_'.length), 'base64');
  let sequence = 0;
  let message = 0;
  async function send(events) {
    message += 1;
    const body = JSON.stringify(events);
    const [name, timestamp] = [`msg_${id}_${message}`, String(Math.floor(Date.now() / 1000))];
    const signature = createHmac('sha256', secret).update(`${name}.${timestamp}.${body}`).digest('base64');
    const response = await fetch(`${worker.address}/v1/devices/${id}/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents-batch+json',
        'webhook-id': name,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
  /** Two readings that agree, as a scale sends when what lies on it has come to rest. */
  const weigh = (pieces) => {
    const now = Date.now();
    const events = [now - 400, now].map((time) => {
      sequence += 1;
      return {
        specversion: '1.0',
        id: `${id}-${sequence}`,
        source: `/scales/${id}`,
        type: 'vitrine.scale.weight.v1',
        time: new Date(time).toISOString(),
        sequence: String(sequence),
        data: { grams: pieces * unitGrams, stable: true },
      };
    });
    return send(events);
  };
  return { id, sku, weigh };
}

/** A storefront key for the site's own origin, and what the shop finds in settings.json. */
export async function shopSettings() {
  const { worker } = await things();
  const { key } = await call('POST', 'storefront-keys', { label: 'Shop', origins: [worker.address] });
  return { worker: '/', key };
}

/**
 * A browser profile of its own at the site.
 * @param {object} [how]
 * @param {number} [how.width] of the window, in CSS pixels
 * @param {'en' | 'zh'} [how.language] that the browser asks for
 * @param {'light' | 'dark'} [how.theme] of the system
 * @param {object} [how.settings] what the shop finds in settings.json
 */
export async function profile({ width = 1440, language = 'en', theme = 'light', settings } = {}) {
  const { worker, browser } = await things();
  const context = await browser.newContext({
    baseURL: worker.address,
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: theme,
    serviceWorkers: 'block',
  });
  const problems = [];
  context.on('page', (page) => {
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
  });
  if (settings) await context.route('**/settings.json', (route) => route.fulfill({ json: settings }));
  return { context, problems };
}

/** Signs in at the console and waits until it is open. */
export async function signIn(page, token) {
  await page.goto('/console/');
  await page.locator('#token').fill(token);
  await page.locator('.sign-in .button').click();
  await page.locator('.head-tools button').waitFor();
}
