/** Every text of the console is there in English and Chinese, with the same places to fill, and is used. */
import { expect, test } from 'vitest';
import ofConsole from '../../../messages/console.json';
import ofForecasts from '../../../messages/forecasts.json';
import { ago, type Key, sayOf } from '../src/words';

const messages = { ...ofConsole, ...ofForecasts };
const keys = Object.keys(messages) as Key[];
const placesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const sources = Object.values(
  import.meta.glob<string>('../src/**/*.ts', { query: '?raw', import: 'default', eager: true }),
).join('\n');

test.each(keys)('“%s” is in both languages', (key) => {
  const { en, zh } = messages[key];
  expect(en.trim()).toBe(en);
  expect(en).not.toBe('');
  expect(en).not.toMatch(/\p{Script=Han}/u);
  expect(zh.trim()).toBe(zh);
  expect(zh).not.toBe('');
  expect(placesOf(zh)).toEqual(placesOf(en));
  if (/[a-z]{2,} [a-z]{2,}/.test(en)) expect(zh).toMatch(/\p{Script=Han}/u);
});

test.each(keys)('“%s” is said somewhere', (key) => {
  const counted = key.replace(/\.(one|other)$/, '');
  const family = key.replace(/[\w-]+$/, '');
  // Families whose members the worker names.
  const first = key.split('.')[0];
  const uses = [`'${key}'`, `'${counted}'`, `\`${family}\${`, `'${first}', `, `.what\``, `.hint\``];
  const said = uses.slice(0, 4).some((use) => sources.includes(use));
  const built =
    /^(kind\..*\.what|add\..*\.hint)$/.test(key) &&
    sources.includes(key.endsWith('.what') ? (uses[4] ?? '') : (uses[5] ?? ''));
  expect(said || built).toBe(true);
});

test('whatever comes in two forms has both', () => {
  const counted = keys.filter((key) => /\.(one|other)$/.test(key) && /\{count\}/.test(messages[key].en));
  expect(counted.length).toBeGreaterThan(10);
  for (const key of counted) {
    const stem = key.replace(/\.(one|other)$/, '');
    expect(keys, stem).toEqual(expect.arrayContaining([`${stem}.one`, `${stem}.other`]));
  }
});

test('a word of the worker that the console does not know yet is shown as it is', () => {
  expect(sayOf('zh', 'kind', 'scale')).toBe('货架秤');
  expect(sayOf('en', 'kind', 'smart-fridge')).toBe('smart-fridge');
  expect(sayOf('en', 'kind', 'toString')).toBe('toString');
});

test('how long ago is told in the largest whole unit, and what lies ahead is now', () => {
  const now = Date.parse('2026-11-24T10:00:00Z');
  const before = (seconds: number) => ago('en', now - seconds * 1000, now);
  expect([before(0), before(59), before(60), before(3_599), before(7_300), before(200_000)]).toEqual([
    'now',
    '59 sec ago',
    '1 min ago',
    '59 min ago',
    '2 hr ago',
    '2 days ago',
  ]);
  expect(before(-90)).toBe('now');
  expect(ago('zh', now - 5000, now)).toBe('5秒前');
});
