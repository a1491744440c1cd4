/** Two tabs of one browser look at one session: what is done in one holds in the other. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { Change, Vitrine } from '../src/index.js';
import { idsOf, openCornerShop } from './lib/corner-shop.js';
import { freshProfile, openDatabase } from './lib/profile.js';

beforeEach(freshProfile);

const openTab = () => openCornerShop({ session: 'persistent' });

/** The next change of that kind that a tab tells its page of. */
const next = (tab: Vitrine, wanted: Change['what']) =>
  new Promise<void>((resolve) => {
    const stop = tab.subscribe(({ what }) => {
      if (what !== wanted) return;
      stop();
      resolve();
    });
  });

test('a click in one tab changes the list of the other', async () => {
  const [here, there] = await Promise.all([openTab(), openTab()]);
  const before = await there.recommend();
  const told = next(there, 'elsewhere');
  await here.observe({ kind: 'view', item: 'tee-stripe' });
  await told;
  expect(await there.events()).toEqual(await here.events());
  const after = await there.recommend();
  expect(after.items).not.toEqual(before.items);
  expect(after).toEqual(await here.recommend());
});

test('what is removed in one tab is gone in the other', async () => {
  const here = await openTab();
  await here.observe({ kind: 'view', item: 'tee-stripe', id: 'one' });
  await here.observe({ kind: 'view', item: 'tee-navy', id: 'two' });
  const there = await openTab();
  const told = next(here, 'elsewhere');
  await there.remove('one');
  await told;
  expect(idsOf(await here.events())).toEqual(['two']);
});

test('what is forgotten in one tab is forgotten in the other', async () => {
  const [here, there] = await Promise.all([openTab(), openTab()]);
  await here.observe({ kind: 'view', item: 'tee-stripe' });
  const told = next(there, 'elsewhere');
  await here.privacy.forget();
  await told;
  await vi.waitFor(() => expect(there.privacy.ledger().kept).toEqual([]));
});

test('clicks in both tabs at once are all kept, in an order that both agree on', async () => {
  const [here, there] = await Promise.all([openTab(), openTab()]);
  const items = ['tee-navy', 'tee-white', 'tee-stripe', 'tee-floral'];
  await Promise.all([
    ...items.map((item) => here.observe({ kind: 'view', item })),
    ...items.map((item) => there.observe({ kind: 'cart', item })),
  ]);
  await vi.waitFor(async () => {
    const ids = idsOf(await here.events());
    expect(ids).toHaveLength(8);
    expect(idsOf(await there.events())).toEqual(ids);
  });
});

test('a tab with a session in memory hears nothing of the others', async () => {
  const [kept, fleeting] = [await openTab(), await openCornerShop({ session: 'memory' })];
  const heard = vi.fn();
  fleeting.subscribe(heard);
  await kept.observe({ kind: 'view', item: 'tee-stripe' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).not.toHaveBeenCalled();
  expect(await fleeting.events()).toEqual([]);
});

test('a tab that lost the database goes on with what it knows when another one clicks', async () => {
  const here = await openTab();
  await here.observe({ kind: 'view', item: 'tee-stripe', id: 'one' });
  const channel = new BroadcastChannel('vitrine:corner-shop');
  (await openDatabase(2)).close();
  const told = next(here, 'storage');
  channel.postMessage('observed');
  await told;
  channel.close();
  expect(here.storage).toBe('memory');
  expect(idsOf(await here.events())).toEqual(['one']);
});
