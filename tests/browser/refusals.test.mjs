/** What the shop does where the browser or the network refuses: private mode, a damaged pack, an unknown address. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { home, open, profile, row, suggestions, visit } from './lib/visit.mjs';

/** A browser that keeps nothing. */
function refuseStorage() {
  IDBFactory.prototype.open = () => {
    throw new DOMException('refused', 'SecurityError');
  };
  Storage.prototype.setItem = () => {
    throw new DOMException('refused', 'QuotaExceededError');
  };
}

/** Flips one byte in the middle of a section of the demo pack, so long as `damaged.on`. */
async function damage(context, section) {
  const damaged = { on: true };
  await context.route(`**/packs/demo/${section}.*`, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    if (damaged.on) body[body.length >> 1] ^= 1;
    await route.fulfill({ response, body });
  });
  return damaged;
}

test('in private mode suggestions follow clicks, and the shop says that nothing is kept', async () => {
  const { page, problems, close } = await visit('/', { before: refuseStorage });
  const before = await suggestions(row(page, 'shop-home'));
  await open(page, 'denim-jacket-light-blue');
  await home(page);
  assert.notDeepEqual(await suggestions(row(page, 'shop-home')), before);
  await page.locator('.foot a[href="/privacy"]').click();
  const storage = page.locator('vitrine-privacy [part="storage"]');
  await storage.waitFor();
  await eventually(() => storage.innerText(), /in this page's memory only/);
  await page.reload();
  await page.locator('vitrine-privacy [part="empty"]').waitFor();
  assert.deepEqual(problems, []);
  await close();
});

test('with damaged rules the shop goes on by likeness and says so', async () => {
  const { context, close } = await closable();
  await damage(context, 'rules');
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('.line-notice').waitFor();
  await eventually(() => page.locator('.line-notice').innerText(), /\(rules\) arrived damaged/);
  const list = await suggestions(row(page, 'shop-home'));
  assert.ok(list.length > 0);
  await open(page, 'denim-jacket-light-blue');
  await home(page);
  const sources = (await suggestions(row(page, 'shop-home'))).flatMap(({ reasons }) =>
    reasons.map(({ source }) => source),
  );
  assert.ok(sources.includes('content') && !sources.includes('sequence'));
  await close();
});

test('with a damaged catalogue the shop names it, and opens when it is whole again', async () => {
  const { context, close } = await closable();
  const damaged = await damage(context, 'catalogue');
  const page = await context.newPage();
  await page.goto('/');
  const notice = page.locator('.notice[role="alert"]');
  await notice.waitFor();
  await eventually(() => notice.innerText(), /“catalogue”/);
  damaged.on = false;
  await notice.locator('button').click();
  assert.ok((await suggestions(row(page, 'shop-home'))).length > 0);
  await close();
});

test('without a connection the first visit says what to do', async () => {
  const { context, close } = await closable();
  await context.route('**/packs/demo/**', (route) => route.abort());
  const page = await context.newPage();
  await page.goto('/');
  const notice = page.locator('.notice[role="alert"]');
  await notice.waitFor();
  await eventually(() => notice.innerText(), /connection/);
  await close();
});

for (const path of ['/nowhere', '/item/no-such-thing', '/all/no-such-category', '/all/%E0%A4%A']) {
  test(`${path} leads to a page that leads on`, async () => {
    const { page, problems, close } = await visit(path);
    await eventually(() => page.locator('main h1').innerText(), 'There is nothing here');
    await page.locator('main a.button').click();
    await page.locator('shop-category .card').first().waitFor();
    assert.deepEqual(problems, []);
    await close();
  });
}

async function closable() {
  const visitor = await profile();
  return { ...visitor, close: () => visitor.context.close() };
}
