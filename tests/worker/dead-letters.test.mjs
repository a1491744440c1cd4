/** A message that fails is tried again, then kept with its reason, and arrives once it is replayed. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { call, Device, until, vars } from './lib/house.mjs';
import { openWorker } from './lib/runtime.mjs';

/** The shop's database as it lies on the disk. */
function database({ state }) {
  const folder = join(state, 'v3/d1/miniflare-D1DatabaseObject');
  const [file] = readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  return new DatabaseSync(join(folder, file));
}

test('what the database does not take is kept, and arrives once it does', async () => {
  const worker = await openWorker({ vars });
  try {
    const device = await Device.register({ kind: 'footfall' }, worker);
    const readings = () => call(`GET /v1/devices/${device.id}/readings?metric=footfall.in`, { worker });
    const letters = () => call('GET /v1/dead-letters', { worker });

    const broken = database(worker);
    broken.exec(`CREATE TRIGGER broken BEFORE INSERT ON rollups BEGIN SELECT raise(ABORT, 'no room'); END`);
    broken.close();
    const type = 'vitrine.footfall.count.v1';
    assert.equal((await device.send(device.event({ in: 3, out: 1, seconds: 60 }, { type }))).status, 200);
    const { body } = await until(letters, ({ body }) => body.items.length > 0, 40_000);
    const letter = body.items[0];
    assert.match(letter.reason, /no room/);
    assert.deepEqual([letter.body.device.id, letter.attempts], [device.id, 4]);
    assert.equal((await readings()).body.items.length, 0);

    const mended = database(worker);
    mended.exec('DROP TRIGGER broken');
    mended.close();
    assert.equal((await call(`POST /v1/dead-letters/${letter.id}/replay`, { worker })).status, 204);
    await until(readings, ({ body }) => body.items[0]?.sum === 3);
    assert.ok(!(await letters()).body.items.some(({ id }) => id === letter.id));
    assert.equal((await call(`POST /v1/dead-letters/${letter.id}/replay`, { worker })).status, 404);
  } finally {
    await worker.stop();
  }
});

test('the proof finds what was changed behind its back, and puts it right', async () => {
  const worker = await openWorker({ vars });
  try {
    const device = await Device.register({ kind: 'footfall' }, worker);
    const type = 'vitrine.footfall.count.v1';
    await device.send([1, 2, 3].map((n) => device.event({ in: n, out: 0, seconds: 60 }, { type })));
    const day = () => call(`GET /v1/devices/${device.id}/readings?metric=footfall.in&resolution=day`, { worker });
    await until(day, ({ body }) => body.items[0]?.sum === 6);
    const prove = async (repair) => (await call('POST /v1/rollups/proof', { body: { repair }, worker })).body;
    assert.deepEqual((await prove(false)).differing, []);

    const file = database(worker);
    file.exec("UPDATE rollups SET sum = sum + 1000 WHERE metric = 'footfall.in' AND resolution <> 'hour'");
    const today = Math.floor(Date.now() / 86_400_000) * 86_400_000;
    file.exec(`INSERT INTO rollups VALUES ('${device.id}', 'day', 'scale.grams', ${today}, 1, 1, 1, 1, 1, 1, 1)`);
    file.close();
    const found = await prove(true);
    const told = found.differing.map(({ metric, resolution }) => `${resolution} ${metric}`).sort();
    assert.deepEqual(told, ['day footfall.in', 'day scale.grams', 'minute footfall.in']);
    assert.equal(found.repaired, 3);
    await until(day, ({ body }) => body.items[0]?.sum === 6);
    assert.deepEqual((await prove(false)).differing, []);
    assert.equal((await worker.scheduled('*/10 2-4 * * *')).status, 200);
  } finally {
    await worker.stop();
  }
});
