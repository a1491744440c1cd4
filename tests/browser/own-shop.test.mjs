/** "Make it my shop": a dropped feed becomes the shop, in the browser, with what was refused of it and why. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inHouse } from '../../scripts/lib/house.mjs';
import { eventually } from './lib/eventually.mjs';
import { open, profile, row, suggestions, suggestionsAfter, visit } from './lib/visit.mjs';

const example = (name) => readFile(inHouse(`tests/feeds/${name}`), 'utf8');

/** Drops a file on the page as the file manager would. */
const drop = (page, name, text) =>
  page.evaluate(
    ([name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, text],
  );

/** A feed of `count` products of two kinds in Shopify's format. */
const feedOf = (count) =>
  JSON.stringify({
    products: Array.from({ length: count }, (_, n) => ({
      id: n,
      handle: `thing-${n}`,
      title: `${n % 2 ? 'Lamp' : 'Chair'} ${n}`,
      vendor: 'Corner',
      product_type: n % 2 ? 'Lamps' : 'Chairs',
      tags: [`colour ${n % 7}`, `wood ${n % 5}`],
      variants: [{ id: n, title: 'Default Title', option1: 'Default Title', price: `${20 + n}.00`, available: true }],
    })),
  });

test('a dropped feed becomes the shop: categories, products, suggestions, and nothing is uploaded', async () => {
  const { page, abroad, problems, close } = await visit('/');
  await drop(page, 'corner-products.json', feedOf(60));
  await page.locator('.hero.own h1').waitFor();
  await eventually(() => page.locator('.hero.own h1').innerText(), 'Corner');
  const departments = await page.locator('.head .departments-nav a').allInnerTexts();
  assert.ok(departments.includes('Lamps') && departments.includes('Chairs'), departments.join());
  const before = await suggestions(row(page, 'shop-home'));
  assert.ok(before.length > 0);
  await open(page, 'thing-1');
  await page.locator('.head .name').click();
  const after = await suggestionsAfter(row(page, 'shop-home'), before);
  assert.ok(
    after.every(({ reasons }) => reasons.every(({ source }) => source !== 'sequence')),
    'there is no log to learn rules from',
  );
  assert.ok(
    after.some(({ reasons }) => reasons.some(({ source, item }) => source === 'content' && item === 'thing-1')),
  );
  assert.deepEqual(abroad, []);
  assert.deepEqual(problems, []);
  await close();
});

test('the shop is still there after a reload and in another tab, and goes back to the demo', async () => {
  const { page, context, close } = await visit('/');
  await drop(page, 'corner-products.json', feedOf(20));
  await page.locator('.hero.own h1').waitFor();
  await page.reload();
  await eventually(() => page.locator('.hero.own h1').innerText(), 'Corner');
  const other = await context.newPage();
  await other.goto('/your-shop');
  await other.locator('.your-shop .button.secondary').click();
  await page.locator('.hero:not(.own) h1').waitFor();
  await close();
});

test('a feed that names no currency says which one was assumed, and another can be chosen', async () => {
  const { page, problems, close } = await visit('/');
  await drop(page, 'corner-products.json', feedOf(20));
  const line = page.locator('.own-line .assumed');
  await line.getByText('prices are taken as EUR').waitFor();
  await line.click();
  await page.locator('.currency select').selectOption('CHF');
  await line.getByText('prices are taken as CHF').waitFor();
  await page.goto('/item/thing-1');
  await page
    .locator('main')
    .getByText(/CHF\s*21/)
    .first()
    .waitFor();
  await page.goto('/your-shop');
  await eventually(() => page.locator('.currency select').inputValue(), 'CHF');
  await page.locator('.currency select').selectOption('GBP');
  await line.getByText('prices are taken as GBP').waitFor();
  assert.deepEqual(problems, []);
  await close();
});

test('in Chinese the assumed currency is said in Chinese, and nothing of it where the feed names its own', async () => {
  const { page, close } = await visit('/', { language: 'zh' });
  await drop(page, 'corner-products.json', feedOf(20));
  await page.locator('.own-line .assumed').getByText('价格按 CNY 计').waitFor();
  await drop(page, 'google.tsv', await example('google.tsv'));
  await page.locator('.own-line').getByText('google.tsv').waitFor();
  await eventually(() => page.locator('.own-line .assumed').count(), 0);
  await close();
});

test('refused rows are listed with line, field, what was found and what was expected', async () => {
  const { page, close } = await visit('/your-shop');
  await drop(page, 'google.tsv', await example('google.tsv'));
  await page.locator('.hero.own').waitFor();
  await page.goto('/your-shop');
  await page.locator('table.problems').waitFor();
  const rows = await page.locator('table.problems tbody tr').allInnerTexts();
  assert.deepEqual(
    rows.map((text) => text.split(/\s*\t\s*/)),
    [
      ['5', 'X-1', 'price', '–', 'a price such as 1299.00 EUR'],
      ['6', 'X-2', 'availability', 'perhaps', 'in_stock, out_of_stock, preorder or backorder'],
    ],
  );
  await close();
});

test('in Chinese the reasons for a refusal are Chinese, and a Chinese table becomes a shop', async () => {
  const { page, close } = await visit('/your-shop', { language: 'zh' });
  await drop(page, '小店.csv', await example('table.csv'));
  await page.locator('.hero.own').waitFor();
  await page.goto('/item/A1');
  await eventually(() => page.locator('main h1').innerText(), '红色连衣裙');
  await page.goto('/your-shop');
  await eventually(() => page.locator('table.problems').innerText(), /价格，例如 1299\.00 CNY/);
  await close();
});

test('a shop made while the demo is still on its way is not replaced by it', async () => {
  const { context, problems } = await profile();
  let arrive;
  const held = new Promise((resolve) => {
    arrive = resolve;
  });
  await context.route('**/packs/**', async (route) => {
    await held;
    await route.continue();
  });
  const page = await context.newPage();
  await page.goto('/your-shop');
  await page.locator('main h1').first().waitFor();
  await drop(page, 'corner-products.json', feedOf(20));
  await page.locator('.hero.own h1').waitFor();
  const demo = page.waitForResponse((response) => response.url().includes('/packs/') && response.ok());
  arrive();
  await demo;
  await page.waitForTimeout(1000);
  await eventually(() => page.locator('.hero.own h1').innerText(), 'Corner');
  assert.deepEqual(problems, []);
  await context.close();
});

test('a file that is no feed leaves the shop as it is and says what to do', async () => {
  const { page, close } = await visit('/');
  await drop(page, 'photo.xlsx', 'PK\u0003\u0004…');
  const failed = page.locator('.failed[role="alert"]');
  await failed.waitFor();
  await eventually(() => failed.innerText(), /export the products as CSV/);
  await page.locator('.head .name').click();
  await page.locator('.hero:not(.own) h1').waitFor();
  await close();
});
