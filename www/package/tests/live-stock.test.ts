/** Stock under a product: asked for once, kept up by what is told, and not shown where it is no longer sure. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Live, type Stock, type StockEntry, VitrineError } from '../src/live.js';
import { FakeHub, longestWait } from './lib/fake-hub.js';

let hub: FakeHub;
let live: Live;
let answers: Map<string, StockEntry[] | number>;
let asked: Request[];

const entry = (sku: string, units: number | undefined, site = 'shop'): StockEntry => ({
  sku,
  site,
  ...(units !== undefined && { units }),
  sources: [],
  agreed: true,
  spread: 0,
});

beforeEach(() => {
  vi.useFakeTimers();
  // Each tab for itself: sharing has its own tests.
  vi.stubGlobal('BroadcastChannel', undefined);
  hub = new FakeHub();
  asked = [];
  answers = new Map();
  vi.stubGlobal('fetch', async (address: URL, how: RequestInit) => {
    const request = new Request(address, how);
    asked.push(request);
    const answer = answers.get(decodeURIComponent(new URL(request.url).pathname.split('/').at(-1) ?? '')) ?? 404;
    if (typeof answer === 'number') return new Response('', { status: answer });
    return Response.json({ items: answer });
  });
  live = Live.open({ worker: 'https://worker.example/shop', key: 'vsk_demo', around: hub });
});
afterEach(() => {
  live.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

function watch(sku: string): { shown: (number | undefined | 'nothing')[]; stop: () => void } {
  const shown: (number | undefined | 'nothing')[] = [];
  const stop = live.watchStock(sku, (stock: Stock | undefined) => shown.push(stock ? stock.units : 'nothing'));
  return { shown, stop };
}

test('an address that is none is refused with what to give instead', () => {
  for (const worker of ['ftp://worker.example', 'http://', 'worker']) {
    expect(() => Live.open({ worker, key: 'vsk_demo' })).toThrow(VitrineError);
  }
});

test('nothing is sent before somebody watches', async () => {
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hub.sockets).toEqual([]);
  expect(asked).toEqual([]);
  expect(live.state).toBe('idle');
});

test('the worker is asked at its address, with the key and without anything that tells who asks', async () => {
  answers.set('red tee/m', [entry('red tee/m', 3)]);
  const { shown } = watch('red tee/m');
  await settle();
  expect(asked.map(({ url }) => url)).toEqual(['https://worker.example/shop/v1/stock/red%20tee%2Fm']);
  expect(asked[0]?.headers.get('authorization')).toBe('Bearer vsk_demo');
  expect(asked[0]?.credentials).toBe('omit');
  expect(asked[0]?.referrerPolicy).toBe('no-referrer');
  expect(hub.last.address).toBe('wss://worker.example/shop/v1/live');
  expect(shown).toEqual([3]);
});

test('sites are added up, and one that cannot tell does not count', async () => {
  answers.set('tee', [entry('tee', 3, 'harbour'), entry('tee', 4, 'station'), entry('tee', undefined, 'van')]);
  const { shown } = watch('tee');
  await settle();
  hub.tell('tee', 1, 'harbour');
  expect(shown).toEqual([7, 5]);
});

test('more ordered than there is shows as none', async () => {
  answers.set('tee', [entry('tee', -2)]);
  const { shown } = watch('tee');
  await settle();
  expect(shown).toEqual([0]);
});

test('what was told is not overwritten by an older answer of the database', async () => {
  let answer: (response: Response) => void = () => {};
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
  const { shown } = watch('tee');
  await settle();
  hub.tell('tee', 2);
  expect(shown).toEqual([]);
  answer(Response.json({ items: [entry('tee', 9)] }));
  await settle();
  expect(shown).toEqual([2]);
});

test('a product looked at a moment after its change is shown as it was told, not as the database still has it', async () => {
  answers.set('tee', [entry('tee', 9)]);
  answers.set('cap', [entry('cap', 4)]);
  watch('tee');
  await settle();
  hub.tell('cap', 3);
  await vi.advanceTimersByTimeAsync(1_000);
  const { shown, stop } = watch('cap');
  await settle();
  expect(shown).toEqual([3]);
  stop();
  await vi.advanceTimersByTimeAsync(20_000);
  const later = watch('cap');
  await settle();
  expect(later.shown).toEqual([4]);
});

test('after a reset the worker is asked again', async () => {
  answers.set('tee', [entry('tee', 9)]);
  const { shown } = watch('tee');
  await settle();
  hub.tell('tee', 8);
  answers.set('tee', [entry('tee', 5)]);
  hub.last.say({ id: 900, topic: 'reset', at: '' });
  await settle();
  expect(shown).toEqual([9, 8, 5]);
});

test.each([404, 401, 403, 500])(
  'where the worker answers %s, nothing is shown and nothing is thrown',
  async (status) => {
    answers.set('tee', status);
    const { shown } = watch('tee');
    await settle();
    expect(shown.filter((units) => units !== undefined)).toEqual([]);
  },
);

test('a worker that was away when the page opened is asked when it is there', async () => {
  hub.reachable = false;
  answers.set('tee', 503);
  const { shown } = watch('tee');
  await vi.advanceTimersByTimeAsync(3_000);
  answers.set('tee', [entry('tee', 6)]);
  hub.reachable = true;
  await vi.advanceTimersByTimeAsync(longestWait(4));
  expect(shown).toEqual([6]);
});

test('a minute without a connection, and the number is no longer shown; with it, it is again', async () => {
  answers.set('tee', [entry('tee', 6)]);
  const { shown } = watch('tee');
  await settle();
  hub.reachable = false;
  hub.last.cut();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(shown).toEqual([6]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(shown).toEqual([6, 'nothing']);
  hub.tell('tee', 4);
  hub.reachable = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(shown.at(-1)).toBe(4);
});

test('one connection serves every line, outlasts a change of page, and ends when nobody looks', async () => {
  const first = watch('tee');
  const second = watch('cap');
  await settle();
  first.stop();
  second.stop();
  await vi.advanceTimersByTimeAsync(2_000);
  const third = watch('tee');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hub.sockets).toHaveLength(1);
  third.stop();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(hub.alive).toEqual([]);
  expect(live.state).toBe('idle');
});
