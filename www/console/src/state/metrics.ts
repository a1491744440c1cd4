/** Metrics of devices: how they are written, and which of a span's figures tells most. */
import type { Language } from '@vitrine/storefront';
import type { Device, Kind, Reading } from '../api/types';
import { number, sayCount } from '../words';

interface Metric {
  unit: string;
  digits: number;
  /** `level` is drawn as a line within its extremes, `count` as steps, `sum` as bars of all that was counted in the span. */
  drawn: 'level' | 'count' | 'sum';
}

const metrics: Record<string, Metric> = {
  'scale.grams': { unit: 'g', digits: 0, drawn: 'level' },
  'scale.units': { unit: '', digits: 0, drawn: 'count' },
  'rfid.tags': { unit: '', digits: 0, drawn: 'count' },
  'rfid.entered': { unit: '', digits: 0, drawn: 'sum' },
  'rfid.left': { unit: '', digits: 0, drawn: 'sum' },
  'footfall.in': { unit: '', digits: 0, drawn: 'sum' },
  'footfall.out': { unit: '', digits: 0, drawn: 'sum' },
  'cold.celsius': { unit: '°C', digits: 1, drawn: 'level' },
  'cold.humidity': { unit: '%', digits: 0, drawn: 'level' },
  'vehicle.speed': { unit: 'm/s', digits: 1, drawn: 'level' },
  events: { unit: '', digits: 0, drawn: 'sum' },
};

/** Metrics of each kind, the telling one first. */
const ofKind: Record<Kind, string[]> = {
  scale: ['scale.grams', 'scale.units'],
  rfid: ['rfid.tags', 'rfid.entered', 'rfid.left'],
  footfall: ['footfall.in', 'footfall.out'],
  'cold-chain': ['cold.celsius', 'cold.humidity'],
  vehicle: ['vehicle.speed'],
};

const plain: Metric = { unit: '', digits: 2, drawn: 'level' };

/** What is known of a metric; one that the console does not know is a plain level. */
export const metricOf = (name: string): Metric => (Object.hasOwn(metrics, name) ? (metrics[name] ?? plain) : plain);

/** The metrics of a device that has some, with newer ones after those that the console knows. */
export function metricsOf({ kind, last }: Device): string[] {
  const known = (ofKind[kind] ?? []).filter((name) => name in last);
  return [...known, ...Object.keys(last).filter((name) => !known.includes(name) && name !== 'events'), 'events'];
}

/** A value with its unit. */
export function written(language: Language, name: string, value: number): string {
  const { unit, digits } = metricOf(name);
  const text = number(language, value, digits);
  return unit === '' ? text : `${text} ${unit}`;
}

/** The figure of a span that is drawn: all that was counted, how many there were at its end, or the mean. */
export function figureOf(name: string, { sum, count, last }: Reading): number {
  const { drawn } = metricOf(name);
  if (drawn === 'count') return last;
  return drawn === 'sum' || count === 0 ? sum : sum / count;
}

/** What a device said last, in a few words; empty where it has not said anything. */
export function lastWords(language: Language, device: Device): string {
  const { kind, last, stock } = device;
  const words = (ofKind[kind] ?? []).flatMap((name) => {
    const value = last[name];
    if (!value || name === 'scale.units' || name === 'rfid.entered' || name === 'rfid.left') return [];
    if (name === 'rfid.tags') return [sayCount(language, 'tags', value.value)];
    if (name === 'footfall.in') return [sayCount(language, 'cameIn', value.value)];
    if (name === 'footfall.out') return [sayCount(language, 'wentOut', value.value)];
    return [written(language, name, value.value)];
  });
  const [first] = stock;
  if (kind === 'scale' && first) words.push(sayCount(language, 'pieces', first.source.units));
  return words.join(' · ');
}
