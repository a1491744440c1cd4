/** The basket: what is put in, what it costs, what goes with it, and an order that takes bought things off the rows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { row, suggestions, visit } from './lib/visit.mjs';

const item = 'slim-jeans-dark-blue';

async function put(page) {
  await page.locator('.variant input:not(:disabled)').first().check({ force: true });
  await page.locator('.order .button').click();
  await page.locator('.told a').waitFor();
}

test('a size is asked for before anything goes in', async () => {
  const { page, close } = await visit(`/item/${item}`);
  await page.locator('.order .button').click();
  await eventually(() => page.locator('.told').innerText(), 'Choose a size first.');
  await eventually(
    () => page.locator('.variant input').evaluateAll((inputs) => inputs.includes(document.activeElement)),
    true,
  );
  await close();
});

test('lines add up, outlast a reload, and go', async () => {
  const { page, problems, close } = await visit(`/item/${item}`);
  await put(page);
  await page.locator('.told a').click();
  await page.locator('.quantity input').fill('3');
  await page.locator('.quantity input').press('Enter');
  const price = await page.evaluate(async (id) => {
    const { shop } = document.querySelector('vitrine-recommendations');
    return (await shop.product(id)).price.minor;
  }, item);
  await eventually(() => page.locator('.sum strong').innerText(), `€${(price * 3) / 100}`);
  await page.reload();
  await eventually(() => page.locator('.quantity input').inputValue(), '3');
  await page.locator('.line .link').click();
  await page.locator('.empty').waitFor();
  const events = await page.evaluate(async () =>
    (await document.querySelector('vitrine-recommendations').shop.events()).map(({ kind }) => kind),
  );
  assert.deepEqual(events, ['view']);
  assert.deepEqual(problems, []);
  await close();
});

test('the row goes with the basket, and what was bought is not suggested again', async () => {
  const { page, close } = await visit(`/item/${item}`);
  await put(page);
  await page.locator('.told a').click();
  const also = await suggestions(row(page, 'shop-basket'));
  assert.ok(also.length > 0 && !also.some(({ id }) => id === item));
  await page.locator('.sum .button').click();
  await page.locator('.banner').waitFor();
  await eventually(() => page.locator('.head .badge').count(), 0);
  await page.locator('.head .name').click();
  const list = await suggestions(row(page, 'shop-home'));
  assert.ok(!list.some(({ id }) => id === item));
  await close();
});
