/** In a worker the engine answers as it does in the page; where there is no worker the page's own thread does. */
import { afterEach, expect, test, vi } from 'vitest';
import { attend, type Scope } from '../src/engine/attend.js';
import { openWorkerHost } from '../src/engine/worker-host.js';
import { VitrineError } from '../src/index.js';
import { cornerShop, openCornerShop, rejection, wasm } from './lib/corner-shop.js';
import { localWorkers } from './lib/local-worker.js';

afterEach(() => vi.unstubAllGlobals());

const script = new URL('https://shop.example/worker.js');
const module = new WebAssembly.Module(wasm);

const { LocalWorker, started } = localWorkers((scope) => attend(scope as Scope));

async function startWorker() {
  vi.stubGlobal('Worker', LocalWorker);
  const host = await openWorkerHost(module, script);
  if (!host) throw new Error('There is no worker.');
  return host;
}

test('answers from a worker are those of the page', async () => {
  const shop = await openCornerShop();
  await shop.observe({ kind: 'view', item: 'tee-stripe', id: 'click', at: 1 });
  const host = await startWorker();
  expect(host.thread).toBe('worker');
  await host.call('open', cornerShop());
  await host.call('setEvents', await shop.events());
  const { items, receipt } = await host.call('recommend', { language: 'en' });
  const expected = await shop.recommend();
  expect(receipt).toEqual(expected.receipt);
  expect(items).toEqual(expected.items.map(({ product: _, ...item }) => item));
  expect(await host.call('about')).toEqual(await shop.about());
});

test('calls are answered in the order in which they are made', async () => {
  const host = await startWorker();
  const answered: string[] = [];
  const note = (name: string) => () => void answered.push(name);
  await Promise.all([
    host.call('open', cornerShop()).then(note('open')),
    host.call('setEvents', []).then(note('setEvents')),
    host.call('recommend', {}).then(note('recommend')),
    host.call('categories').then(note('categories')),
  ]);
  expect(answered).toEqual(['open', 'setEvents', 'recommend', 'categories']);
});

test('an error keeps its code and section on the way, and the worker goes on', async () => {
  const host = await startWorker();
  const pack = cornerShop();
  pack.sections.get('rules')?.fill(0);
  const problem = await rejection(host.call('open', pack));
  expect(problem).toBeInstanceOf(VitrineError);
  expect(problem).toMatchObject({ code: 'pack-hash', section: 'rules' });
  expect(await rejection(host.call('about'))).toMatchObject({ name: 'VitrineError', code: 'closed' });
  await host.call('open', cornerShop());
  expect((await host.call('about')).items).toBe(24);
});

test('closing ends the worker, and whoever waits is told', async () => {
  const host = await startWorker();
  const waiting = rejection(host.call('open', cornerShop()));
  host.close();
  expect(await waiting).toMatchObject({ name: 'VitrineError', code: 'closed' });
  expect(await rejection(host.call('about'))).toMatchObject({ code: 'closed' });
  expect(started.at(-1)?.terminated).toBe(true);
});

test('a worker that breaks down tells whoever waits', async () => {
  const host = await startWorker();
  const waiting = rejection(host.call('open', cornerShop()));
  started.at(-1)?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  expect(await waiting).toMatchObject({
    name: 'VitrineError',
    code: 'worker',
    message: expect.stringContaining('out of memory'),
  });
});

test.each([
  ['there are no workers', undefined],
  [
    'a policy forbids them',
    class {
      constructor() {
        throw new DOMException('refused', 'SecurityError');
      }
    },
  ],
  [
    'the script cannot be loaded',
    class extends EventTarget {
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(new Event('error')));
      }
      terminate(): void {}
    },
  ],
])('where %s, the engine computes in the page', async (_, worker) => {
  vi.stubGlobal('Worker', worker);
  const shop = await openCornerShop({ thread: 'worker' });
  expect(shop.thread).toBe('main');
  expect((await shop.recommend({ limit: 1 })).items).toHaveLength(1);
});
