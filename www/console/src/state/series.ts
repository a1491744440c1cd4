/** The readings of one metric over a span of time, as they are drawn. */
import type { Api } from '../api/client';
import { part } from '../api/client';
import type { Device, Reading } from '../api/types';
import { figureOf, metricOf } from './metrics';

export type Span = 'hour' | 'hours' | 'week' | 'quarter';
type Resolution = 'minute' | 'hour' | 'day';

const minute = 60_000;
const lengths: Record<Resolution, number> = { minute, hour: 60 * minute, day: 24 * 60 * minute };

/** How long each span is and how finely it is drawn. */
export const spans: Record<Span, { milliseconds: number; resolution: Resolution }> = {
  hour: { milliseconds: 60 * minute, resolution: 'minute' },
  hours: { milliseconds: 6 * 60 * minute, resolution: 'minute' },
  week: { milliseconds: 7 * 24 * 60 * minute, resolution: 'hour' },
  quarter: { milliseconds: 90 * 24 * 60 * minute, resolution: 'day' },
};

/** Points in order of time: seconds since 1970, and at each the figure with its extremes; `null` where nothing was. */
export interface Series {
  times: number[];
  values: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
}

/** Asks for the rows that a span needs, from `since` on where some are known already. */
export async function rowsOf(api: Api, device: string, metric: string, span: Span, now: number, since?: number) {
  const { milliseconds, resolution } = spans[span];
  const length = lengths[resolution];
  const from = since ?? Math.floor((now - milliseconds) / length) * length;
  const query = `metric=${part(metric)}&resolution=${resolution}&from=${part(new Date(from).toISOString())}`;
  return (await api.all<Reading>(`devices/${part(device)}/readings?${query}`)).items;
}

/**
 * The series of rows, oldest first, a point at the beginning of each step. A step without readings is a hole; where
 * things are counted it is none counted. The last reading that the connection told is the last point.
 */
export function seriesOf(rows: readonly Reading[], metric: string, span: Span, now: number, device: Device): Series {
  const { milliseconds, resolution } = spans[span];
  const step = lengths[resolution];
  const sums = metricOf(metric).drawn === 'sum';
  const first = Math.floor((now - milliseconds) / step) * step;
  const byStart = new Map(rows.map((row) => [new Date(row.start).getTime(), row]));
  const series: Series = { times: [], values: [], low: [], high: [] };
  for (let start = first; start <= now; start += step) {
    const row = byStart.get(start);
    series.times.push(start / 1000);
    series.values.push(row ? figureOf(metric, row) : sums ? 0 : null);
    series.low.push(row && !sums ? row.min : null);
    series.high.push(row && !sums ? row.max : null);
  }
  const last = device.last[metric];
  const at = last ? new Date(last.at).getTime() : 0;
  if (last && !sums && at / 1000 > (series.times.at(-1) ?? 0)) {
    series.times.push(at / 1000);
    series.values.push(last.value);
    series.low.push(last.value);
    series.high.push(last.value);
  }
  return series;
}

/** The lowest, highest and latest figure; `undefined` where there is none. */
export function extremes({ values, low, high }: Series): { least: number; most: number; last: number } | undefined {
  const there = (list: (number | null)[]) => list.filter((value) => value !== null);
  const last = there(values).at(-1);
  if (last === undefined) return undefined;
  const all = [...there(values), ...there(low), ...there(high)];
  return { least: Math.min(...all), most: Math.max(...all), last };
}
