/** Licence expressions are met exactly where an allowed licence can be chosen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAllowed } from '../lib/spdx.mjs';

const allowed = new Set(['MIT', 'Apache-2.0', 'Apache-2.0 WITH LLVM-exception', 'Unicode-3.0']);
const cases = [
  ['MIT', true],
  ['GPL-3.0-only', false],
  ['GPL-3.0-only OR MIT', true],
  ['MIT/Apache-2.0', true],
  ['MIT AND GPL-3.0-only', false],
  ['(MIT OR GPL-3.0-only) AND Unicode-3.0', true],
  ['(MIT OR Apache-2.0) AND LGPL-3.0-or-later', false],
  ['MIT OR Apache-2.0 AND GPL-3.0-only', true],
  ['Apache-2.0 WITH LLVM-exception', true],
  ['MIT WITH Some-exception', false],
  ['(MIT', false],
  ['MIT Apache-2.0', false],
  ['', false],
];

for (const [expression, met] of cases) {
  test(`"${expression}" is ${met ? '' : 'not '}allowed`, () => assert.equal(isAllowed(expression, allowed), met));
}
