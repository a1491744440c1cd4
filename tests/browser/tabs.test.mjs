/** Two tabs of one browser agree on what was clicked, what is in the basket, and the language. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { open, row, suggestions, suggestionsAfter, visit } from './lib/visit.mjs';

test('a click in one tab sorts the row in the other', async () => {
  const { page, context, close } = await visit('/');
  const before = await suggestions(row(page, 'shop-home'));
  const other = await context.newPage();
  await other.goto('/');
  await open(other, 'leather-bomber-brown');
  const after = await suggestionsAfter(row(page, 'shop-home'), before);
  assert.ok(after.some(({ reasons }) => reasons.some(({ item }) => item === 'leather-bomber-brown')));
  await eventually(() => page.locator('.step').count(), 1);
  await close();
});

test('basket and language follow too', async () => {
  const { page, context, close } = await visit('/');
  const other = await context.newPage();
  await other.goto('/item/slim-jeans-dark-blue');
  await other.locator('.variant input:not(:disabled)').first().check({ force: true });
  await other.locator('.order .button').click();
  await page.locator('.head .badge').waitFor();
  await eventually(() => page.locator('.head .badge').innerText(), '1');
  await other.getByText('中文').click();
  await page.locator('html[lang="zh-Hans"]').waitFor({ state: 'attached' });
  await eventually(() => page.locator('main h1').innerText(), /寻常衣裳/);
  await close();
});
