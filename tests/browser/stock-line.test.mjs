/** The line of stock under a product: there where a worker tells it, changing while the shopper looks, else nothing at all. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { inHouse } from '../../scripts/lib/house.mjs';
import { violations } from './lib/axe.mjs';
import { eventually } from './lib/eventually.mjs';
import { fakeWorker } from './lib/fake-worker.mjs';
import { profile } from './lib/things.mjs';

const settings = { worker: '/', key: 'vsk_demo' };
const jacket = '/item/denim-jacket-light-blue';
const entry = (units, site = 'harbour-street', sku = 'denim-jacket-light-blue') => ({
  sku,
  site,
  units,
  sources: [],
  agreed: true,
  spread: 0,
});
const line = (page) => page.locator('vitrine-stock [part~="line"]');
const folder = inHouse('tests/artefacts');
mkdirSync(folder, { recursive: true });

async function shopper(how = {}) {
  const { context, problems } = await profile(how);
  const worker = await fakeWorker(context, { settings, ...how });
  const page = await context.newPage();
  await page.goto(jacket);
  await page.locator('main h1').waitFor();
  return { context, page, worker, problems, close: () => context.close() };
}

test('it follows what is told, and a screen reader hears only the changes', async () => {
  const { page, worker, problems, close } = await shopper();
  await page.getByText('7 in stock').waitFor();
  const status = page.locator('vitrine-stock [role="status"]');
  await eventually(() => status.innerText(), '');
  worker.tell('stock', entry(2));
  await line(page).getByText('Only 2 left').waitFor();
  await eventually(() => status.innerText(), 'Only 2 left');
  assert.deepEqual(await violations(page), []);
  worker.tell('stock', entry(0));
  await line(page).getByText('Sold out').waitFor();
  await eventually(() => page.locator('.order .button').isDisabled(), true);
  worker.tell('stock', entry(4, 'warehouse'));
  await line(page).getByText('4 in stock').waitFor();
  await eventually(() => page.locator('.order .button').isDisabled(), false);
  assert.deepEqual(problems, []);
  await close();
});

test('a size of which the worker knows more has its own number', async () => {
  const { page, worker, close } = await shopper();
  worker.shop.stock.push(entry(3, 'harbour-street', 'denim-jacket-light-blue-m'));
  await page.getByText('7 in stock').waitFor();
  await page.locator('.variant', { hasText: /^\s*M\s*$/ }).click();
  await line(page).getByText('Only 3 left').waitFor();
  await page.locator('.variant', { hasText: /^\s*L\s*$/ }).click();
  await line(page).getByText('7 in stock').waitFor();
  await close();
});

test('two tabs hold one connection, and the second goes on when the first closes', async () => {
  const { context, page, worker, close } = await shopper();
  await page.getByText('7 in stock').waitFor();
  const second = await context.newPage();
  await second.goto(jacket);
  await second.getByText('7 in stock').waitFor();
  assert.equal(worker.connections(), 1);
  worker.tell('stock', entry(6));
  for (const tab of [page, second]) await line(tab).getByText('6 in stock').waitFor();
  await page.close();
  for (const until = Date.now() + 5000; worker.connections() !== 1 && Date.now() < until; )
    await second.waitForTimeout(20);
  await second.waitForTimeout(300);
  worker.tell('stock', entry(5));
  await line(second).getByText('5 in stock').waitFor();
  await close();
});

test('without a worker, and with one that is away, there is no line and no error', async () => {
  for (const how of [{ settings: undefined }, { settings: { worker: 'https://away.example/', key: 'vsk_demo' } }]) {
    const { context } = await profile();
    await fakeWorker(context, how);
    await context.route('https://away.example/**', (route) => route.abort());
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(jacket);
    await page.locator('.order .button').waitFor();
    await page.waitForTimeout(800);
    await eventually(() => line(page).count(), 0);
    await eventually(() => page.locator('.order .button').isDisabled(), false);
    assert.deepEqual(errors, []);
    await context.close();
  }
});

for (const [width, language, theme] of [
  [390, 'zh', 'dark'],
  [390, 'en', 'light'],
  [1440, 'en', 'light'],
  [1440, 'zh', 'dark'],
]) {
  test(`the line looks as it should at ${width} px, ${language}, ${theme}`, async () => {
    const { page, worker, close } = await shopper({ width, language, theme });
    await line(page).waitFor();
    worker.tell('stock', entry(2));
    await line(page)
      .getByText(language === 'zh' ? '仅剩 2 件' : 'Only 2 left')
      .waitFor();
    await page.waitForTimeout(1800);
    assert.deepEqual(await violations(page), []);
    await page.screenshot({ path: `${folder}/stock-line-${width}-${language}-${theme}.png` });
    await close();
  });
}
