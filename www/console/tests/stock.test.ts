/** The stock table shows what is asked for, in the order asked for. */
import { expect, test } from 'vitest';
import type { StockEntry } from '../src/api/types';
import { type StockView, viewed } from '../src/state/stock';

const entry = (sku: string, site: string, units: number | undefined, seconds: number, spread = 0): StockEntry => ({
  sku,
  site,
  ...(units !== undefined && { units }),
  sources: [
    {
      kind: 'scale',
      units: units ?? 0,
      observedAt: new Date(1_000_000_000_000 - seconds * 1000).toISOString(),
      ageSeconds: seconds,
      state: 'exact',
    },
  ],
  agreed: spread === 0,
  spread,
});

const entries = [
  entry('tee', 'harbour', 9, 5),
  entry('cap', 'harbour', 0, 60, 3),
  entry('tee', 'station', 120, 1),
  entry('belt', 'station', undefined, 900),
];
const view: StockView = { text: '', site: '', differing: false, order: 'sku', descending: false };
const names = (change: Partial<StockView>) =>
  viewed(entries, { ...view, ...change }).map(({ sku, site }) => `${sku} ${site}`);

test('by product, then site', () => {
  expect(names({})).toEqual(['belt station', 'cap harbour', 'tee harbour', 'tee station']);
});

test('units are numbers, and what nobody knows is less than none', () => {
  expect(names({ order: 'units' })).toEqual(['belt station', 'cap harbour', 'tee harbour', 'tee station']);
  expect(names({ order: 'units', descending: true })[0]).toBe('tee station');
});

test('by age the freshest comes first', () => {
  expect(names({ order: 'age' })).toEqual(['tee station', 'tee harbour', 'cap harbour', 'belt station']);
});

test('turned round, ties stay by product and site', () => {
  expect(names({ order: 'spread', descending: true })).toEqual([
    'cap harbour',
    'belt station',
    'tee harbour',
    'tee station',
  ]);
});

test('narrowed by text, site and disagreement', () => {
  expect(names({ text: ' TEE ' })).toEqual(['tee harbour', 'tee station']);
  expect(names({ text: 'stat' })).toEqual(['belt station', 'tee station']);
  expect(names({ site: 'harbour' })).toEqual(['cap harbour', 'tee harbour']);
  expect(names({ differing: true })).toEqual(['cap harbour']);
});
