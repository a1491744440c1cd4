/** How much the whole shop may send at once: what is too much is refused whole, and taken in when it comes again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Device, vars } from './lib/house.mjs';
import { openWorker } from './lib/runtime.mjs';

test('the rate of the shop is held over all its devices, and nothing of what is too much is stored', async () => {
  const LIMITS = JSON.stringify({ shopPerSecond: 20, shopBurst: 60 });
  const worker = await openWorker({ vars: { ...vars, LIMITS } });
  try {
    // Each device's object takes in a hundred before it has asked the shop for the first time.
    const devices = [await Device.register({}, worker), await Device.register({}, worker)];
    const accepted = new Map(devices.map((device) => [device, 0]));
    let refused;
    for (let batch = 0; !refused && batch < 60; batch += 1) {
      const device = devices[batch % 2];
      const events = Array.from({ length: 20 }, (_, n) => device.event({ grams: n }));
      const answer = await device.send(events);
      if (answer.status === 429) refused = { device, events, answer };
      else accepted.set(device, accepted.get(device) + events.length);
    }
    assert.ok(refused, 'so much is never refused');
    const { device, events, answer } = refused;
    const seconds = Number(answer.headers.get('retry-after'));
    assert.ok(Number.isInteger(seconds) && seconds >= 1, `Retry-After: ${seconds}`);
    assert.match(answer.body.detail, /nothing of it was stored/);
    for (const one of devices) assert.equal((await one.read()).counts.accepted, accepted.get(one));
    let again = answer;
    for (let times = 0; again.status === 429 && times < 20; times += 1) {
      await pause(1000 * Number(again.headers.get('retry-after')));
      again = await device.send(events);
    }
    assert.equal(again.status, 200);
    assert.ok(again.body.results.every(({ status }) => status === 'accepted'));
  } finally {
    await worker.stop();
  }
});
