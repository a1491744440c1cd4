/** How uPlot draws a metric in the console's colours and words. */
import UPlot from 'uplot';
import { metricOf } from '../state/metrics';

/** Pixels between two marks of an axis, at least. */
const between = { time: 64, value: 32 };

/** Steps between the marks of what has no fractions. */
const whole = [1, 2, 5]
  .flatMap((each) => [0, 1, 2, 3, 4, 5, 6, 7].map((power) => each * 10 ** power))
  .sort((a, b) => a - b);

/** Options without a size. Colours are asked for at each drawing, since the light may change. */
export function chartOptions(
  metric: string,
  locale: string,
  write: (value: number) => string,
  style: () => CSSStyleDeclaration,
): Omit<UPlot.Options, 'width' | 'height'> {
  const colour = (name: string) => () => style().getPropertyValue(name).trim();
  const font = () => `12px ${style().getPropertyValue('--sans')}`;
  const { drawn, digits } = metricOf(metric);
  const sums = drawn === 'sum';
  const axis = { stroke: colour('--quiet'), font: font() };
  const edge = { stroke: 'transparent', points: { show: false } };
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 20, 0, 0],
    scales: { y: { range: (_, low, high) => rangeOf(low, high, sums) } },
    axes: [
      {
        ...axis,
        space: between.time,
        size: 32,
        grid: { show: false },
        ticks: { stroke: colour('--line'), width: 1, size: 4 },
        values: (_, times, __, ___, step) => times.map((time) => timeText(time, step, locale)),
      },
      {
        ...axis,
        space: between.value,
        ...(digits === 0 && { incrs: whole }),
        size: (_, values) => 12 + 7.5 * Math.max(2, ...(values ?? []).map((text) => text.length)),
        grid: { stroke: colour('--line'), width: 1 },
        ticks: { show: false },
        values: (_, values) => values.map(write),
      },
    ],
    series: [
      {},
      {
        stroke: colour('--indigo'),
        width: 1.5,
        ...(sums && {
          fill: colour('--indigo'),
          width: 0,
          ...(UPlot.paths.bars && { paths: UPlot.paths.bars({ size: [0.7, 24], align: 1 }) }),
        }),
        ...(drawn === 'count' && UPlot.paths.stepped && { paths: UPlot.paths.stepped({ align: 1 }) }),
        points: sums ? { show: false } : { show: alone, size: 4, fill: colour('--indigo') },
      },
      ...(sums ? [] : [edge, edge]),
    ],
    bands: drawn === 'level' ? [{ series: [2, 3], fill: colour('--band-of-chart') }] : [],
  };
}

/** Room above and below; what is counted begins at nothing. */
function rangeOf(low: number | null, high: number | null, sums: boolean): [number, number] {
  if (low === null || high === null) return [0, 1];
  if (sums) return [0, Math.max(1, high * 1.1)];
  if (low >= 0 && low < (high - low) / 2) return [0, high * 1.1 || 1];
  const room = Math.max((high - low) * 0.15, Math.abs(high) * 0.02, 0.5);
  return [low - room, high + room];
}

/** A point is drawn only where it has no neighbours, and no line would show it. */
const alone: UPlot.Series.Points.Show = (plot, series) => {
  const values = plot.data[series] ?? [];
  return values.filter((value) => value !== null).length <= 1;
};

/** The time of day, or the day where marks are a day or more apart. */
function timeText(seconds: number, step: number, locale: string): string {
  const how: Intl.DateTimeFormatOptions =
    step >= 86_400 ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat(locale, how).format(new Date(seconds * 1000));
}
