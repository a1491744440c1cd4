/** Rows become points: holes stay holes, what is counted begins at nothing, and the last word of the connection comes last. */
import { expect, test } from 'vitest';
import type { Device, Reading } from '../src/api/types';
import { lastWords, metricsOf } from '../src/state/metrics';
import { extremes, seriesOf } from '../src/state/series';

const now = Date.parse('2026-11-24T10:00:30Z');
const row = (metric: string, start: string, sum: number, count: number, more: Partial<Reading> = {}): Reading => ({
  metric,
  start: `2026-11-24T${start}:00.000Z`,
  count,
  sum,
  min: 1,
  max: 9,
  last: 4,
  lastAt: `2026-11-24T${start}:59.000Z`,
  ...more,
});
const device = (more: Partial<Device>) => ({ kind: 'scale', last: {}, stock: [], ...more }) as Device;

test('an hour has a point for each of its minutes, and none where nothing was measured', () => {
  const rows = [row('cold.celsius', '09:59', 12, 3), row('cold.celsius', '10:00', 10, 2)];
  const { times, values, low, high } = seriesOf(rows, 'cold.celsius', 'hour', now, device({}));
  expect(times).toHaveLength(61);
  expect(times.at(-1)).toBe(Date.parse('2026-11-24T10:00:00Z') / 1000);
  expect(values.slice(-3)).toEqual([null, 4, 5]);
  expect([low.at(-1), high.at(-1), low.at(-3)]).toEqual([1, 9, null]);
});

test('pieces are those at the end of the minute, not their mean', () => {
  expect(seriesOf([row('scale.units', '10:00', 11, 2)], 'scale.units', 'hour', now, device({})).values.at(-1)).toBe(4);
});

test('nobody counted is nobody, not a hole', () => {
  const { values, low } = seriesOf([row('footfall.in', '10:00', 7, 3)], 'footfall.in', 'hour', now, device({}));
  expect(values.slice(-2)).toEqual([0, 7]);
  expect(low.every((value) => value === null)).toBe(true);
});

test('what was told and is not in the database yet is the last point', () => {
  const told = device({ last: { 'scale.grams': { value: 500, at: '2026-11-24T10:00:20.000Z' } } });
  const { times, values } = seriesOf([], 'scale.grams', 'hour', now, told);
  expect([times.at(-1), values.at(-1)]).toEqual([Date.parse('2026-11-24T10:00:20Z') / 1000, 500]);
  expect(extremes(seriesOf([], 'scale.grams', 'hour', now, device({})))).toBeUndefined();
});

test('the extremes are those of the readings, not of their means', () => {
  const series = seriesOf([row('cold.celsius', '10:00', 10, 2)], 'cold.celsius', 'hour', now, device({}));
  expect(extremes(series)).toEqual({ least: 1, most: 9, last: 5 });
});

test('the telling metric comes first, one that is not known is still shown, events come last', () => {
  const last = {
    events: { value: 1, at: '' },
    'scale.tilt': { value: 1, at: '' },
    'scale.units': { value: 1, at: '' },
    'scale.grams': { value: 1, at: '' },
  };
  expect(metricsOf(device({ last }))).toEqual(['scale.grams', 'scale.units', 'scale.tilt', 'events']);
});

test('a device’s last reading in a few words', () => {
  const at = '2026-11-24T10:00:20.000Z';
  const source = { kind: 'scale' as const, units: 1, observedAt: at, ageSeconds: 0, state: 'exact' };
  const shelf = device({
    last: { 'scale.grams': { value: 1234.6, at } },
    stock: [{ sku: 'tee', site: 'shop', source }],
  });
  expect(lastWords('en', shelf)).toBe('1,235 g · 1 piece');
  expect(
    lastWords(
      'zh',
      device({ kind: 'footfall', last: { 'footfall.in': { value: 3, at }, 'footfall.out': { value: 0, at } } }),
    ),
  ).toBe('进 3 人 · 出 0 人');
  expect(lastWords('en', device({}))).toBe('');
});
