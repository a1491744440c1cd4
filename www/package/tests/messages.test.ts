/** Every text of the elements is there in English and Chinese, with the same places to fill, and is used. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import messages from '../../../messages/components.json' with { type: 'json' };
import { inLanguage, type MessageKey, say } from '../src/elements/messages.js';

const keys = Object.keys(messages) as MessageKey[];
const placesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const elements = new URL('../src/elements/', import.meta.url);
const sources = readdirSync(elements)
  .map((file) => readFileSync(new URL(file, elements), 'utf8'))
  .join('\n');

test.each(keys)('“%s” is in both languages', (key) => {
  const { en, zh } = messages[key];
  expect(en.trim()).toBe(en);
  expect(en).not.toBe('');
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect(placesOf(zh)).toEqual(placesOf(en));
});

test.each(keys)('“%s” is said somewhere', (key) => {
  const stem = key.replace(/\w+$/, '');
  expect(sources.includes(`'${key}'`) || sources.includes(`\`${stem}\${`)).toBe(true);
});

test('a value that looks like a place to fill stays as it is', () => {
  const text = say('privacy.removeEvent', 'en', { what: '{product}', product: 'Tee' });
  expect(text).toBe('Remove: {product}, Tee');
});

test('a place without a value stays visible', () => {
  expect(say('privacy.count', 'en')).toBe('Kept: {count}');
});

test('a name that is missing in one language is shown in the other', () => {
  expect(inLanguage({ en: 'Pot', zh: '锅' }, 'zh')).toBe('锅');
  expect(inLanguage({ en: 'Pot', zh: '' }, 'zh')).toBe('Pot');
  expect(inLanguage({ en: '', zh: '锅' }, 'en')).toBe('锅');
});
