/** The webhook: who may send, what is taken, what is answered, and that nothing counts twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, Device, freshId, sign, until } from './lib/house.mjs';

test('a signed event is stored once, and the device shows it', async () => {
  const device = await Device.register();
  const event = device.event({ grams: 1250 });
  const first = await device.send(event);
  assert.equal(first.status, 200);
  assert.deepEqual(first.body, { results: [{ id: 'e1', status: 'accepted' }] });
  assert.ok(Math.abs(Date.parse(first.headers.get('date')) - Date.now()) < 5000);
  const again = await device.send(event);
  assert.deepEqual([again.status, again.body.results[0].status], [200, 'duplicate']);
  const shown = await device.read();
  assert.deepEqual(shown.counts, { accepted: 1, duplicate: 1, late: 0, refused: 0 });
  assert.equal(shown.last['scale.grams'].value, 1250);
  assert.equal(shown.state, 'live');
});

test('what is not signed rightly is refused, and every refusal is alike', async () => {
  const device = await Device.register();
  const event = device.event({ grams: 1 });
  const body = JSON.stringify(event);
  const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const refusals = [
    await device.send(event, { secret: other }),
    await device.send(event, { at: Date.now() - 301_000 }),
    await device.send(event, { at: Date.now() + 301_000 }),
    await device.send(event, { raw: `${body} `, headers: sign(device.secret, body) }),
    await device.send(event, { headers: { 'webhook-signature': '' } }),
    await call(`POST /v1/devices/${freshId()}/events`, {
      body,
      token: null,
      headers: { 'content-type': 'application/cloudevents+json', ...sign(device.secret, body) },
    }),
    await call('POST /v1/devices/NO.SUCH/events', {
      body,
      token: null,
      headers: { 'content-type': 'application/cloudevents+json', ...sign(device.secret, body) },
    }),
  ];
  const told = ({ status, headers, body }) => {
    const { instance, ...rest } = body;
    assert.equal(instance, headers.get('x-request-id'));
    const names = [...headers.keys()].sort().join();
    return JSON.stringify([status, rest, names, headers.get('www-authenticate')]);
  };
  assert.equal(refusals[0].status, 401);
  assert.equal(new Set(refusals.map(told)).size, 1, refusals.map(told).join('\n'));
  assert.equal((await device.read()).counts.accepted, 0);
});

test('a batch gets a result for each event, and 207 where some are refused', async () => {
  const device = await Device.register();
  const events = [device.event({ grams: 1 }), device.event({ grams: 'heavy' }), device.event({ grams: 3 })];
  const { status, body } = await device.send(events);
  assert.equal(status, 207);
  assert.deepEqual(
    body.results.map((result) => result.status),
    ['accepted', 'refused', 'accepted'],
  );
  assert.deepEqual([body.results[1].error.code, body.results[1].error.pointer], ['invalid-data', '/data/grams']);
  const shown = await until(
    () => device.read(),
    (device) => device.refusals.length === 1,
  );
  assert.equal(shown.refusals[0].code, 'invalid-data');
  assert.deepEqual(shown.gaps, [{ epoch: 0, from: 2, to: 2, open: true }]);
});

test('a single event that is refused is a problem that carries its result', async () => {
  const device = await Device.register();
  const { status, headers, body } = await device.send(device.event({}, { type: 'vitrine.scale.colour.v1' }));
  assert.equal(status, 422);
  assert.match(headers.get('content-type'), /application\/problem\+json/);
  assert.equal(body.result.error.code, 'unknown-type');
  assert.match(body.detail, /vitrine\.scale\.weight\.v1/);
});

test('bodies of another kind, length or form are told so', async () => {
  const device = await Device.register();
  const event = device.event({ grams: 1 });
  const binary = await device.send(event, { headers: { 'content-type': 'application/json', 'ce-specversion': '1.0' } });
  assert.equal(binary.status, 415);
  assert.match(binary.body.detail, /signature does not cover headers/);
  assert.equal((await device.send(event, { raw: ' '.repeat(256 * 1024 + 1) })).status, 413);
  assert.equal((await device.send(event, { raw: '{' })).status, 400);
  assert.equal((await device.send([])).status, 400);
});

test('a sequence tells gaps, an event fills its gap in its place, and one id is one content', async () => {
  const device = await Device.register({ config: { unitGrams: 100, tareGrams: 0 }, sku: 'tea' });
  const [one, two, three] = [1, 2, 3].map((n) => device.event({ grams: n * 100 }));
  await device.send(one);
  await device.send(three);
  const gap = await device.read();
  assert.deepEqual([gap.pending, gap.gaps.length], [1, 1]);
  await device.send(two);
  const filled = await device.read();
  assert.deepEqual([filled.pending, filled.gaps.length, filled.last['scale.grams'].value], [0, 0, 300]);
  const reused = await device.send({ ...three, data: { grams: 999 } });
  assert.equal(reused.body.result.error.code, 'id-reused');
  const taken = await device.send({ ...three, id: 'other' });
  assert.equal(taken.body.result.error.code, 'sequence-reused');
});

test('the rate of a device is held, and nothing of what is too much is stored', async () => {
  const device = await Device.register({ limits: { eventsPerSecond: 1, burst: 9 } });
  let [accepted, refused, more] = [0];
  // The bucket fills while a slow machine sends, but not as fast as three at a time take from it.
  for (let tries = 0; !refused && tries < 20; tries += 1) {
    more = [1, 2, 3].map((n) => device.event({ grams: n }));
    const answer = await device.send(more);
    if (answer.status === 429) refused = answer;
    else accepted += more.length;
  }
  assert.ok(Number(refused.headers.get('retry-after')) >= 1);
  assert.equal((await device.read()).counts.accepted, accepted);
  await new Promise((resolve) => setTimeout(resolve, 1000 * Number(refused.headers.get('retry-after'))));
  assert.equal((await device.send(more)).status, 200);
});
