/** What a merchant does at the console: signing in, registering, keys, settings, counts, dead letters; and what it takes to undo none of it by mistake. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { violations } from './lib/axe.mjs';
import { eventually } from './lib/eventually.mjs';
import { fakeWorker, token } from './lib/fake-worker.mjs';
import { profile, signIn } from './lib/things.mjs';

/** A merchant who is signed in, at an address of the console. */
async function merchant(hash, how = {}) {
  const { context, problems } = await profile(how);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const worker = await fakeWorker(context, how);
  const page = await context.newPage();
  await signIn(page, token);
  await page.goto(`/console/${hash}`);
  await page.locator('main h1').waitFor();
  return { page, worker, problems, context, close: () => context.close() };
}

test('a token that does not hold is refused with what to do; one that does leads in by the keyboard alone', async () => {
  const { context } = await profile();
  await fakeWorker(context);
  const page = await context.newPage();
  await page.goto('/console/');
  await page.locator('#token').fill(`vat_${'z'.repeat(43)}`);
  await page.keyboard.press('Enter');
  await page.getByText('Check that all of it was pasted').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.locator('#token').fill(token);
  await page.keyboard.press('Enter');
  await page.locator('.head-tools button').waitFor();
  await eventually(() => page.evaluate(() => sessionStorage.length), 1);
  await eventually(() => page.evaluate(() => localStorage.getItem('vitrine-console:token')), null);
  await page.waitForFunction(() => document.activeElement?.matches('main h1'));
  await page.reload();
  await page.locator('.devices').waitFor();
  await page.keyboard.press('Tab');
  await eventually(() => page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  await eventually(() => page.evaluate(() => document.activeElement.id), 'main');
  await page.locator('.head-tools button').click();
  await page.locator('#token').waitFor();
  await eventually(() => page.evaluate(() => sessionStorage.length), 0);
  await context.close();
});

test('devices that need a person come first, and what is told is shown at once', async () => {
  const { page, worker, problems, close } = await merchant('#/devices');
  const names = page.locator('.devices tbody th a');
  await eventually(async () => (await names.allInnerTexts()).slice(0, 3), ['Flower cooler', 'van-2', 'Window shelf']);
  const known = worker.shop.devices.find(({ id }) => id === 'gate-front');
  const at = new Date().toISOString();
  worker.tell('device', {
    id: 'gate-front',
    version: known.version + 1,
    state: 'alarm',
    last: { 'footfall.in': { value: 99, at } },
    lastSeenAt: at,
  });
  await page.getByText('99 in').waitFor();
  await eventually(async () => (await names.allInnerTexts()).slice(0, 2).sort().join(), 'Flower cooler,Front door');
  await page.locator('.chip', { hasText: 'Alarm' }).click();
  await eventually(() => names.count(), 2);
  assert.deepEqual(problems, []);
  await close();
});

test('a reading moves the figure over its chart, and a chart can be read as figures', async () => {
  const { page, worker, problems, close } = await merchant('#/devices/shelf-denim');
  const weight = page.locator('console-chart').first();
  await weight.locator('canvas').waitFor();
  await eventually(
    () => weight.locator('.plot').getAttribute('aria-label'),
    /Weight, 1 hour: between .* g and .* g, last .* g/,
  );
  const { version } = worker.shop.devices[0];
  const at = new Date().toISOString();
  worker.tell('device', { id: 'shelf-denim', version: version + 1, last: { 'scale.grams': { value: 6371, at } } });
  await weight.getByText('6,371 g').first().waitFor();
  await weight.locator('summary').click();
  await weight.locator('td', { hasText: '6,371 g' }).waitFor();
  await page.locator('.readings .choice label', { hasText: '7 days' }).click();
  await page.locator('console-chart[span="week"] .plot canvas').first().waitFor();
  assert.ok(worker.asked.some(({ path }) => path === 'devices/shelf-denim/readings'));
  assert.deepEqual(problems, []);
  await close();
});

test('the next key is shown once, can be copied, and the words say so', async () => {
  const { page, close } = await merchant('#/devices/shelf-denim');
  await page.getByRole('button', { name: 'Make the next key' }).click();
  const secret = page.locator('console-secret');
  await secret.getByText('It is shown this once').waitFor();
  await secret.getByRole('button', { name: 'Copy' }).click();
  await secret.getByText('Copied.').waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    'whsec_dGhlIG5leHQgb25lLCBzaG93biB0aGlzIG9uY2Ugb25seQ==',
  );
  await page.getByText('Two keys hold').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.goto('/console/#/devices');
  await page.goto('/console/#/devices/shelf-denim');
  await page.locator('console-keys').waitFor();
  await eventually(() => page.locator('console-secret').count(), 0);
  await close();
});

test('a key is withdrawn and a device revoked only after a question that begins at “Cancel”', async () => {
  const { page, worker, close } = await merchant('#/devices/shelf-denim');
  const changes = () =>
    worker.asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
  await page.getByRole('button', { name: 'Revoke shelf-denim' }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke shelf-denim?' });
  await dialog.waitFor();
  await eventually(() => page.evaluate(() => document.activeElement.textContent.trim()), 'Cancel');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(changes(), []);
  await page.getByRole('button', { name: 'Withdraw key_7f3a' }).click();
  await page.getByText('It is the only key').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('No key holds').waitFor();
  await page.getByRole('button', { name: 'Revoke shelf-denim' }).click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.locator('.device-line .state[data-state="revoked"]').waitFor();
  assert.deepEqual(changes(), ['DELETE devices/shelf-denim/keys/key_7f3a', 'PATCH devices/shelf-denim']);
  await eventually(() => page.getByRole('button', { name: /Revoke|next key/ }).count(), 0);
  await close();
});

test('settings are sent as the difference; one who saved in between is shown, not overwritten', async () => {
  const { page, worker, close } = await merchant('#/devices/shelf-denim');
  const [shelf] = worker.shop.devices;
  const wanted = page.locator('#desired');
  await wanted.fill('{ "reportSeconds": 9');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This is not JSON yet').waitFor();
  await wanted.fill('{ "reportSeconds": 9, "display": { "brightness": 40, "language": "zh" } }');
  // Somebody else saves first.
  shelf.twin = { ...shelf.twin, desired: { ...shelf.twin.desired, reportSeconds: 60 }, desiredVersion: 5 };
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody saved version 5').waitFor();
  await eventually(() => page.locator('console-twin .failed pre').innerText(), /"reportSeconds": 60/);
  assert.deepEqual(await violations(page), []);
  await page.getByRole('button', { name: 'Save over version 5' }).click();
  await page.getByText('Saved.').waitFor();
  const patches = worker.asked
    .filter(({ method, path }) => method === 'PATCH' && path.endsWith('/twin'))
    .map(({ body }) => body);
  assert.deepEqual(patches, [{ reportSeconds: 9 }, { reportSeconds: 9 }]);
  assert.equal(shelf.twin.desired.reportSeconds, 9);
  await close();
});

test('what is filled in wrongly is named at its field, and the focus goes there; then the secret is shown once', async () => {
  const { page, worker, close } = await merchant('#/add');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await eventually(() => page.evaluate(() => document.activeElement.id), 'id');
  await eventually(() => page.locator('#id-hint').innerText(), /lower-case letters/);
  assert.deepEqual(await violations(page), []);
  await page.locator('#id').fill('shelf-denim');
  await page.locator('#site').fill('harbour-street');
  await page.locator('#sku').fill('tee-navy');
  await page.locator('#unitGrams').fill('180');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await page.getByText('Choose another id').waitFor();
  await page.locator('#id').fill('shelf-tees');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await page.getByText('shelf-tees is registered.').waitFor();
  await eventually(() => page.locator('console-secret code').innerText(), /^whsec_/);
  await eventually(() => page.locator('.done .facts').innerText(), /POST .*\/v1\/devices\/shelf-tees\/events/);
  assert.deepEqual(worker.asked.findLast(({ method }) => method === 'POST').body.config, { unitGrams: 180 });
  await page.getByRole('button', { name: 'Another one' }).click();
  await page.getByText('It registers itself').click();
  await page.locator('#kind').selectOption('vehicle');
  await page.locator('#id').fill('van-9');
  await page.locator('#site').fill('warehouse');
  await page.getByRole('button', { name: 'Make the token' }).click();
  await eventually(() => page.locator('console-secret code').innerText(), /^ven_/);
  await close();
});

test('a scale’s tare is taken from what it shows, and what the form does not show is not lost', async () => {
  const { page, worker, close } = await merchant('#/devices/shelf-denim');
  worker.shop.devices[0].config.settleSeconds = 7;
  await page.reload();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.locator('#edit-unitGrams').fill('heavy');
  await page.getByRole('button', { name: /Take the 7,191.5 g/ }).click();
  await page.locator('console-edit-device').getByRole('button', { name: 'Save' }).click();
  await eventually(() => page.evaluate(() => document.activeElement.id), 'edit-unitGrams');
  assert.deepEqual(await violations(page), []);
  await page.locator('#edit-unitGrams').fill('815');
  await page.locator('console-edit-device').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Change' }).waitFor();
  const { body } = worker.asked.findLast(({ method }) => method === 'PATCH');
  assert.deepEqual(body, {
    name: 'Denim shelf, left',
    site: 'harbour-street',
    sku: 'denim-jacket-light-blue',
    config: { settleSeconds: 7, unitGrams: 815, tareGrams: 7191.5, noiseGrams: 12 },
  });
  await close();
});

test('stock is narrowed and ordered, follows what is told, and takes a count', async () => {
  const { page, worker, problems, close } = await merchant('#/stock');
  const rows = page.locator('.stock tbody tr');
  await eventually(() => rows.count(), 6);
  await page.getByText('Only differing').click();
  await eventually(() => rows.count(), 1);
  await eventually(() => rows.first().innerText(), /differ by 2/);
  await page.getByText('Only differing').click();
  await page.getByRole('button', { name: 'Units' }).click();
  await page.getByRole('button', { name: 'Units' }).click();
  await eventually(() => page.locator('[aria-sort="descending"]').innerText(), 'Units↓');
  await eventually(() => rows.first().innerText(), /slim-jeans-dark-blue/);
  await page.getByPlaceholder('Product or site').fill('quarter');
  await eventually(() => rows.count(), 2);
  worker.tell('stock', { ...worker.shop.stock[1], units: 1 });
  await rows.filter({ hasText: 'harbour-street' }).locator('.units', { hasText: '1' }).waitFor();
  await page.getByRole('button', { name: 'Enter a count of quarter-zip-grey at warehouse' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Pieces counted').fill('30');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Enter');
  await rows.filter({ hasText: 'warehouse' }).getByText('Stocktake').waitFor();
  assert.deepEqual(
    worker.asked.find(({ method }) => method === 'PUT'),
    { method: 'PUT', path: 'stock/quarter-zip-grey/count', body: { site: 'warehouse', units: 30 } },
  );
  assert.deepEqual(problems, []);
  await close();
});

test('what runs out first comes first, by how long goods take, and as a file', async () => {
  const { page, worker, problems, close } = await merchant('#/forecasts');
  const names = page.locator('.forecasts tbody th');
  await eventually(
    async () => (await names.allInnerTexts()).slice(0, 3),
    ['tee-white', 'denim-jacket-light-blue', 'quarter-zip-grey'],
  );
  await eventually(() => page.locator('.beside').innerText(), /denim-jacket-light-blue ×2.4[\s\S]*Takes off/);
  const jeans = page.locator('.forecasts tbody tr', { hasText: 'slim-jeans' });
  await eventually(() => jeans.innerText(), /<1%[\s\S]*nothing/);
  await page.getByLabel('Goods arrive within').selectOption('20');
  await eventually(() => jeans.innerText(), /9\d%|>99%/);
  assert.ok(worker.asked.some(({ path }) => path === 'forecasts'));
  const gone = worker.shop.forecasts.places.find(({ sku }) => sku === 'tee-white');
  gone.units = 900;
  worker.tell('stock', { sku: 'tee-white', site: 'warehouse', units: 900, sources: [], agreed: true, spread: 0 });
  await eventually(() => page.locator('.forecasts tbody tr', { hasText: 'tee-white' }).innerText(), /900/);
  await page.getByRole('button', { name: 'Next 28 days' }).focus();
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('[aria-sort="descending"]').innerText(), 'Next 28 days↓');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'forecasts.csv');
  const text = await readFile(await file.path(), 'utf8');
  assert.match(text, /^sku,site,units,risk_before_goods_arrive,[\s\S]*\r\ntee-white,warehouse,900,/);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(problems, []);
  await close();
});

test('a forecast is a fan, figures, a file, and words that anybody understands', async () => {
  const { page, problems, close } = await merchant('#/forecasts');
  await page.locator('.forecasts tbody a', { hasText: 'denim-jacket-light-blue' }).click();
  await page.locator('.place canvas').first().waitFor();
  const drawing = page.getByRole('img', { name: /Demand a day: .* sold on average/ });
  await eventually(() => drawing.count(), 1);
  await eventually(() => page.getByRole('img', { name: /How likely all is gone: >99% in a week/ }).count(), 1);
  await page.getByText('All', { exact: true }).click();
  await page.locator('.figures summary').click();
  await eventually(() => page.locator('.figures tbody tr').count(), 28);
  const words = page.locator('.method');
  await eventually(() => words.innerText(), /3 did well.* weeks and years taken apart \(44%\)/);
  await eventually(() => words.innerText(), /26% less than “as a week ago” would have been/);
  await eventually(() => page.locator('.shelf').innerText(), /where 6.4 would be usual/);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  assert.deepEqual(
    [file.suggestedFilename(), lines.length],
    ['forecast-denim-jacket-light-blue-harbour-street.csv', 1 + 400 + 28],
  );
  assert.match(lines[0], /^sku,site,date,sold,out_of_stock,expected,q0.05,q0.25,q0.5,q0.75,q0.95,gone_by_the_end$/);
  assert.deepEqual(await violations(page), []);
  await page.goto('/console/#/forecasts/oxford-white');
  await page.getByText('How many there are is not known').waitFor();
  await eventually(() => words.innerText(), /a rate that fades when nothing sells/);
  await page.goto('/console/#/forecasts/sun-arch-tee');
  await page.getByText('There is no forecast here: it takes three days').waitFor();
  assert.deepEqual(problems, []);
  await close();
});

test('a dead letter is sent again', async () => {
  const { page, worker, close } = await merchant('#/dead-letters');
  await page.getByText('database is locked').waitFor();
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('It was sent again.').waitFor();
  await page.getByText('Everything that devices sent was worked off').waitFor();
  assert.ok(worker.asked.some(({ method, path }) => method === 'POST' && path === 'dead-letters/msg-3f9c/replay'));
  await close();
});

test('a viewer sees everything and is offered nothing to change', async () => {
  const { page, close } = await merchant('#/devices/shelf-denim', { role: 'viewer' });
  await page.locator('console-keys').waitFor();
  await eventually(() => page.getByRole('button', { name: /Save|Make|Withdraw|Revoke/ }).count(), 0);
  await eventually(() => page.locator('.head nav a').allInnerTexts(), ['Devices', 'Stock', 'Forecasts', 'Customers']);
  await page.goto('/console/#/stock');
  await page.locator('.stock tbody tr').first().waitFor();
  assert.equal(await page.getByRole('button', { name: /Count|Enter/ }).count(), 0);
  await close();
});

test('a cut connection is said, and mends itself; a withdrawn token leads to the way in, and says why', async () => {
  const { page, worker, close } = await merchant('#/devices');
  await page.locator('.connection[data-open="true"]').waitFor();
  await worker.cut();
  await page.locator('.connection[data-open="false"]').waitFor();
  await page.locator('.connection[data-open="true"]').waitFor();
  await worker.cut(4401);
  await page.getByText('The token no longer holds').waitFor();
  await eventually(() => page.evaluate(() => sessionStorage.length), 0);
  await close();
});
