/** A session is a list of events, oldest first, each of them once, and never longer than the engine has use for. */
import { afterEach, expect, test, vi } from 'vitest';
import { idsOf, openCornerShop } from './lib/corner-shop.js';

afterEach(() => vi.useRealTimers());

test('an event gets an id and the time, where it brings none', async () => {
  vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ['Date'] });
  const shop = await openCornerShop();
  const event = await shop.observe({ kind: 'view', item: 'tee-navy' });
  expect(event).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    kind: 'view',
    item: 'tee-navy',
    at: 1_800_000_000_000,
  });
  expect(await shop.events()).toEqual([event]);
});

test('clicks within one millisecond stay in the order in which they were made', async () => {
  vi.useFakeTimers({ now: 5000, toFake: ['Date'] });
  const shop = await openCornerShop();
  const items = ['tee-navy', 'tee-white', 'tee-stripe', 'scarf-rust'];
  await Promise.all(items.map((item) => shop.observe({ kind: 'view', item })));
  expect((await shop.events()).map(({ item, at }) => [item, at])).toEqual(items.map((item, n) => [item, 5000 + n]));
});

test('events that come late are put where they belong, and ids decide between equal times', async () => {
  const shop = await openCornerShop();
  for (const [id, at] of [
    ['c', 30],
    ['b', 10],
    ['a', 30],
    ['d', 20],
  ] as const) {
    await shop.observe({ kind: 'view', item: 'tee-navy', id, at });
  }
  expect(idsOf(await shop.events())).toEqual(['b', 'd', 'a', 'c']);
});

test('observing an id again replaces the event', async () => {
  const shop = await openCornerShop();
  await shop.observe({ kind: 'view', item: 'tee-navy', id: 'one', at: 10 });
  await shop.observe({ kind: 'cart', item: 'tee-white', id: 'one', at: 20 });
  expect(await shop.events()).toEqual([{ id: 'one', kind: 'cart', item: 'tee-white', at: 20 }]);
});

test('the list is another one after each change, and stays as it is for who holds it', async () => {
  const shop = await openCornerShop();
  const before = await shop.events();
  await shop.observe({ kind: 'view', item: 'tee-navy', id: 'one' });
  const after = await shop.events();
  await shop.remove('one');
  expect([before, after, await shop.events()].map(idsOf)).toEqual([[], ['one'], []]);
});

test('of more than 500 events the oldest go', async () => {
  const shop = await openCornerShop();
  for (let at = 1; at <= 503; at += 1) await shop.observe({ kind: 'view', item: 'tee-navy', id: `e${at}`, at });
  const events = await shop.events();
  expect(events).toHaveLength(500);
  expect(events[0]?.id).toBe('e4');
});

test('listeners hear of every change once it has happened, and not of what changed nothing', async () => {
  const shop = await openCornerShop();
  const heard: [string, number][] = [];
  const stop = shop.subscribe(({ what }) => heard.push([what, shop.privacy.ledger().kept.length]));
  await shop.observe({ kind: 'view', item: 'tee-navy', id: 'one' });
  await shop.remove('no such event');
  await shop.remove('one');
  shop.language = 'en';
  shop.language = 'zh';
  await shop.observe({ kind: 'view', item: 'tee-navy' });
  await shop.privacy.forget();
  stop();
  await shop.observe({ kind: 'view', item: 'tee-navy' });
  expect(heard).toEqual([
    ['observed', 1],
    ['removed', 0],
    ['language', 0],
    ['observed', 1],
    ['forgotten', 0],
  ]);
});

test('a listener that throws is reported, and keeps neither the click nor the other listeners from it', async () => {
  const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
  const shop = await openCornerShop();
  const heard = vi.fn();
  const fault = new Error('a fault of the page');
  shop.subscribe(() => {
    throw fault;
  });
  shop.subscribe(heard);
  await shop.observe({ kind: 'view', item: 'tee-navy' });
  expect(await shop.events()).toHaveLength(1);
  expect(heard).toHaveBeenCalledOnce();
  expect(reported).toHaveBeenCalledWith(fault);
  reported.mockRestore();
});
