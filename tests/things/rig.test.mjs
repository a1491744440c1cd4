/** A fleet with every fault, and the worker killed under it: nothing is lost, doubled, misplaced or falsely accepted. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { rig, vitrine } from './lib/rig.mjs';

let command;

before(async () => {
  command = await vitrine();
});

test('ten devices with every fault, and the worker killed once, come out clean', { timeout: 240_000 }, async () => {
  const { code, verdict, counts, kills } = await rig({ command, devices: 10, events: 1000, rate: 150, kills: 1 });
  assert.equal(code, 0, verdict);
  assert.equal(kills, 1, verdict);
  const nothing = { lost: 0, doubled: 0, misplaced: 0, 'falsely accepted': 0, refused: 0, undelivered: 0 };
  assert.deepEqual(counts, nothing, verdict);
  assert.match(verdict, /^1000 events of 10 devices, 1000 acknowledged, [1-9]/, verdict);
});
