/** Every page of the console at the sizes, languages and lights it is made for: nothing overflows, axe finds nothing. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { inHouse } from '../../scripts/lib/house.mjs';
import { violations } from './lib/axe.mjs';
import { fakeWorker, token } from './lib/fake-worker.mjs';
import { profile, signIn } from './lib/things.mjs';

const pages = {
  devices: '#/devices',
  device: '#/devices/shelf-denim',
  alarm: '#/devices/cold-flowers',
  add: '#/add',
  stock: '#/stock',
  forecasts: '#/forecasts',
  forecast: '#/forecasts/denim-jacket-light-blue',
  'forecast-slow': '#/forecasts/oxford-white',
  'dead-letters': '#/dead-letters',
  access: '#/access',
  audit: '#/audit',
  missing: '#/nowhere',
};
const folder = inHouse('tests/artefacts');
mkdirSync(folder, { recursive: true });

for (const width of [390, 1440]) {
  for (const language of ['en', 'zh']) {
    for (const theme of ['light', 'dark']) {
      test(`console, ${width} px, ${language}, ${theme}`, async () => {
        const { context, problems } = await profile({ width, language, theme });
        await fakeWorker(context);
        const page = await context.newPage();
        const look = async (name) => {
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${name} is ${wide} px wider than the window`);
          assert.deepEqual(await violations(page), [], name);
          await page.screenshot({
            path: `${folder}/console-${name}-${width}-${language}-${theme}.png`,
            fullPage: true,
          });
        };
        await page.goto('/console/');
        await page.locator('h1').waitFor();
        await look('sign-in');
        await signIn(page, token);
        for (const [name, hash] of Object.entries(pages)) {
          await page.goto(`/console/${hash}`);
          await page.locator('main h1').waitFor();
          if (/^(device|forecast.*)$/.test(name) && name !== 'forecasts')
            await page.locator('.plot canvas').first().waitFor();
          if (name === 'forecasts') await page.locator('.forecasts tbody tr').first().waitFor();
          await page.waitForTimeout(300);
          await look(name);
        }
        assert.deepEqual(problems, []);
        await context.close();
      });
    }
  }
}

test('a shop without anything says on each page what to do next', async () => {
  const { context, problems } = await profile();
  const shop = {
    devices: [],
    stock: [],
    forecasts: { places: [], peaks: [], trends: [] },
    deadLetters: [],
    audit: [],
    tokens: [],
    storefrontKeys: [],
  };
  await fakeWorker(context, { shop });
  const page = await context.newPage();
  await signIn(page, token);
  for (const [hash, words] of [
    ['#/devices', /Register one/],
    ['#/stock', /A scale or RFID reader counts by itself/],
    ['#/forecasts', /There is no forecast yet/],
    ['#/forecasts/tee', /There is no forecast of this product yet/],
    ['#/dead-letters', /Everything that devices sent was worked off/],
    ['#/audit', /Nothing was changed yet/],
    ['#/access', /Make one for each person/],
  ]) {
    await page.goto(`/console/${hash}`);
    await page.getByText(words).waitFor();
    assert.deepEqual(await violations(page), [], hash);
  }
  assert.deepEqual(problems, []);
  await context.close();
});
