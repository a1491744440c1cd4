/** Tabs of one browser share one connection; when the tab that holds it goes, another takes over without a gap. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Live, type LiveEvent } from '../src/live.js';
import { FakeHub } from './lib/fake-hub.js';

let hub: FakeHub;
let number = 0;
beforeEach(() => {
  hub = new FakeHub();
  number += 1;
});

/** Another tab of the same browser, with what it hears. */
function tab(key = 'vsk_demo') {
  const live = Live.open({ worker: `https://worker.example/${number}/`, key, around: hub });
  const heard: LiveEvent[] = [];
  const stop = live.subscribe((event) => void heard.push(event));
  onTestFinished(() => live.close());
  const ids = () => heard.flatMap((event) => (event.what === 'frame' ? [event.frame.id] : []));
  return { live, heard, ids, stop };
}

const open = (...tabs: { live: Live }[]) =>
  vi.waitFor(() => expect(tabs.map(({ live }) => live.state)).toEqual(tabs.map(() => 'open')), { timeout: 3000 });

test('three tabs make one connection, and all hear what it tells', async () => {
  const tabs = [tab(), tab(), tab()];
  await open(...tabs);
  expect(hub.sockets).toHaveLength(1);
  hub.tell('tee', 3);
  hub.tell('tee', 2);
  await vi.waitFor(() =>
    expect(tabs.map(({ ids }) => ids())).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]),
  );
});

test('a tab with another key has a connection of its own', async () => {
  await open(tab('vsk_demo'), tab('vat_owner'));
  expect(hub.sockets.map(({ protocols }) => protocols[1]).sort()).toEqual(['bearer.vat_owner', 'bearer.vsk_demo']);
});

test('when the holding tab closes, another resumes where it was, without a gap', async () => {
  const first = tab();
  await open(first);
  const [second, third] = [tab(), tab()];
  await open(second, third);
  hub.tell('tee', 3);
  await vi.waitFor(() => expect(third.ids()).toEqual([1]));
  first.live.close();
  hub.tell('tee', 2);
  await vi.waitFor(() => expect(hub.sockets).toHaveLength(2));
  expect(hub.last.address).toContain('since=1');
  hub.tell('tee', 1);
  await vi.waitFor(() =>
    expect([second.ids(), third.ids()]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]),
  );
  expect(hub.alive).toHaveLength(1);
});

test('a tab that takes over before anything was told resumes from the hello that the other one heard', async () => {
  hub.tell('tee', 9);
  const first = tab();
  await open(first);
  const second = tab();
  await open(second);
  first.live.close();
  hub.tell('tee', 8);
  await vi.waitFor(() => expect(second.ids()).toEqual([2]));
});

test('a tab that comes later hears what was told in the last seconds, and the others do not hear it again', async () => {
  const first = tab();
  await open(first);
  hub.tell('tee', 3);
  hub.tell('tee', 2);
  const second = tab();
  await vi.waitFor(() => expect(second.ids()).toEqual([1, 2]));
  hub.tell('tee', 1);
  const third = tab();
  await vi.waitFor(() => expect(third.ids()).toEqual([1, 2, 3]));
  expect([first.ids(), second.ids()]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  const late: number[] = [];
  first.live.subscribe((event) => void (event.what === 'frame' && late.push(event.frame.id)));
  expect(late).toEqual([1, 2, 3]);
});

test('a reset reaches every tab', async () => {
  const tabs = [tab(), tab()];
  await open(...tabs);
  hub.last.say({ id: 70, topic: 'reset', at: '' });
  await vi.waitFor(() => {
    for (const { heard } of tabs) expect(heard).toContainEqual({ what: 'reset' });
  });
});

test('a tab that sleeps with the lead in its hand loses it to one that is awake', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { locks } = navigator;
  // The sleeper: it holds the lock and answers nobody.
  const name = await new Promise<string>((resolve) => {
    const spy = vi.spyOn(locks, 'request').mockImplementationOnce(((taken: string) => {
      spy.mockRestore();
      resolve(taken);
      return new Promise(() => {});
    }) as never);
    tab().live.close();
  });
  const sleeper = locks.request(name, () => new Promise(() => {})).catch((error: Error) => error.name);
  const awake = tab();
  await vi.advanceTimersByTimeAsync(19_000);
  expect(hub.sockets).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(await sleeper).toBe('AbortError');
  await open(awake);
});
