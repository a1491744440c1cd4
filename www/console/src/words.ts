/** The console's words in the language chosen, and how it writes numbers and times. */
import { locales, wordsOf } from '@vitrine/look/words';
import type { Language } from '@vitrine/storefront';
import ofConsole from '../../../messages/console.json';
import ofForecasts from '../../../messages/forecasts.json';

const messages = { ...ofConsole, ...ofForecasts };

/** A text of messages/console.json or messages/forecasts.json. */
export type Key = keyof typeof messages;

export const { say, sayCount } = wordsOf(messages);

/** The text of a family such as `kind.`, or the name itself where the worker has a newer one than the console knows. */
export function sayOf(language: Language, family: string, name: string): string {
  const key = `${family}.${name}`;
  return Object.hasOwn(messages, key) ? say(language, key as Key) : name;
}

/** A number with up to `digits` decimals. */
export function number(language: Language, value: number, digits = 0): string {
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: digits }).format(value);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** How long ago a moment is, in whole steps of the largest unit that fits; a moment to come counts as now. */
export function ago(language: Language, at: string | number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - new Date(at).getTime()) / 1000));
  const [unit, size] = steps.find(([, size]) => seconds >= size) ?? ['second', 1];
  const format = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto', style: 'short' });
  return format.format(-Math.floor(seconds / size), unit);
}

/** A moment as date and time of this place. */
export function moment(language: Language, at: string | number): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
}

/** A day of a forecast as date alone; days are those of UTC. */
export function dateOf(language: Language, day: string): string {
  const how: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(locales[language], how).format(new Date(day));
}

/** A share as whole percent; what is not quite nothing or all is never written as such. */
export function percent(language: Language, share: number): string {
  const write = (value: number) =>
    new Intl.NumberFormat(locales[language], { style: 'percent', maximumFractionDigits: 0 }).format(value);
  if (share > 0 && share < 0.005) return `<${write(0.01)}`;
  if (share < 1 && share >= 0.995) return `>${write(0.99)}`;
  return write(share);
}
