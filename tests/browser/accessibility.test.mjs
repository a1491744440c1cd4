/** The shop for everybody: axe finds nothing on any page, the keyboard reaches everything, motion can be off. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './lib/axe.mjs';
import { eventually } from './lib/eventually.mjs';
import { open, row, suggestions, visit } from './lib/visit.mjs';

const pages = ['/', '/all/tops', '/item/denim-jacket-light-blue', '/basket', '/privacy', '/your-shop', '/nowhere'];

for (const theme of ['light', 'dark']) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing, ${theme}, ${width} px`, async () => {
      const { page, close } = await visit('/', { theme, width });
      await open(page, 'denim-jacket-light-blue');
      for (const path of pages) {
        await page.goto(path);
        await page.locator('main h1').first().waitFor();
        await page.waitForTimeout(600);
        assert.deepEqual(await violations(page), [], path);
      }
      await close();
    });
  }
}

test('axe finds nothing in the reasons of a suggestion', async () => {
  const { page, close } = await visit('/');
  await open(page, 'denim-jacket-light-blue');
  await row(page, 'shop-product').locator('.why').first().click();
  assert.deepEqual(await violations(page), []);
  await close();
});

test('the first stop of the keyboard skips to the page, and a new page takes the focus to its heading', async () => {
  const { page, close } = await visit('/');
  await page.keyboard.press('Tab');
  await eventually(() => page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  await eventually(() => page.evaluate(() => document.activeElement.id), 'main');
  await page.locator('.head .departments-nav a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('shop-category h1'));
  await close();
});

test('going back leads to the place the shopper left', async () => {
  const { page, close } = await visit('/all');
  await page.locator('.card').nth(20).scrollIntoViewIfNeeded();
  await page.waitForTimeout(200);
  const left = await page.evaluate(() => scrollY);
  await page.locator('.card').nth(20).click();
  await page.locator('shop-product h1').waitFor();
  await eventually(() => page.evaluate(() => scrollY), 0);
  await page.goBack();
  await page.waitForFunction((y) => Math.abs(scrollY - y) < 4, left);
  await close();
});

test('where motion is unwanted, the row is sorted without any', async () => {
  const { page, close } = await visit('/');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await suggestions(row(page, 'shop-home'));
  await page.evaluate(() =>
    document.querySelector('vitrine-recommendations').shop.observe({ kind: 'view', item: 'slim-jeans-dark-blue' }),
  );
  const moving = await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    return document.getAnimations({ subtree: true }).filter(({ effect }) => effect.getTiming().duration > 1).length;
  });
  assert.equal(moving, 0);
  await close();
});
