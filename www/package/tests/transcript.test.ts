/** What a conversation looks like, from its events. */
import { expect, test } from 'vitest';
import { after, type Entry, entryOf, rest } from '../src/assistant/transcript.js';
import type { AssistantEvent } from '../src/assistant/types.js';

const event = (event: string, data: unknown) => ({ id: 1, event, data }) as AssistantEvent;
const begin = (text?: string) => event('turn', { conversation: 'c', turn: 1, message: 'm', ...(text && { text }) });
const told = (entries: Entry[], ...parts: AssistantEvent[]) =>
  parts.reduce((entries, part) => after(entries, part, false), entries);

test('a history makes its entries itself, a turn of this page has one already', () => {
  expect(told([], begin('Hello'), event('done', { turn: 1 }), begin()).map(({ text, over }) => [text, over])).toEqual([
    ['Hello', true],
    [undefined, false],
  ]);
  expect(after([entryOf('Hello')], begin('Hello'), true)).toHaveLength(1);
});

test('sentences, cards, choices, questions and problems have their places', () => {
  const [entry] = told(
    [entryOf('Hello')],
    event('sentence', { text: 'One.', sources: [], onCard: false }),
    event('sentence', { text: 'Two.', sources: [], onCard: false }),
    event('products', { items: [{ id: 'cap' }] }),
    event('confirm', { token: 't', action: 'start-return', order: '1', skus: ['a'] }),
    event('code', { order: '1', digits: 6 }),
    event('choices', { items: [{ label: 'Yes' }] }),
    event('problem', { code: 'failed', detail: '' }),
    event('something-new', {}),
    event('done', { turn: 1 }),
  );
  expect(entry).toMatchObject({
    sentences: [{ text: 'One.' }, { text: 'Two.' }],
    cards: [{ id: 'cap' }],
    confirm: { token: 't', order: '1' },
    code: { order: '1', digits: 6, given: false },
    choices: ['Yes'],
    problem: 'failed',
    over: true,
  });
});

test('what was asked before rests once a new turn begins', () => {
  const before = told(
    [entryOf('a')],
    event('choices', { items: [{ label: 'x' }] }),
    event('code', { order: '1', digits: 6 }),
  );
  expect(rest(before)[0]).toMatchObject({ choices: [], code: { given: true } });
});

test('events before any turn are let go', () => {
  expect(after([], event('done', { turn: 1 }), false)).toEqual([]);
});
