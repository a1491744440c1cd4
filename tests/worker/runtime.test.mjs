/** The worker starts, serves the shop's files beside its own addresses, and outlives being killed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorker } from './lib/runtime.mjs';

test('it answers, serves the shop, comes back after a power cut, and leaves no process', async () => {
  const worker = await openWorker();
  try {
    assert.equal((await fetch(`${worker.address}/healthz`)).status, 200);
    const shop = await fetch(`${worker.address}/`);
    assert.match(await shop.text(), /<!doctype html>/i);
    await worker.kill();
    await assert.rejects(fetch(`${worker.address}/healthz`));
    await worker.start();
    assert.equal((await fetch(`${worker.address}/healthz`)).status, 200);
    assert.equal((await worker.scheduled('*/5 * * * *')).status, 200);
  } finally {
    await worker.stop();
  }
  await assert.rejects(fetch(`${worker.address}/healthz`));
});
