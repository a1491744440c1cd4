/** History and forecast of a product as they are drawn, and as a table of figures. */
import type { PlaceForecast, StockRisk } from '../api/forecast-types';

/** How far back the chart goes. */
export type Back = 'weeks' | 'half' | 'all';
export const backs: Record<Back, number> = { weeks: 56, half: 182, all: Number.POSITIVE_INFINITY };

const day = 86_400_000;

/** Seconds since 1970 and, at each, what was sold, what is expected, and the edges of both bands. */
export interface Fan {
  times: number[];
  sold: (number | null)[];
  mean: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  lowHalf: (number | null)[];
  highHalf: (number | null)[];
}

/** The quantiles at a level. */
export function atLevel({ levels, quantiles }: { levels: number[]; quantiles: number[][] }, level: number): number[] {
  return quantiles[levels.indexOf(level)] ?? [];
}

/** The days to draw, oldest first. The bands grow out of the last day that was seen. */
export function fanOf({ history, forecast }: PlaceForecast, back: Back): Fan {
  const fan: Fan = { times: [], sold: [], mean: [], low: [], high: [], lowHalf: [], highHalf: [] };
  if (!history) return fan;
  const units = history.units.slice(-backs[back]);
  const skipped = history.units.length - units.length;
  const first = Date.parse(history.from) + skipped * day;
  for (const [at, value] of units.entries()) {
    const joint = forecast && at === units.length - 1 ? value : null;
    fan.times.push((first + at * day) / 1000);
    fan.sold.push(value);
    for (const edge of [fan.mean, fan.low, fan.high, fan.lowHalf, fan.highHalf]) edge.push(joint);
  }
  if (!forecast) return fan;
  const [low, lowHalf, highHalf, high] = [0.05, 0.25, 0.75, 0.95].map((level) => atLevel(forecast, level));
  for (const [at, date] of forecast.dates.entries()) {
    fan.times.push(Date.parse(date) / 1000);
    fan.sold.push(null);
    fan.mean.push(forecast.mean[at] ?? null);
    fan.low.push(low?.[at] ?? null);
    fan.high.push(high?.[at] ?? null);
    fan.lowHalf.push(lowHalf?.[at] ?? null);
    fan.highHalf.push(highHalf?.[at] ?? null);
  }
  return fan;
}

/** One day ahead, as figures. */
export interface Day {
  date: string;
  expected: number;
  low: number;
  high: number;
  gone: number | undefined;
}

/** The days ahead, with the probability that all is gone by the end of each where stock is known. */
export function daysOf({ forecast }: PlaceForecast, risk: StockRisk | undefined): Day[] {
  if (!forecast) return [];
  const [low, high] = [atLevel(forecast, 0.05), atLevel(forecast, 0.95)];
  return forecast.dates.map((date, at) => ({
    date,
    expected: forecast.mean[at] ?? 0,
    low: low[at] ?? 0,
    high: high[at] ?? 0,
    gone: risk?.runOut[risk.dates.indexOf(date)],
  }));
}

export const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((all, value) => all + (value ?? 0), 0);
export const meanOf = (values: readonly (number | null)[]): number => sum(values) / Math.max(1, values.length);
