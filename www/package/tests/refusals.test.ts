/** What cannot be done is refused by a `VitrineError` that says what is at fault, and leaves the shop as it was. */
import { expect, test } from 'vitest';
import { VitrineError } from '../src/index.js';
import { cornerShop, openCornerShop, rejection, sectionsOf } from './lib/corner-shop.js';

test.each(['catalogue', 'rules', 'popularity'])(
  'one altered byte in section “%s” is refused by its name',
  async (name) => {
    const pack = cornerShop();
    const section = pack.sections.get(name);
    const middle = (section?.length ?? 0) >> 1;
    section?.set([(section[middle] ?? 0) ^ 1], middle);
    const problem = await rejection(openCornerShop({ pack }));
    expect(problem).toBeInstanceOf(VitrineError);
    expect(problem).toMatchObject({ name: 'VitrineError', code: 'pack-hash', section: name });
    expect(String(problem)).toContain(name);
  },
);

test('a section that breaks off is refused by its name', async () => {
  const pack = cornerShop();
  const rules = pack.sections.get('rules') ?? new Uint8Array();
  pack.sections.set('rules', rules.subarray(0, rules.length - 1));
  expect(await rejection(openCornerShop({ pack }))).toMatchObject({ name: 'VitrineError', section: 'rules' });
});

test('a section that is missing is refused by its name', async () => {
  const pack = cornerShop();
  pack.sections.delete('catalogue');
  expect(await rejection(openCornerShop({ pack }))).toMatchObject({ name: 'VitrineError', section: 'catalogue' });
});

test('a pack without rules is a shop whose suggestions go by likeness', async () => {
  const pack = cornerShop();
  const manifest: object = JSON.parse(new TextDecoder().decode(pack.manifest));
  const sections = sectionsOf(pack.manifest).filter(({ name }) => name !== 'rules');
  pack.manifest = new TextEncoder().encode(JSON.stringify({ ...manifest, sections }));
  pack.sections.delete('rules');
  const shop = await openCornerShop({ pack });
  expect((await shop.about()).hasRules).toBe(false);
  await shop.observe({ kind: 'view', item: 'tee-navy' });
  const { items } = await shop.recommend();
  const sources = new Set(items.flatMap(({ reasons }) => reasons.map(({ source }) => source)));
  expect(sources).toContain('content');
  expect(sources).not.toContain('sequence');
});

test.each([
  ['a limit of none', { limit: 0 }],
  ['a limit above 100', { limit: 101 }],
  ['a diversity above 1', { diversity: 2 }],
  ['a boost without bounds', { boost: [{ match: { brands: ['Fold'] }, by: 5 }] }],
])('a request with %s is refused, and the next one is answered', async (_, request) => {
  const shop = await openCornerShop();
  const problem = await rejection(shop.recommend(request));
  expect(problem).toBeInstanceOf(VitrineError);
  expect(problem).toMatchObject({ code: 'request', section: undefined });
  expect((await shop.recommend({ limit: 3 })).items).toHaveLength(3);
});

test.each([
  ['an unknown kind', { kind: 'stare' as 'view', item: 'tee-navy' }],
  ['no item', { kind: 'view' as const, item: '' }],
  ['white space around its item', { kind: 'view' as const, item: ' tee-navy' }],
  ['an id above 128 bytes', { kind: 'view' as const, item: 'tee-navy', id: '衣'.repeat(43) }],
  ['half a millisecond', { kind: 'view' as const, item: 'tee-navy', at: 0.5 }],
  ['a time before 1970', { kind: 'view' as const, item: 'tee-navy', at: -1 }],
])('an event with %s is refused and not kept', async (_, observation) => {
  const shop = await openCornerShop();
  const problem = await rejection(shop.observe(observation));
  expect(problem).toBeInstanceOf(VitrineError);
  expect(problem).toMatchObject({ code: 'event' });
  expect(await shop.events()).toEqual([]);
});

test('an event about a product that the pack does not hold changes nothing', async () => {
  const shop = await openCornerShop();
  const { items } = await shop.recommend();
  await shop.observe({ kind: 'view', item: 'no-such-thing' });
  expect((await shop.recommend()).items).toEqual(items);
});

test('a closed shop refuses everything that it would have to do', async () => {
  const shop = await openCornerShop();
  await shop.observe({ kind: 'view', item: 'tee-navy', id: 'click' });
  shop.close();
  shop.close();
  const acts = [
    () => shop.recommend(),
    () => shop.products(),
    () => shop.product('tee-white'),
    () => shop.categories(),
    () => shop.observe({ kind: 'view', item: 'tee-white' }),
    () => shop.remove('click'),
    () => shop.privacy.forget(),
  ];
  for (const act of acts) {
    expect(await rejection(act()), String(act)).toMatchObject({
      name: 'VitrineError',
      code: 'closed',
      message: expect.stringContaining('was closed'),
    });
  }
});

test('closing one shop leaves another one open', async () => {
  const [first, second] = await Promise.all([openCornerShop(), openCornerShop()]);
  first.close();
  expect((await second.recommend({ limit: 2 })).items).toHaveLength(2);
});
