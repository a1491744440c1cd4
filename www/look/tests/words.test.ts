/** The shared texts are there in both languages, and the functions that say texts fill and count as they should. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import messages from '../../../messages/look.json';
import { wordsOf } from '../src/words';

const keys = Object.keys(messages) as (keyof typeof messages)[];
const rooms = ['../src/', '../../shop/src/', '../../console/src/'].map((room) => new URL(room, import.meta.url));
const sources = rooms
  .flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => new URL(file, room)))
  .filter(({ pathname }) => pathname.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

test.each(keys)('“%s” is in both languages and said somewhere', (key) => {
  const { en, zh } = messages[key];
  expect(en).not.toMatch(/\p{Script=Han}/u);
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect(sources.includes(`'${key}'`) || sources.includes(`\`${key.replace(/\w+$/, '')}\${`)).toBe(true);
});

const { say, sayCount } = wordsOf({
  shown: { en: '{shown} of {total}', zh: '{total} 中的 {shown}' },
  'pieces.one': { en: '{count} piece', zh: '{count} 件' },
  'pieces.other': { en: '{count} pieces', zh: '{count} 件' },
});

test('places are filled; one without a value stays visible, and a value that looks like a place stays as it is', () => {
  expect(say('en', 'shown', { shown: '{total}', total: 9 })).toBe('{total} of 9');
  expect(say('zh', 'shown', { total: 9 })).toBe('9 中的 {shown}');
});

test('one is one and everything else is more, but not in Chinese', () => {
  expect(sayCount('en', 'pieces', 1)).toBe('1 piece');
  expect(sayCount('en', 'pieces', 0)).toBe('0 pieces');
  expect(sayCount('en', 'pieces', 12_345)).toBe('12,345 pieces');
  expect(sayCount('zh', 'pieces', 1)).toBe('1 件');
});
