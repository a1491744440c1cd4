/** A shopper's visit: a fresh browser profile, and everything that goes wrong in it or leaves it. */
import { house } from './house.mjs';

/**
 * Opens a profile of its own.
 * @param {object} [how]
 * @param {number} [how.width] of the window, in CSS pixels
 * @param {'en' | 'zh'} [how.language] that the browser asks for
 * @param {'light' | 'dark'} [how.theme] of the system
 * @param {'allow' | 'block'} [how.serviceWorkers]
 * @param {() => void} [how.before] runs in every page before the shop does
 */
export async function profile({
  width = 1440,
  language = 'en',
  theme = 'light',
  serviceWorkers = 'block',
  before,
} = {}) {
  const { address, browser } = await house();
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: theme,
    reducedMotion: 'no-preference',
    serviceWorkers,
    acceptDownloads: true,
  });
  if (before) await context.addInitScript(before);
  const problems = [];
  const abroad = [];
  context.on('page', (page) => {
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== address) abroad.push(request.url());
    if (request.method() !== 'GET') abroad.push(`${request.method()} ${request.url()}`);
  });
  return { context, problems, abroad };
}

/** Opens a page of the shop in a profile of its own; `close` ends both. */
export async function visit(path, how) {
  const visitor = await profile(how);
  const page = await visitor.context.newPage();
  await page.goto(path);
  await page.locator('main h1').first().waitFor();
  return { page, ...visitor, close: () => visitor.context.close() };
}

/** The row of suggestions in a part of the page, by default the first. */
export const row = (page, within = 'main') => page.locator(`${within} vitrine-recommendations`).first();

/** The suggestions that a row shows now, with their reasons. */
export async function suggestions(locator) {
  await locator.locator('.card[data-id]').first().waitFor();
  return locator.evaluate((element) =>
    element.suggestions.map(({ id, score, reasons }) => ({ id, score, reasons: structuredClone(reasons) })),
  );
}

/** Waits until a row shows other suggestions than `before`, and gives them. */
export async function suggestionsAfter(locator, before) {
  const ids = before.map(({ id }) => id).join();
  await locator.evaluate(
    (element, old) =>
      new Promise((resolve, reject) => {
        const until = performance.now() + 5000;
        const look = () => {
          if (element.suggestions && element.suggestions.map(({ id }) => id).join() !== old) resolve();
          else if (performance.now() > until) reject(new Error('The row stays as it was.'));
          else requestAnimationFrame(look);
        };
        look();
      }),
    ids,
  );
  return suggestions(locator);
}

/** Opens products by their addresses within the page, as clicks on links do. */
export async function open(page, ...items) {
  for (const item of items) {
    await page.evaluate((id) => {
      const link = Object.assign(document.createElement('a'), { href: `/item/${id}` });
      document.body.append(link);
      link.click();
      link.remove();
    }, item);
    await page.locator(`shop-product vitrine-recommendations`).first().waitFor();
    await page.waitForFunction(async (id) => {
      const { shop } = document.querySelector('vitrine-recommendations') ?? {};
      return (await shop?.events())?.some((event) => event.item === id);
    }, item);
  }
}

/** Goes to the first page within the page. */
export async function home(page) {
  await page.locator('.head .name').click();
  await page.locator('shop-home .for-you .card[data-id]').first().waitFor();
}

/** Takes the session's database over, as a newer version of the shop does in another tab: this page can no longer write. */
export const takeSessionOver = (page) =>
  page.evaluate(async () => {
    const { name } = (await indexedDB.databases()).find((database) => database.name.startsWith('vitrine:'));
    await new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 2);
      request.onsuccess = () => resolve(request.result.close());
      request.onerror = () => reject(request.error);
    });
  });
