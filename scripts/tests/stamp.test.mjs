/** An output is made again exactly when an input changed or the output is gone. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import { inHouse } from '../lib/house.mjs';
import { unlessUnchanged } from '../lib/stamp.mjs';

const folder = 'build/stamp-test';
const input = `${folder}/input`;
const output = `${folder}/output`;
let made;
const make = () =>
  unlessUnchanged('stamp-test', { inputs: [input], outputs: [output] }, async () => {
    made += 1;
    writeFileSync(inHouse(output), 'made');
  });

beforeEach(() => {
  rmSync(inHouse(folder), { recursive: true, force: true });
  rmSync(inHouse('build/stamps/stamp-test'), { force: true });
  mkdirSync(inHouse(input), { recursive: true });
  writeFileSync(inHouse(`${input}/one`), '1');
  made = 0;
});

test('nothing is made twice from the same inputs', async () => {
  await make();
  assert.equal(await make(), 'unchanged');
  assert.equal(made, 1);
});

for (const [what, change] of [
  ['content', () => writeFileSync(inHouse(`${input}/one`), '2')],
  ['a new file', () => writeFileSync(inHouse(`${input}/two`), '')],
  ['a lost output', () => rmSync(inHouse(output))],
]) {
  test(`${what} makes it again`, async () => {
    await make();
    change();
    await make();
    assert.equal(made, 2);
  });
}

test('what tools write beside sources is no input', async () => {
  await make();
  mkdirSync(inHouse(`${input}/node_modules`));
  writeFileSync(inHouse(`${input}/node_modules/x`), 'x');
  await make();
  assert.equal(made, 1);
});

test('a failed making leaves no stamp', async () => {
  const paths = { inputs: [input], outputs: [input] };
  await assert.rejects(unlessUnchanged('stamp-test', paths, async () => Promise.reject(new Error('no'))));
  await unlessUnchanged('stamp-test', paths, async () => {
    made += 1;
  });
  assert.equal(made, 1);
});
