/** Every page at the sizes, languages and lights it is made for: nothing overflows; pictures go to tests/artefacts. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { inHouse } from '../../scripts/lib/house.mjs';
import { open, visit } from './lib/visit.mjs';

const pages = {
  home: '/',
  category: '/all/tops',
  product: '/item/denim-jacket-light-blue',
  basket: '/basket',
  privacy: '/privacy',
  'your-shop': '/your-shop',
};
const folder = inHouse('tests/artefacts');
mkdirSync(folder, { recursive: true });

/** Scrolls through the page, so that pictures that wait to be seen are loaded. */
const lookThrough = (page) =>
  page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 500) {
      scrollTo(0, y);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    scrollTo(0, 0);
    await Promise.all(
      [...document.images]
        .filter(({ loading, complete }) => loading === 'eager' || complete)
        .map((image) => image.decode().catch(() => {})),
    );
  });

for (const width of [390, 1440]) {
  for (const language of ['en', 'zh']) {
    for (const theme of ['light', 'dark']) {
      test(`${width} px, ${language}, ${theme}`, async () => {
        const { page, problems, close } = await visit('/', { width, language, theme });
        await open(page, 'quarter-zip-grey', 'slim-jeans-dark-blue');
        await page.locator('.variant input:not(:disabled)').first().check({ force: true });
        await page.locator('.order .button').click();
        await page.locator('.told a').waitFor();
        for (const [name, path] of Object.entries(pages)) {
          await page.goto(path);
          await page.locator('main h1').first().waitFor();
          await lookThrough(page);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${name} is ${wide} px wider than the window`);
          await page.screenshot({ path: `${folder}/${name}-${width}-${language}-${theme}.png`, fullPage: true });
        }
        assert.deepEqual(problems, []);
        await close();
      });
    }
  }
}
