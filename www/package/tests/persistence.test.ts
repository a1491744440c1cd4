/** What is kept outlives the page, is read with care, and gives way to memory where the browser refuses. */
import { beforeEach, expect, test, vi } from 'vitest';
import { idsOf, openCornerShop } from './lib/corner-shop.js';
import { freshProfile, keptEvents, openDatabase, withKept } from './lib/profile.js';

beforeEach(freshProfile);

/** Opens the shop as a page does that says nothing about the session. */
const visit = () => openCornerShop({ session: 'persistent' });

/** Leaves a page, and waits until it has let go of the database. */
async function leave(shop: Awaited<ReturnType<typeof visit>>): Promise<void> {
  shop.close();
  await new Promise((resolve) => setTimeout(resolve, 10));
}

test('the next page finds the events and makes the same suggestions of them', async () => {
  const first = await visit();
  expect(first.storage).toBe('persistent');
  await first.observe({ kind: 'view', item: 'tee-stripe' });
  await first.observe({ kind: 'cart', item: 'jeans-navy' });
  const [events, { items }] = [await first.events(), await first.recommend()];
  await leave(first);
  const second = await visit();
  expect(await second.events()).toEqual(events);
  expect((await second.recommend()).items).toEqual(items);
});

test('a click right before the page is left is kept all the same', async () => {
  const shop = await visit();
  const click = shop.observe({ kind: 'view', item: 'tee-stripe', id: 'last' });
  shop.close();
  expect(await click).toMatchObject({ id: 'last' });
  expect(idsOf(await (await visit()).events())).toEqual(['last']);
});

test('what was removed, and what went for being too old, is gone from the database', async () => {
  const shop = await visit();
  for (let at = 1; at <= 502; at += 1) await shop.observe({ kind: 'view', item: 'tee-navy', id: `e${at}`, at });
  await shop.remove('e100');
  const ids = idsOf((await keptEvents()) as { id: string }[]);
  expect(ids).toHaveLength(499);
  for (const gone of ['e1', 'e2', 'e100']) expect(ids).not.toContain(gone);
});

test('events of another version that the engine could not take are left out', async () => {
  const first = await visit();
  await first.observe({ kind: 'view', item: 'tee-navy', id: 'good', at: 1 });
  await leave(first);
  await withKept((events) => events.put({ id: 'strange', kind: 'stare', item: 'tee-navy', at: 2 }));
  await withKept((events) => events.put({ id: 'timeless', kind: 'view', item: 'tee-navy' }));
  const second = await visit();
  expect(idsOf(await second.events())).toEqual(['good']);
  expect((await second.recommend({ limit: 1 })).items).toHaveLength(1);
});

test('a session in memory leaves the database alone', async () => {
  const shop = await openCornerShop({ session: 'memory' });
  await shop.observe({ kind: 'view', item: 'tee-navy' });
  expect(shop.storage).toBe('memory');
  expect(await indexedDB.databases()).toEqual([]);
});

test('where the browser refuses the database, the session lasts as long as the page and says so', async () => {
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('refused', 'SecurityError');
    },
  });
  const shop = await visit();
  expect(shop.storage).toBe('memory');
  await shop.observe({ kind: 'view', item: 'tee-stripe' });
  expect((await shop.recommend()).receipt.events).toHaveLength(1);
});

test('where a newer version of the package takes the database over, this page goes on in memory', async () => {
  const shop = await visit();
  const heard = vi.fn();
  shop.subscribe(heard);
  (await openDatabase(2)).close();
  await shop.observe({ kind: 'view', item: 'tee-stripe', id: 'one' });
  expect(heard.mock.calls).toEqual([[{ what: 'storage' }], [{ what: 'observed' }]]);
  expect(shop.storage).toBe('memory');
  expect(idsOf(await shop.events())).toEqual(['one']);
});
