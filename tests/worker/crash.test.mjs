/**
 * Any mixture of duplicates, reorderings, retries and crashes gives the state of each event once, in order: the worker is
 * killed while events are under way, started again, and compared with a device that got the same in peace.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, Device, until, vars } from './lib/house.mjs';
import { openWorker } from './lib/runtime.mjs';

/** Numbers that look random and are the same for a seed (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const seed = Number(process.env.VITRINE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const rounds = Number(process.env.VITRINE_CRASHES ?? 3);

/** What must not depend on how the events came. */
const told = ({ last, stock, twin, pending }) => ({
  last,
  stock: stock.map(({ sku, source }) => [sku, source.units, source.state]),
  reported: twin.reported,
  pending,
});

test(`events count once and in order, however they come (VITRINE_SEED=${seed})`, async () => {
  const next = random(seed);
  const pick = (most) => Math.floor(next() * most);
  const worker = await openWorker({ vars });
  try {
    const setup = { sku: 'tea', config: { unitGrams: 100, tareGrams: 0, settleSeconds: 0 } };
    const troubled = await Device.register(setup, worker);
    const peaceful = await Device.register(setup, worker);
    const start = Date.now() - 3_600_000;
    const make = (device, n) => {
      const more = { time: new Date(start + n * 1000).toISOString() };
      if (n % 17 === 0) {
        const data = { version: 0, reported: { n } };
        return device.event(data, { type: 'vitrine.twin.reported.v1', ...more });
      }
      return device.event({ grams: 100 * (1 + ((n * 7) % 23)) }, more);
    };
    const total = 240;
    const events = Array.from({ length: total }, (_, n) => make(troubled, n));
    const calm = Array.from({ length: total }, (_, n) => make(peaceful, n));
    for (let from = 0; from < total; from += 60) {
      assert.equal((await peaceful.send(calm.slice(from, from + 60))).status, 200);
    }

    // Every event waits here until it is acknowledged; some are sent although they were.
    const waiting = new Map(events.map((event) => [event.id, event]));
    const accepted = new Set();
    let crashes = 0;
    const deliver = async () => {
      while (waiting.size > 0) {
        const open = [...waiting.values()];
        const batch = Array.from({ length: 1 + pick(12) }, () => open[Math.min(open.length - 1, pick(30))]);
        if (next() < 0.3) batch.push(events[pick(total)]);
        const answer = await troubled.send([...new Set(batch)]).catch(() => undefined);
        if (answer === undefined || answer.status >= 500) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          continue;
        }
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        for (const { id, status } of answer.body.results) {
          assert.ok(status === 'accepted' || status === 'duplicate', JSON.stringify(answer.body));
          if (status === 'accepted') {
            assert.ok(!accepted.has(id), `${id} was accepted twice`);
            accepted.add(id);
          }
          waiting.delete(id);
        }
      }
    };
    const trouble = async () => {
      while (crashes < rounds && waiting.size > 0) {
        await new Promise((resolve) => setTimeout(resolve, 100 + pick(600)));
        await worker.kill();
        crashes += 1;
        await worker.start();
      }
    };
    await Promise.all([deliver(), deliver(), deliver(), trouble()]);

    const [one, other] = [await troubled.read(), await peaceful.read()];
    assert.equal(one.counts.accepted, total);
    assert.deepEqual(told(one), told(other));
    const day = (device) => call(`GET /v1/devices/${device.id}/readings?resolution=day&limit=200`, { worker });
    const still = (rows) => rows.body.items?.map(({ metric, start, ...row }) => [metric, start, row]);
    const wanted = still(
      await until(
        () => day(peaceful),
        ({ body }) => body.items?.find(({ metric }) => metric === 'events')?.count === total,
        40_000,
      ),
    );
    await until(
      () => day(troubled),
      (rows) => JSON.stringify(still(rows)) === JSON.stringify(wanted),
      40_000,
    );
    const { body: proof } = await call('POST /v1/rollups/proof', { body: {}, worker });
    assert.deepEqual([proof.differing, proof.unsettled], [[], []]);
    console.log(`${crashes} crashes, ${one.counts.duplicate} duplicates counted`);
  } finally {
    await worker.stop();
  }
});
