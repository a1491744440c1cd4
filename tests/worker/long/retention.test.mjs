/** What a device's object keeps of a hundred thousand events and more: the latest of them, and the sums of all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, Device, until, vars } from '../lib/house.mjs';
import { openWorker } from '../lib/runtime.mjs';

const kept = 100_000;
const sent = kept + 1500;
const wide = { devicePerSecond: 100_000, deviceBurst: 200_000, shopPerSecond: 100_000, shopBurst: 1_000_000 };

test('of more than are kept the oldest go; what was added up stays', { timeout: 900_000 }, async () => {
  const worker = await openWorker({ vars: { ...vars, LIMITS: JSON.stringify(wide) } });
  try {
    const device = await Device.register({}, worker);
    for (let n = 0; n < sent; n += 500) {
      const batch = Array.from({ length: 500 }, (_, k) => device.event({ grams: (n + k) % 1000 }));
      const { status, body } = await device.send(batch);
      assert.equal(status, 200, JSON.stringify(body).slice(0, 300));
    }
    const oldest = async () =>
      (await call(`GET /v1/devices/${device.id}/events?limit=1`, { worker })).body.items[0].position;
    // The object clears when its alarm rings, which is at most half a minute after something came.
    await until(oldest, (position) => position > sent - kept - 500, 180_000);
    const first = await oldest();
    assert.ok(first <= sent - kept + 1, `the oldest kept is ${first}, which is too young`);
    const { counts } = await device.read();
    assert.equal(counts.accepted, sent);
    const days = () => call(`GET /v1/devices/${device.id}/readings?metric=scale.grams&resolution=day`, { worker });
    const { body } = await until(
      days,
      ({ body }) => body.items.reduce((sum, { count }) => sum + count, 0) === sent,
      60_000,
    );
    const sum = body.items.reduce((total, day) => total + day.sum, 0);
    assert.equal(
      sum,
      Array.from({ length: sent }, (_, n) => n % 1000).reduce((total, grams) => total + grams, 0),
    );
    // The newest is still known: sent again it is a repetition.
    const again = { ...device.event({ grams: 1 }), id: `e${sent}`, sequence: String(sent) };
    assert.ok(['duplicate', 'refused'].includes((await device.send([again])).body.results[0].status));
  } finally {
    await worker.stop();
  }
});
