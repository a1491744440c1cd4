/** What runs out first comes first; history and forecast become a drawing, figures and a file. */
import { expect, test } from 'vitest';
import type { Forecast, ForecastEntry, PlaceForecast, StockRisk } from '../src/api/forecast-types';
import { csv, plain } from '../src/state/csv';
import { daysOf, fanOf } from '../src/state/fan';
import { type ForecastView, riskOf, viewed } from '../src/state/forecasts';
import { membersOf } from '../src/state/methods';
import { percent } from '../src/words';

const dates = ['2026-11-24', '2026-11-25', '2026-11-26'];
const stock = (units: number, runOut: number[], outBy?: string): StockRisk => ({
  units,
  dates,
  runOut,
  ...(outBy && { outBy }),
  reorder: {
    point: 5,
    upTo: 9,
    position: units,
    quantity: units < 5 ? 9 - units : 0,
    leadTime: 2,
    review: 1,
    service: 0.95,
    pack: 1,
  },
});
const entry = (sku: string, expected: number | undefined, risk?: StockRisk): ForecastEntry => ({
  sku,
  site: 'main',
  computedAt: '2026-11-24T02:00:00Z',
  sold: 3,
  ...(expected !== undefined && { expected }),
  ...(risk && { stock: risk }),
});
const entries = [
  entry('safe', 9, stock(90, [0, 0, 0])),
  entry('later', 9, stock(8, [0.2, 0.9, 0.99], '2026-11-25')),
  entry('sooner', 9, stock(1, [0.7, 0.9, 1], '2026-11-24')),
  entry('unknown', 4),
  entry('bare', undefined),
];
const view: ForecastView = { text: '', site: '', order: 'risk', descending: true };
const names = (change: Partial<ForecastView> = {}) => viewed(entries, { ...view, ...change }).map(({ sku }) => sku);

test('by the risk until goods arrive, of two alike the sooner, and last what nobody knows', () => {
  expect(names()).toEqual(['sooner', 'later', 'safe', 'bare', 'unknown']);
  expect(riskOf(entries[1] as ForecastEntry)).toBe(0.9);
  expect(riskOf(entries[3] as ForecastEntry)).toBeUndefined();
});

test('by any column, and narrowed', () => {
  expect(names({ order: 'order' })[0]).toBe('sooner');
  expect(names({ order: 'sku', descending: false })).toEqual(['bare', 'later', 'safe', 'sooner', 'unknown']);
  expect(names({ order: 'expected', descending: false })[0]).toBe('bare');
  expect(names({ text: 'OON' })).toEqual(['sooner']);
  expect(names({ site: 'elsewhere' })).toEqual([]);
});

const forecast: Forecast = {
  model: 'x',
  dates,
  mean: [2, 3, 4],
  levels: [0.05, 0.25, 0.5, 0.75, 0.95],
  quantiles: [
    [0, 1, 1],
    [1, 2, 2],
    [2, 3, 4],
    [3, 4, 5],
    [5, 6, 8],
  ],
  parts: { shares: { level: 1, trend: 0, season: 0, event: 0 } },
  notes: { missing: 0, outOfStock: 0, outliers: 0 },
  peaks: [],
  changes: [],
};
const place: PlaceForecast = {
  sku: 'tee',
  site: 'main',
  computedAt: '2026-11-24T02:00:00Z',
  historyHash: '0',
  history: { from: '2026-09-24', units: [...Array(60).fill(1), 7], outOfStock: [] },
  forecast,
};

test('the bands grow out of the last day that was seen', () => {
  const fan = fanOf(place, 'weeks');
  expect(fan.times.length).toBe(56 + 3);
  expect(fan.times.every((time, at) => at === 0 || time - (fan.times[at - 1] ?? 0) === 86_400)).toBe(true);
  expect(fan.sold.slice(-4)).toEqual([7, null, null, null]);
  expect(fan.mean.slice(-5)).toEqual([null, 7, 2, 3, 4]);
  expect(fan.high.slice(-4)).toEqual([7, 5, 6, 8]);
  expect(fanOf(place, 'all').times[0]).toBe(Date.parse('2026-09-24') / 1000);
  const { forecast: _, ...bare } = place;
  expect(fanOf(bare, 'all').mean.every((value) => value === null)).toBe(true);
});

test('figures go with the risk of their own day', () => {
  const risk = { ...stock(8, [0.5, 0.9]), dates: dates.slice(1) };
  expect(daysOf(place, risk).map(({ date, gone }) => [date, gone])).toEqual([
    ['2026-11-24', undefined],
    ['2026-11-25', 0.5],
    ['2026-11-26', 0.9],
  ]);
});

test('a model is read as its methods, the weightiest first', () => {
  expect(membersOf('0.25 naive(7) + 0.40 mstl(7)+ets(A,N,N) + 0.35 ets(A,Ad,M)')).toEqual([
    { name: 'mstl', weight: 0.4 },
    { name: 'ets', weight: 0.35 },
    { name: 'naive', weight: 0.25 },
  ]);
  expect(membersOf('1.00 croston-sba(0.1)')).toEqual([{ name: 'croston-sba', weight: 1 }]);
  expect(membersOf('something new')).toEqual([]);
});

test('a file is the same table to every program, and no cell of it is a formula', () => {
  expect(
    csv(
      ['sku', 'units'],
      [
        ['=1+1', 2],
        ['a,"b"', undefined],
      ],
    ),
  ).toBe('sku,units\r\n\'=1+1,2\r\n"a,""b""",\r\n');
  expect(plain(1 / 3)).toBe(0.3333);
});

test('a probability is never said to be nothing or certain where it is not', () => {
  expect([0, 0.001, 0.5, 0.999, 1].map((share) => percent('en', share))).toEqual(['0%', '<1%', '50%', '>99%', '100%']);
});
