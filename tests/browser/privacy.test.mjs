/** What the shop keeps can be seen, taken away and deleted, and nothing of it leaves the browser. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { home, open, takeSessionOver, visit } from './lib/visit.mjs';

test('a whole visit asks only the shop’s own server, and only for files', async () => {
  const { page, abroad, problems, close } = await visit('/');
  await open(page, 'denim-jacket-light-blue', 'quarter-zip-grey');
  await home(page);
  await page.locator('.foot a[href="/privacy"]').click();
  await page.locator('vitrine-privacy tbody tr').first().waitFor();
  assert.deepEqual(abroad, []);
  assert.deepEqual(problems, []);
  await close();
});

test('the panel lists every click, saves them as a file, and deletes them', async () => {
  const { page, close } = await visit('/');
  await open(page, 'denim-jacket-light-blue', 'quarter-zip-grey');
  await page.locator('.foot a[href="/privacy"]').click();
  const panel = page.locator('vitrine-privacy');
  await panel.locator('tbody tr').first().waitFor();
  await eventually(() => panel.locator('tbody tr').count(), 2);

  const [download] = await Promise.all([page.waitForEvent('download'), panel.locator('[part~="export"]').click()]);
  const saved = await readFile(await download.path(), 'utf8');
  assert.match(saved, /denim-jacket-light-blue/);

  await panel.locator('[part~="forget"]').click();
  await panel.locator('[part~="confirm"]').click();
  await panel.locator('[part="empty"]').waitFor();
  await page.reload();
  await panel.locator('[part="empty"]').waitFor();
  await close();
});

test('what the browser does not let the shop delete is said in the panel', async () => {
  const { page, problems, close } = await visit('/');
  await open(page, 'denim-jacket-light-blue', 'quarter-zip-grey');
  await page.locator('.foot a[href="/privacy"]').click();
  const panel = page.locator('vitrine-privacy');
  await panel.locator('tbody tr').first().waitFor();
  await takeSessionOver(page);
  await panel.locator('[part~="forget"]').click();
  await panel.locator('[part~="confirm"]').click();
  const alert = panel.locator('[part="error"]');
  await alert.getByText('Nothing was deleted').waitFor();
  await eventually(() => panel.locator('tbody tr').count(), 2);
  await panel.locator('[part="remove"]').first().click();
  await alert.getByText('no longer counts').waitFor();
  await eventually(() => panel.locator('tbody tr').count(), 1);
  assert.deepEqual(problems, []);
  await close();
});
