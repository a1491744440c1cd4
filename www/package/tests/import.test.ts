/** Importing the package does nothing: no page, no network, no storage, no worker is touched until a shop is opened. */
import { afterEach, expect, test, vi } from 'vitest';

/** What a module could reach out to. */
const world = [
  'window',
  'document',
  'navigator',
  'location',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'caches',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'BroadcastChannel',
  'Worker',
  'customElements',
  'addEventListener',
] as const;

/** Replaces all of it by traps, and lists those that were stepped on. */
function trap(): string[] {
  const touched: string[] = [];
  for (const name of world) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        touched.push(name);
        return undefined;
      },
    });
    restore.push(() => {
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    });
  }
  return touched;
}

const restore: (() => void)[] = [];
afterEach(() => {
  for (const back of restore.splice(0)) back();
  vi.resetModules();
});

test('the trap notices a mere question whether something is there', () => {
  const touched = trap();
  expect(typeof indexedDB).toBe('undefined');
  expect(touched).toEqual(['indexedDB']);
});

test('importing the package touches nothing, and leaves nothing behind', async () => {
  const names = new Set(Reflect.ownKeys(globalThis));
  const touched = trap();
  const trapped = new Set(Reflect.ownKeys(globalThis));
  const entry = await import('../src/index.js');
  expect(touched).toEqual([]);
  expect(Object.keys(entry).sort()).toEqual(['Vitrine', 'VitrineError', 'formatPrice']);
  const left = Reflect.ownKeys(globalThis).filter((name) => !names.has(name) && !trapped.has(name));
  expect(left).toEqual([]);
});

test('importing what the worker’s script runs touches nothing either', async () => {
  const touched = trap();
  await import('../src/engine/attend.js');
  expect(touched).toEqual([]);
});
