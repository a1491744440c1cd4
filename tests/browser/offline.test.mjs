/** After one visit the shop works without a network: pages, suggestions, and the pictures that were looked at. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { home, open, row, suggestions, suggestionsAfter, visit } from './lib/visit.mjs';

/** Waits until the service worker has everything and runs this page. */
const settled = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      );
    }
  });

test('a reload without a network shows the shop, and suggestions still follow clicks', async () => {
  const { page, context, close } = await visit('/', { serviceWorkers: 'allow' });
  await settled(page);
  await page.waitForTimeout(1000);
  await context.setOffline(true);
  await page.reload();
  const before = await suggestions(row(page, 'shop-home'));
  await page
    .locator('.hero img')
    .first()
    .evaluate((image) => image.decode());
  await open(page, 'slim-jeans-dark-blue');
  await home(page);
  await suggestionsAfter(row(page, 'shop-home'), []);
  assert.notDeepEqual(await suggestions(row(page, 'shop-home')), before);
  await page.goto('/basket');
  await eventually(() => page.locator('main h1').innerText(), 'Basket');
  await close();
});

test('a damaged kept pack is fetched anew on demand', async () => {
  const { page, close } = await visit('/', { serviceWorkers: 'allow' });
  await settled(page);
  await page.evaluate(async () => {
    const name = (await caches.keys()).find((key) => key.startsWith('shop-') && key !== 'shop-pictures');
    const cache = await caches.open(name);
    const request = (await cache.keys()).find(({ url }) => url.includes('/packs/demo/catalogue'));
    await cache.put(request, new Response('damaged'));
  });
  await page.reload();
  await page.locator('.notice[role="alert"] button').click();
  assert.ok((await suggestions(row(page, 'shop-home'))).length > 0);
  await page.reload();
  assert.ok((await suggestions(row(page, 'shop-home'))).length > 0);
  await close();
});
