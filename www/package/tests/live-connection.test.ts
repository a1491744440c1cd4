/** The live connection resumes where it was cut, waits longer each time, and notices an end that nobody told it of. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backOff } from '../src/live/back-off.js';
import { Connection } from '../src/live/connection.js';
import type { LiveState } from '../src/live.js';
import { FakeHub, longestWait } from './lib/fake-hub.js';

const address = 'wss://worker.example/v1/live';
let hub: FakeHub;
let heard: (number | 'reset')[];
let states: LiveState[];

beforeEach(() => {
  vi.useFakeTimers();
  hub = new FakeHub();
  heard = [];
  states = [];
});
afterEach(() => void vi.useRealTimers());

function connect(position?: number): Connection {
  const connection = new Connection(
    address,
    'vsk_demo',
    {
      frame: ({ id }) => heard.push(id),
      reset: () => heard.push('reset'),
      state: (state) => states.push(state),
    },
    position,
    hub,
  );
  connection.start();
  return connection;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

test('the key travels as a subprotocol, never in the address', async () => {
  connect();
  await settle();
  expect(hub.last.address).toBe(address);
  expect(hub.last.protocols).toEqual(['vitrine.live.v1', 'bearer.vsk_demo']);
  expect(states).toEqual(['connecting', 'open']);
});

test('what changed during a cut is heard after it, once and in order', async () => {
  connect();
  await settle();
  hub.tell('tee', 5);
  hub.tell('tee', 4);
  hub.last.cut();
  hub.tell('tee', 3);
  hub.tell('tee', 2);
  await vi.advanceTimersByTimeAsync(longestWait(0));
  expect(hub.last.address).toBe(`${address}?since=2`);
  hub.tell('tee', 1);
  expect(heard).toEqual([1, 2, 3, 4, 5]);
  expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
});

test('a cut before the first change resumes from the hello', async () => {
  hub.tell('tee', 5);
  connect();
  await settle();
  hub.last.cut();
  hub.tell('tee', 4);
  await vi.advanceTimersByTimeAsync(longestWait(0));
  expect(heard).toEqual([2]);
});

test('changes from just before a first connection are heard, as they may be newer than the database', async () => {
  connect();
  await settle();
  hub.last.say({ id: 41, topic: 'stock', at: '', body: {} });
  expect(heard).toEqual([41]);
});

test('a cut longer than what the worker keeps is a reset', async () => {
  hub.keeps = 2;
  connect();
  await settle();
  hub.tell('tee', 9);
  hub.last.cut();
  for (const units of [8, 7, 6, 5]) hub.tell('tee', units);
  await vi.advanceTimersByTimeAsync(longestWait(0));
  expect(heard).toEqual([1, 'reset', 4, 5]);
});

test('a worker that counts from the beginning again is a reset, and its changes are heard', async () => {
  connect(500);
  await settle();
  expect(heard).toEqual(['reset']);
  hub.tell('tee', 1);
  expect(heard).toEqual(['reset', 1]);
});

test('each attempt waits up to twice as long as the one before, half a minute at most', () => {
  expect([0, 1, 2, 3, 20].map((attempt) => backOff(attempt, 0))).toEqual([250, 500, 1000, 2000, 15_000]);
  expect([0, 1, 2, 3, 20].map((attempt) => longestWait(attempt))).toEqual([500, 1000, 1999, 3998, 29_985]);
});

test('while the worker is away, attempts become rare; when it is back, they begin anew', async () => {
  hub.reachable = false;
  connect();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  const many = hub.sockets.length;
  expect(many).toBeGreaterThan(15);
  expect(many).toBeLessThan(35);
  hub.reachable = true;
  await vi.advanceTimersByTimeAsync(30_000 + 5_000);
  expect(states.at(-1)).toBe('open');
  hub.last.cut();
  await vi.advanceTimersByTimeAsync(longestWait(0));
  expect(states.at(-1)).toBe('open');
});

test('an end that accepts and cuts at once is not asked twice a second for ever', async () => {
  const greet = hub.open;
  hub.open = (...words) => {
    const socket = greet(...words);
    setTimeout(() => socket.cut(), 1);
    return socket;
  };
  connect();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hub.sockets.length).toBeLessThan(12);
});

test('a silent end is noticed by the pong that does not come', async () => {
  connect();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hub.last.sent).toEqual(['ping', 'ping']);
  expect(hub.sockets).toHaveLength(1);
  hub.last.alive = false;
  await vi.advanceTimersByTimeAsync(25_000 + 10_000 + longestWait(0));
  expect(hub.sockets).toHaveLength(2);
  expect(states.at(-1)).toBe('open');
});

test('an end that never says hello is given up', async () => {
  hub.open = (...words) => {
    const socket = new FakeHub().open(...words);
    socket.say = () => {};
    hub.sockets.push(socket);
    return socket;
  };
  connect();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(states).toEqual(['connecting', 'waiting']);
});

test('whoever does not speak like the worker is left', async () => {
  connect();
  await settle();
  hub.last.onmessage?.({ data: '<!doctype html>' });
  expect(hub.last.closed).toBe(1000);
  expect(states.at(-1)).toBe('waiting');
});

test('when the network comes back, the next attempt is made at once', async () => {
  hub.reachable = false;
  const connection = connect();
  await vi.advanceTimersByTimeAsync(120_000);
  hub.reachable = true;
  connection.hurry();
  await settle();
  expect(states.at(-1)).toBe('open');
});

test('a key that was withdrawn is not tried again', async () => {
  connect();
  await settle();
  hub.last.cut(4401);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(hub.sockets).toHaveLength(1);
  expect(states.at(-1)).toBe('refused');
});

test('after `stop` nothing is opened and nothing is heard', async () => {
  const connection = connect();
  await settle();
  const socket = hub.last;
  connection.stop();
  socket.say({ id: 9, topic: 'stock', at: '', body: {} });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(hub.sockets).toHaveLength(1);
  expect(heard).toEqual([]);
  expect(states.at(-1)).toBe('idle');
});
