/** How uPlot draws what was sold, what is expected within its bands, and the risk of running out. Days are those of UTC. */
import UPlot from 'uplot';

/** Pixels between two marks of an axis, at least. */
const between = { time: 72, value: 32 };
const none = { show: false };

export interface Drawing {
  locale: string;
  /** Writes a mark of the axis of values. */
  write: (value: number) => string;
  /** Asked for at each drawing, since the light may change. */
  style: () => CSSStyleDeclaration;
}

function common({ locale, write, style }: Drawing, top?: number): Omit<UPlot.Options, 'width' | 'height' | 'series'> {
  const colour = (name: string) => () => style().getPropertyValue(name).trim();
  const axis = { stroke: colour('--quiet'), font: `12px ${style().getPropertyValue('--sans')}` };
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return {
    legend: none,
    cursor: none,
    padding: [8, 20, 0, 0],
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    scales: { y: { range: (_, __, high) => [0, top ?? Math.max(1.1, (high ?? 1) * 1.08)] } },
    axes: [
      {
        ...axis,
        space: between.time,
        size: 32,
        grid: none,
        ticks: { stroke: colour('--line'), width: 1, size: 4 },
        values: (_, times) => times.map((time) => format.format(new Date(time * 1000))),
      },
      {
        ...axis,
        space: between.value,
        size: (_, values) => 12 + 7.5 * Math.max(2, ...(values ?? []).map((text) => text.length)),
        grid: { stroke: colour('--line'), width: 1 },
        ticks: none,
        values: (_, values) => values.map(write),
      },
    ],
  };
}

/** Series in the order times, sold, mean, high, low, high of the half, low of the half. */
export function fanOptions(drawing: Drawing): Omit<UPlot.Options, 'width' | 'height'> {
  const colour = (name: string) => () => drawing.style().getPropertyValue(name).trim();
  const edge = { stroke: 'transparent', points: none };
  return {
    ...common(drawing),
    series: [
      {},
      { stroke: colour('--sold'), width: 1.25, points: none },
      { stroke: colour('--indigo'), width: 2, points: none },
      edge,
      edge,
      edge,
      edge,
    ],
    bands: [
      { series: [3, 4], fill: colour('--band-of-nine') },
      { series: [5, 6], fill: colour('--band-of-half') },
    ],
  };
}

/** Series in the order times, probability. */
export function riskOptions(drawing: Drawing): Omit<UPlot.Options, 'width' | 'height'> {
  const colour = (name: string) => () => drawing.style().getPropertyValue(name).trim();
  return {
    ...common(drawing, 1),
    series: [{}, { stroke: colour('--reduced'), width: 2, fill: colour('--band-of-risk'), points: none }],
  };
}
