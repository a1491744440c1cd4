/** Signing in keeps the token where the merchant wants it; a token that no longer holds ends the session. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Session } from '../src/state/session';

const token = `vat_${'x'.repeat(43)}`;
let stores: Record<'sessionStorage' | 'localStorage', Map<string, string>>;
let status: number;

function store(map: Map<string, string>): Storage {
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  } as Storage;
}

beforeEach(() => {
  stores = { sessionStorage: new Map(), localStorage: new Map() };
  status = 200;
  vi.stubGlobal('sessionStorage', store(stores.sessionStorage));
  vi.stubGlobal('localStorage', store(stores.localStorage));
  vi.stubGlobal('location', { href: 'https://shop.example/console/' });
  vi.stubGlobal(
    'WebSocket',
    class {
      close() {}
    },
  );
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('fetch', async () =>
    Response.json(status === 200 ? { id: 'tok', role: 'operator', label: 'Anna' } : { detail: 'no' }, { status }),
  );
});
afterEach(() => void vi.unstubAllGlobals());

test('a token is kept for this tab, or for this browser where that is asked for', async () => {
  const session = new Session();
  expect(await session.signIn(token, false)).toBe(true);
  expect([stores.sessionStorage.size, stores.localStorage.size]).toEqual([1, 0]);
  await session.signIn(token, true);
  expect([stores.sessionStorage.size, stores.localStorage.size]).toEqual([0, 1]);
  session.signOut();
  expect([stores.sessionStorage.size, stores.localStorage.size]).toEqual([0, 0]);
  expect(session.state).toEqual({ is: 'out' });
});

test('a role may do what it may, and what the ones below it may', async () => {
  const session = new Session();
  await session.signIn(token, false);
  expect([session.may('viewer'), session.may('operator'), session.may('owner')]).toEqual([true, true, false]);
  session.signOut();
  expect(session.may('viewer')).toBe(false);
});

test('a reload takes the session up again', async () => {
  await new Session().signIn(token, false);
  const session = new Session();
  await session.resume();
  expect(session.state.is).toBe('in');
  session.signOut();
});

test('what cannot be a token is not sent anywhere', async () => {
  const asked = vi.fn();
  vi.stubGlobal('fetch', asked);
  const session = new Session();
  expect(await session.signIn('password123', true)).toBe(false);
  expect(asked).not.toHaveBeenCalled();
  expect(session.state).toMatchObject({ is: 'out', problem: { status: 401 } });
});

test('a token that does not hold is not kept', async () => {
  status = 401;
  const session = new Session();
  expect(await session.signIn(token, true)).toBe(false);
  expect(stores.localStorage.size).toBe(0);
});

test('a kept token that was withdrawn leads to the way in; a worker that is away does not lose it', async () => {
  await new Session().signIn(token, false);
  status = 503;
  const session = new Session();
  await session.resume();
  expect(session.state.is).toBe('lost');
  expect(stores.sessionStorage.size).toBe(1);
  status = 401;
  await session.resume();
  expect(session.state).toEqual({ is: 'out', ended: true });
  expect(stores.sessionStorage.size).toBe(0);
});

test('a withdrawal is noticed with the next call', async () => {
  const session = new Session();
  await session.signIn(token, false);
  status = 401;
  if (session.state.is === 'in') await session.state.api.get('devices').catch(() => {});
  expect(session.state).toEqual({ is: 'out', ended: true });
});
