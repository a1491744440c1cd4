/** What a page comes to show: asked again until it is so, since nothing on a page happens at once. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/**
 * Asks until the answer is the expected one; fails with the last answer if it never is.
 * @template T
 * @param {() => Promise<T>} read
 * @param {T | RegExp} expected equal to the answer, or found in it
 * @param {number} [within] milliseconds
 */
export async function eventually(read, expected, within = 15_000) {
  const holds = (seen) =>
    expected instanceof RegExp ? expected.test(String(seen)) : isDeepStrictEqual(seen, expected);
  const until = Date.now() + within;
  let seen = await read();
  while (!holds(seen) && Date.now() < until) {
    await pause(50);
    seen = await read();
  }
  if (expected instanceof RegExp) assert.match(String(seen), expected);
  else assert.deepEqual(seen, expected);
}
