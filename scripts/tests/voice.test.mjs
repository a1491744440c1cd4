/** Of two lines of work side by side one speaks at once, the other when the first is done; nothing of either is lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { besides, write } from '../lib/voice.mjs';

/** Writes and waits in turn. */
async function talk(words, to) {
  for (const word of words) {
    write(word, to);
    await pause(5);
  }
  return words.length;
}

test('the second waits with its words until the first is done', async () => {
  const heard = [];
  const to = { write: (word) => heard.push(word) };
  const both = await besides(
    () => talk(['a', 'b'], to),
    () => talk(['1', '2', '3', '4', '5', '6'], to),
  );
  assert.deepEqual(both, [2, 6]);
  assert.deepEqual(heard, ['a', 'b', '1', '2', '3', '4', '5', '6']);
});

test('what the second said is heard where the first fails', async () => {
  const heard = [];
  const to = { write: (word) => heard.push(word) };
  const fails = async () => {
    await talk(['a', 'b'], to);
    throw new Error('no');
  };
  await assert.rejects(
    besides(fails, () => talk(['1'], to)),
    /no/,
  );
  assert.deepEqual(heard, ['a', 'b', '1']);
});
