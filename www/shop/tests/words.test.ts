/** Every text of the shop is there in English and Chinese, with the same places to fill, and is used. */
import { expect, test } from 'vitest';
import messages from '../../../messages/shop.json';
import { attributeName, type Key, nameOf, say, sayCount } from '../src/words';

const keys = Object.keys(messages) as Key[];
const placesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const sources = Object.values(
  import.meta.glob<string>('../src/**/*.ts', { query: '?raw', import: 'default', eager: true }),
).join('\n');

test.each(keys)('“%s” is in both languages', (key) => {
  const { en, zh } = messages[key];
  expect(en.trim()).toBe(en);
  expect(en).not.toBe('');
  expect(zh.trim()).toBe(zh);
  expect(zh).not.toBe('');
  expect(placesOf(zh)).toEqual(placesOf(en));
});

test('sentences in Chinese are Chinese, and those in English are not', () => {
  for (const key of keys) {
    expect(messages[key].en, key).not.toMatch(/\p{Script=Han}/u);
    // Units such as “{count} MB” are the same in both.
    if (/[a-z]{2,} [a-z]{2,}/.test(messages[key].en)) expect(messages[key].zh, key).toMatch(/\p{Script=Han}/u);
  }
});

test.each(keys)('“%s” is said somewhere', (key) => {
  const counted = key.replace(/\.(one|other)$/, '');
  const family = key.replace(/[\w-]+$/, '');
  expect([`'${key}'`, `'${counted}'`, `\`${family}\${`].some((use) => sources.includes(use))).toBe(true);
});

test('whatever comes in two forms has both, with the count in them', () => {
  const counted = keys.filter((key) => /\.(one|other)$/.test(key));
  expect(counted.length).toBeGreaterThan(5);
  for (const key of counted) {
    const stem = key.replace(/\.(one|other)$/, '');
    expect(keys, stem).toEqual(expect.arrayContaining([`${stem}.one`, `${stem}.other`]));
  }
});

test('one is one and everything else is more, but not in Chinese', () => {
  expect(sayCount('en', 'pieces', 1)).toBe('1 piece');
  expect(sayCount('en', 'pieces', 0)).toBe('0 pieces');
  expect(sayCount('en', 'pieces', 12_345)).toBe('12,345 pieces');
  expect(sayCount('zh', 'pieces', 1)).toBe('1 件');
});

test('a value that looks like a place to fill stays as it is, and a place without a value stays visible', () => {
  expect(say('en', 'category.shown', { shown: '{total}', total: 9 })).toBe('{total} of 9 shown');
  expect(say('en', 'category.shown', { total: 9 })).toBe('{shown} of 9 shown');
});

test('a name that is missing in one language is shown in the other', () => {
  expect(nameOf({ en: 'Pot', zh: '锅' }, 'zh')).toBe('锅');
  expect(nameOf({ en: 'Pot', zh: '' }, 'zh')).toBe('Pot');
  expect(nameOf({ en: '', zh: '锅' }, 'en')).toBe('锅');
});

test('an attribute has the shop’s own name, or the feed’s made readable', () => {
  expect(attributeName('colour', 'zh')).toBe(messages['attribute.colour'].zh);
  expect(attributeName('heel_height-cm', 'en')).toBe('Heel height cm');
  expect(attributeName('constructor', 'en')).toBe('Constructor');
});
