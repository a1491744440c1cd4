/** Orders become forecasts in the console, through the real worker; and a count moves the risk that it shows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './lib/axe.mjs';
import { eventually } from './lib/eventually.mjs';
import { call, ownerToken, profile, signIn, things } from './lib/things.mjs';

const day = 86_400_000;
const today = Math.floor(Date.now() / day) * day;
const sku = 'denim-jacket-light-blue';

test('orders of the last weeks are forecast, and the console shows what that does to the shelf', async () => {
  const { worker } = await things();
  for (let back = 70; back >= 1; back -= 1) {
    const weekend = [0, 6].includes(new Date(today - back * day).getUTCDay());
    const placedAt = new Date(today - back * day + day / 2).toISOString();
    const lines = [{ sku, units: (weekend ? 9 : 4) + (back % 3) }];
    await call('POST', 'orders', { id: `past-${back}`, placedAt, site: 'harbour-street', lines });
  }
  await call('PUT', `stock/${sku}/count`, { site: 'harbour-street', units: 12 });
  assert.ok((await worker.scheduled('2-59/5 * * * *')).ok);

  const { context, problems } = await profile();
  const page = await context.newPage();
  await signIn(page, ownerToken);
  await page.goto('/console/#/forecasts');
  const row = page.locator('.forecasts tbody tr', { hasText: sku });
  await eventually(() => row.locator('.risk').innerText(), /(>99|100)%[\s\S]*likely gone by/);
  await eventually(() => row.locator('.order').innerText(), /^\d\d$/);
  await row.getByRole('link').click();
  await page.locator('.place canvas').first().waitFor();
  await eventually(() => page.locator('.place').innerText(), /From orders/);
  await eventually(() => page.locator('.shares').innerText(), /Season/);
  await eventually(() => page.locator('.method').innerText(), /earlier days of this history, it was off by/);
  await page.locator('.figures summary').click();
  const weekends = page.locator('.figures tbody tr', { hasText: /Sat|Sun/ });
  await eventually(async () => Number((await weekends.first().locator('td').first().innerText()) > 7.5), 1);
  assert.deepEqual(await violations(page), []);

  await page.goto('/console/#/forecasts');
  await eventually(() => row.locator('.units').innerText(), '12');
  await call('PUT', `stock/${sku}/count`, { site: 'harbour-street', units: 400 });
  await eventually(() => row.innerText(), /400[\s\S]*0%[\s\S]*nothing/);
  assert.deepEqual(problems, []);
  await context.close();
});
