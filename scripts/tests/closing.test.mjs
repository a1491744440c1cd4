/** The closing lines of each runner in use are found in its log, coloured or not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closingLines } from '../lib/closing.mjs';

const logs = {
  'cargo-nextest':
    '   PASS [   0.1s] catalog money\n     Summary [   2.1s] 120 tests run: 119 passed, 1 failed, 2 skipped',
  'cargo test': 'running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored',
  vitest:
    '\u001b[2m Test Files \u001b[22m \u001b[32m3 passed\u001b[39m (3)\n\u001b[2m      Tests \u001b[22m 12 passed (12)',
  'node --test': '✔ adds (1 ms)\nℹ tests 4\nℹ pass 4\nℹ fail 0',
};
const expected = { 'cargo-nextest': 1, 'cargo test': 1, vitest: 2, 'node --test': 3 };

for (const [runner, log] of Object.entries(logs)) {
  test(`${runner} closes with ${expected[runner]} lines`, () =>
    assert.equal(closingLines(log).length, expected[runner]));
}
