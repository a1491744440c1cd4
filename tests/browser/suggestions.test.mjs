/** The rows of the shop follow every click, say why, and take a click back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { home, open, row, suggestions, suggestionsAfter, takeSessionOver, visit } from './lib/visit.mjs';

const clicks = ['denim-jacket-light-blue', 'slim-jeans-dark-blue', 'quarter-zip-grey'];
const idsOf = (list) => list.map(({ id }) => id).join();

test('each of three clicks changes the row', async () => {
  const { page, problems, close } = await visit('/');
  const seen = new Set([idsOf(await suggestions(row(page, 'shop-home')))]);
  for (const click of clicks) {
    await open(page, click);
    await home(page);
    seen.add(idsOf(await suggestions(row(page, 'shop-home'))));
  }
  assert.equal(seen.size, 4);
  assert.deepEqual(problems, []);
  await close();
});

test('the parts of each score add up to it exactly, and name the clicks they come from', async () => {
  const { page, close } = await visit('/');
  await open(page, ...clicks);
  await home(page);
  const list = await suggestions(row(page, 'shop-home'));
  const events = await page.evaluate(async () =>
    (await document.querySelector('vitrine-recommendations').shop.events()).map(({ id }) => id),
  );
  assert.equal(list.length, 12);
  for (const { id, score, reasons } of list) {
    assert.ok(reasons.length > 0, `${id} has no reason`);
    assert.equal(
      reasons.reduce((sum, { amount }) => sum + amount, 0),
      score,
      id,
    );
    assert.ok(reasons.every(({ sentence }) => sentence.length > 0));
    for (const { event } of reasons) assert.ok(event === undefined || events.includes(event));
  }
  assert.ok(list.some(({ reasons }) => reasons.some(({ event }) => event !== undefined)));
  await close();
});

test('reasons are shown on demand, in words', async () => {
  const { page, close } = await visit('/');
  await open(page, clicks[0]);
  await home(page);
  const [first] = await suggestions(row(page, 'shop-home'));
  const card = row(page, 'shop-home').locator(`.card[data-id="${first.id}"]`);
  await eventually(() => card.locator('.panel').count(), 0);
  await card.locator('.why').click();
  await eventually(() => card.locator('.panel').innerText(), /Ferry Denim Jacket/);
  await page.keyboard.press('Escape');
  await eventually(() => card.locator('.panel').count(), 0);
  await close();
});

test('removing a click under its reason sorts the row as if it had never been', async () => {
  const { page, close } = await visit('/');
  await open(page, clicks[0]);
  await home(page);
  const without = await suggestions(row(page, 'shop-home'));
  await open(page, clicks[1]);
  await home(page);
  const list = await suggestions(row(page, 'shop-home'));
  assert.notEqual(idsOf(list), idsOf(without));

  const event = await page.evaluate(
    async (item) =>
      (await document.querySelector('vitrine-recommendations').shop.events()).find((one) => one.item === item).id,
    clicks[1],
  );
  const caused = list.find(({ reasons }) => reasons.some((reason) => reason.event === event));
  const card = row(page, 'shop-home').locator(`.card[data-id="${caused.id}"]`);
  await card.locator('.why').click();
  const place = caused.reasons
    .filter((reason) => reason.event !== undefined)
    .findIndex((reason) => reason.event === event);
  await card.locator('.panel .remove').nth(place).click();
  const after = await suggestionsAfter(row(page, 'shop-home'), list);
  assert.deepEqual(after, without);
  await close();
});

test('a click that the browser does not let the shop delete sorts the row all the same, which says so', async () => {
  const { page, problems, close } = await visit('/');
  await open(page, clicks[0]);
  await home(page);
  const list = await suggestions(row(page, 'shop-home'));
  const caused = list.find(({ reasons }) => reasons.some(({ event }) => event !== undefined));
  const card = row(page, 'shop-home').locator(`.card[data-id="${caused.id}"]`);
  await takeSessionOver(page);
  await card.locator('.why').click();
  await card.locator('.panel .remove').first().click();
  await suggestionsAfter(row(page, 'shop-home'), list);
  await row(page, 'shop-home').locator('[part="notice"]').getByText('no longer counts').waitFor();
  assert.deepEqual(problems, []);
  await close();
});

test('the trail above the row takes a click back too', async () => {
  const { page, close } = await visit('/');
  const before = await suggestions(row(page, 'shop-home'));
  await open(page, clicks[0]);
  await home(page);
  const list = await suggestions(row(page, 'shop-home'));
  await page.locator('.step .remove').click();
  assert.deepEqual(await suggestionsAfter(row(page, 'shop-home'), list), before);
  await eventually(() => page.locator('.step').count(), 0);
  await close();
});

test('nothing else on the page moves when the row is sorted anew', async () => {
  const { page, close } = await visit('/');
  const before = await suggestions(row(page, 'shop-home'));
  await page.locator('.grid img').first().scrollIntoViewIfNeeded();
  await row(page, 'shop-home').scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    window.shifts = [];
    const within = (node) => (node instanceof Element ? node : node?.parentElement);
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries()) {
        const moved = sources.map(({ node }) => within(node)).filter((node) => !node?.closest('.trail'));
        if (moved.length > 0) window.shifts.push(moved.map((node) => node?.outerHTML.slice(0, 120)));
      }
    }).observe({ type: 'layout-shift' });
  });
  let shown = before;
  for (const item of clicks) {
    await page.evaluate(
      (item) => document.querySelector('vitrine-recommendations').shop.observe({ kind: 'view', item }),
      item,
    );
    shown = await suggestionsAfter(row(page, 'shop-home'), shown);
    await page.waitForTimeout(1000); // the cards slide to their places
  }
  assert.deepEqual(await page.evaluate(() => window.shifts), []);
  await close();
});

test('beside a product stand things of other kinds that go with it, and others like it', async () => {
  const { page, close } = await visit(`/item/${clicks[0]}`);
  const kindOf = (ids) =>
    page.evaluate(async (list) => {
      const { shop } = document.querySelector('vitrine-recommendations');
      return Promise.all(list.map(async (id) => (await shop.product(id)).category.at(-1).key));
    }, ids);
  const rows = page.locator('shop-product vitrine-recommendations');
  const together = await suggestions(rows.nth(0));
  const similar = await suggestions(rows.nth(1));
  assert.ok(together.length > 0 && similar.length > 0);
  assert.ok(!(await kindOf(together.map(({ id }) => id))).includes('jackets'));
  assert.ok((await kindOf(similar.map(({ id }) => id))).includes('jackets'));
  await close();
});
