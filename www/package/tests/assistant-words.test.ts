/** Every text of the assistant's panel is there in English and Chinese, with the same places to fill, and is used. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import messages from '../../../messages/assistant-panel.json' with { type: 'json' };
import { type PanelKey, say, sayProblem } from '../src/elements/assistant-words.js';

const keys = Object.keys(messages) as PanelKey[];
const placesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const elements = new URL('../src/elements/', import.meta.url);
const sources = readdirSync(elements)
  .filter((file) => file.startsWith('assistant'))
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
  const stem = key.replace(/[\w-]+$/, '');
  const troubles = ['cut', 'lost', 'busy', 'refused'];
  expect(
    sources.includes(`'${key}'`) || (stem !== '' && sources.includes(`\`${stem}\${`)) || troubles.includes(key),
  ).toBe(true);
});

test('a problem that this page does not know yet is told as a failure', () => {
  expect(sayProblem('not-ready', 'en')).toBe(messages['problem.not-ready'].en);
  expect(sayProblem('toString', 'zh')).toBe(messages['problem.failed'].zh);
});

test('places are filled in', () => {
  expect(say('source.order', 'en', { id: '{id}' })).toBe('Your order {id}');
});
