/** The patch that is sent makes of what was there exactly what the merchant wrote. */
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../src/api/types';
import { mergePatch, nullIn } from '../src/state/merge-patch';

/** RFC 7396, section 2, as the worker applies it. */
function apply(target: Json | undefined, patch: Json): Json {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const into: JsonObject = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete into[key];
    else into[key] = apply(into[key], value);
  }
  return into;
}

const values: JsonObject[] = [
  {},
  { a: 1 },
  { a: { b: 1, c: [1, 2] }, d: 'x' },
  { a: { b: 2 }, e: false },
  { a: [1], d: { f: { g: 0 } } },
  { a: 'text', d: { f: {} } },
  { constructor: 1, toString: 'own' },
];

test.each(values.flatMap((before) => values.map((after) => [before, after] as const)))(
  '%j becomes %j',
  (before, after) => {
    expect(apply(before, mergePatch(before, after))).toEqual(after);
  },
);

test('what is the same is not sent', () => {
  expect(mergePatch({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: 1, c: 3 }, d: [1] })).toEqual({ a: { c: 3 } });
  expect(mergePatch({ a: 1 }, { a: 1 })).toEqual({});
});

test('a null is found wherever it stands, except in lists, which are sent whole', () => {
  expect(nullIn({ a: { b: { c: null } } })).toBe('a.b.c');
  expect(nullIn({ a: [null], b: 0, c: '' })).toBeUndefined();
});
