/** Devices: registration, keys and their rotation, revocation, twin, lists, stored events. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { test } from 'node:test';
import { call, Device, freshId, sign } from './lib/house.mjs';

test('an id is registered once, and what is wrong is named field by field', async () => {
  const device = await Device.register();
  const again = { id: device.id, kind: 'scale', site: 'main' };
  assert.equal((await call('POST /v1/devices', { body: again })).status, 409);
  const cases = [
    [{ kind: 'scale', site: 'main' }, '/id'],
    [{ id: 'UPPER', kind: 'scale', site: 'main' }, '/id'],
    [{ id: freshId(), site: 'main' }, '/kind'],
    [{ id: freshId(), kind: 'scale', site: 'no site' }, '/site'],
    [{ id: freshId(), kind: 'scale', site: 'main', sku: 'a b' }, '/sku'],
    [{ id: freshId(), kind: 'scale', site: 'main', config: { unitGrams: -1 } }, '/config/unitGrams'],
    [{ id: freshId(), kind: 'scale', site: 'main', config: { maxCelsius: 4 } }, '/config/maxCelsius'],
    [{ id: freshId(), kind: 'scale', site: 'main', limits: { burst: 100_000 } }, '/limits/burst'],
    [{ id: freshId(), kind: 'scale', site: 'main', key: { algorithm: 'v1a', publicKey: 'whpk_x' } }, '/publicKey'],
  ];
  for (const [body, pointer] of cases) {
    const answer = await call('POST /v1/devices', { body });
    assert.deepEqual([answer.status, answer.body.errors?.[0].pointer], [400, pointer], JSON.stringify(answer.body));
  }
});

test('two keys hold during a rotation, a third is refused, and a withdrawn one ends at once', async () => {
  const device = await Device.register();
  const keys = `/v1/devices/${device.id}/keys`;
  const second = await call(`POST ${keys}`, { body: {} });
  assert.equal(second.status, 201);
  assert.equal((await call(`POST ${keys}`, { body: {} })).status, 409);
  assert.equal((await device.send(device.event({ grams: 1 }))).status, 200);
  assert.equal((await device.send(device.event({ grams: 2 }), { secret: second.body.secret })).status, 200);
  const [old, present] = (await device.read()).keys;
  assert.ok(old.expiresAt && !present.expiresAt && old.lastUsedAt && present.lastUsedAt);
  assert.equal((await call(`DELETE ${keys}/${old.id}`)).status, 204);
  assert.equal((await device.send(device.event({ grams: 3 }))).status, 401);
  device.sequence -= 1;
  assert.equal((await device.send(device.event({ grams: 3 }), { secret: second.body.secret })).status, 200);
});

test('a key may be made to end with the next one', async () => {
  const device = await Device.register();
  const body = { expireOthersAfterSeconds: 0 };
  const { body: next } = await call(`POST /v1/devices/${device.id}/keys`, { body });
  assert.equal((await device.send(device.event({ grams: 1 }))).status, 401);
  device.sequence -= 1;
  assert.equal((await device.send(device.event({ grams: 1 }), { secret: next.secret })).status, 200);
});

test('a device signs with ed25519, by a key of its own', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = { algorithm: 'v1a', publicKey: `whpk_${raw.toString('base64')}` };
  const device = await Device.register({ key });
  assert.equal(device.secret, undefined);
  const body = JSON.stringify(device.event({ grams: 5 }));
  const headers = sign('whsec_', body);
  const signature = (text) =>
    signWith(null, Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`), privateKey);
  const send = (text) =>
    call(`POST /v1/devices/${device.id}/events`, {
      body,
      token: null,
      headers: {
        ...headers,
        'content-type': 'application/cloudevents+json',
        'webhook-signature': `v1a,${signature(text).toString('base64')}`,
      },
    });
  assert.equal((await send(`${body} `)).status, 401);
  assert.equal((await send(body)).status, 200);
});

test('a revoked device is shut out at once and for good', async () => {
  const device = await Device.register();
  await device.send(device.event({ grams: 1 }));
  const path = `PATCH /v1/devices/${device.id}`;
  const { body: revoked } = await call(path, { body: { revoked: true } });
  assert.equal(revoked.state, 'revoked');
  assert.equal((await device.send(device.event({ grams: 2 }))).status, 401);
  assert.equal((await call(path, { body: { name: 'x' } })).status, 409);
  assert.equal((await call(`POST /v1/devices/${device.id}/keys`, { body: {} })).status, 409);
  const { body: listed } = await call('GET /v1/devices?state=revoked&limit=200');
  assert.ok(listed.items.some((item) => item.id === device.id));
});

test('a changed setting holds from there on, and what is left out stays', async () => {
  const device = await Device.register({ name: 'one', sku: 'tea', config: { unitGrams: 100 } });
  const path = `PATCH /v1/devices/${device.id}`;
  const { body } = await call(path, { body: { name: 'two', config: { unitGrams: 250, tareGrams: 50 } } });
  assert.deepEqual([body.name, body.sku, body.config], ['two', 'tea', { unitGrams: 250, tareGrams: 50 }]);
  assert.equal((await call(path, { body: { sku: null } })).body.sku, undefined);
  assert.equal((await call(path, { body: { config: { unitGrams: 'x' } } })).status, 400);
  assert.deepEqual((await device.read()).config, { unitGrams: 250, tareGrams: 50 });
});

test('the twin: a patch makes a version, the device learns of it, applies it and reports', async () => {
  const device = await Device.register();
  const path = `/v1/devices/${device.id}/twin`;
  const first = await call(`PATCH ${path}`, { body: { interval: 5, led: { on: true } } });
  assert.deepEqual([first.headers.get('etag'), first.body.desiredVersion], ['"1"', 1]);
  const stale = await call(`PATCH ${path}`, { body: { interval: 6 }, headers: { 'if-match': '"0"' } });
  assert.equal(stale.status, 412);
  const merged = await call(`PATCH ${path}`, {
    body: { led: { on: null, colour: 'red' } },
    headers: { 'if-match': '"1"' },
  });
  assert.deepEqual(merged.body.desired, { interval: 5, led: { colour: 'red' } });

  const told = await device.send(device.event({ grams: 1 }));
  assert.deepEqual(told.body.twin, { version: 2, desired: { interval: 5, led: { colour: 'red' } } });
  const report = { version: 2, reported: { interval: 5, battery: 80 } };
  const reported = await device.send(device.event(report, { type: 'vitrine.twin.reported.v1' }));
  assert.equal(reported.body.twin, undefined);
  const own = await call(`GET ${path}`, { token: null, headers: sign(device.secret, '') });
  assert.equal(own.status, 200);
  assert.deepEqual([own.body.reported, own.body.reportedVersion], [{ interval: 5, battery: 80 }, 2]);
  assert.equal((await call(`GET ${path}`, { token: null, headers: sign('whsec_AAAA', '') })).status, 401);
});

test('stored events come back in the order in which they came, page by page, unknown fields kept', async () => {
  const device = await Device.register();
  const events = [1, 2, 3, 4, 5].map((n) => device.event({ grams: n, colour: 'red' }, { region: 'north' }));
  await device.send(events);
  const seen = [];
  for (let path = `/v1/devices/${device.id}/events?limit=2`; path; ) {
    const { body } = await call(`GET ${path}`);
    seen.push(...body.items);
    path = body.next && `/v1/devices/${device.id}/events?limit=2&cursor=${body.next}`;
  }
  assert.deepEqual(
    seen.map(({ position, id, sequence, data }) => [position, id, sequence, data]),
    [1, 2, 3, 4, 5].map((n) => [n, `e${n}`, n, { grams: n, colour: 'red' }]),
  );
  assert.equal((await call(`GET /v1/devices/${freshId()}/events`)).status, 404);
});

test('lists are cut into pages that lose and repeat nothing', async () => {
  const site = freshId('site');
  const ids = [];
  for (let n = 0; n < 5; n += 1) ids.push((await Device.register({ site })).id);
  const seen = [];
  for (let path = `/v1/devices?site=${site}&limit=2`; path; ) {
    const { body } = await call(`GET ${path}`);
    seen.push(...body.items.map((item) => item.id));
    path = body.next && `/v1/devices?site=${site}&limit=2&cursor=${body.next}`;
  }
  assert.deepEqual(seen, ids.sort());
});

test('each type of event has its schema, open to all', async () => {
  const { body } = await call('GET /v1/event-types', { token: null });
  const names = body.items.map(({ type }) => type);
  assert.ok(names.includes('vitrine.cold-chain.temperature.v1') && names.length >= 7);
  const { body: schema } = await call('GET /v1/event-types/vitrine.scale.weight.v1', { token: null });
  assert.deepEqual(schema.required, ['grams']);
  assert.equal((await call('GET /v1/event-types/none', { token: null })).status, 404);
});
