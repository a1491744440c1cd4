/** From the device into the database and to open pages: roll-ups, stock, orders, the live connection, the proof. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { call, Device, freshId, shopifySecret, until } from './lib/house.mjs';
import { listen } from './lib/live.mjs';

const steady = { settleSeconds: 0 };

test('readings become rows per minute, hour and day that add up', async () => {
  const device = await Device.register({ kind: 'cold-chain' });
  const at = (minute, second) => new Date(Date.UTC(2026, 4, 4, 9, minute, second)).toISOString();
  const type = 'vitrine.cold-chain.temperature.v1';
  const events = [
    device.event({ celsius: 4.5 }, { type, time: at(58, 10) }),
    device.event({ celsius: 5.25 }, { type, time: at(58, 50) }),
    device.event({ celsius: -1 }, { type, time: at(59, 0) }),
    device.event({ celsius: 3 }, { type, time: at(60, 30) }),
  ];
  await device.send(events);
  const rows = (resolution) =>
    call(`GET /v1/devices/${device.id}/readings?metric=cold.celsius&resolution=${resolution}`);
  const { body: minutes } = await until(
    () => rows('minute'),
    ({ body }) => body.items?.length === 3,
  );
  assert.deepEqual(minutes.items[0], {
    metric: 'cold.celsius',
    start: '2026-05-04T09:58:00.000Z',
    count: 2,
    sum: 9.75,
    min: 4.5,
    max: 5.25,
    last: 5.25,
    lastAt: at(58, 50),
  });
  const { body: hours } = await rows('hour');
  assert.deepEqual(
    hours.items.map(({ start, count, sum, min, max, last }) => [start, count, sum, min, max, last]),
    [
      ['2026-05-04T09:00:00.000Z', 3, 8.75, -1, 5.25, -1],
      ['2026-05-04T10:00:00.000Z', 1, 3, 3, 3, 3],
    ],
  );
  const { body: days } = await rows('day');
  assert.deepEqual(
    days.items.map(({ count, sum, last }) => [count, sum, last]),
    [[4, 11.75, 3]],
  );
  await device.send(device.event({ celsius: 10 }, { type, time: at(58, 55) }));
  await until(
    () => rows('day'),
    ({ body }) => body.items[0].count === 5 && body.items[0].max === 10,
  );
  const later = await call(`GET /v1/devices/${device.id}/readings?resolution=minute&from=${at(59, 0)}&to=${at(60, 0)}`);
  assert.deepEqual([...new Set(later.body.items.map(({ start }) => start))], ['2026-05-04T09:59:00.000Z']);
});

test('a scale makes stock, orders make another count, and a disagreement is shown', async () => {
  const sku = freshId('tea');
  const device = await Device.register({ sku, config: { unitGrams: 100, tareGrams: 500, ...steady } });
  await device.send([device.event({ grams: 1500 }), device.event({ grams: 1500 })]);
  const stock = () => call(`GET /v1/stock/${sku}`);
  const { body } = await until(stock, ({ body }) => body.items?.length === 1);
  assert.deepEqual([body.items[0].units, body.items[0].agreed, body.items[0].sources[0].state], [10, true, 'exact']);

  const countedAt = new Date(Date.now() - 60_000).toISOString();
  const counted = await call(`PUT /v1/stock/${sku}/count`, { body: { site: 'main', units: 12, countedAt } });
  assert.equal(counted.status, 200);
  const order = { id: freshId('order'), placedAt: new Date().toISOString(), site: 'main', lines: [{ sku, units: 1 }] };
  assert.deepEqual((await call('POST /v1/orders', { body: order })).status, 201);
  const { body: after } = await stock();
  const ordered = after.items[0].sources.find(({ kind }) => kind === 'ordered');
  assert.deepEqual(
    [after.items[0].units, ordered.units, after.items[0].agreed, after.items[0].spread],
    [10, 11, false, 1],
  );

  const cancelled = { ...order, status: 'cancelled', updatedAt: new Date(Date.now() + 1000).toISOString() };
  assert.equal((await call('POST /v1/orders', { body: cancelled })).status, 201);
  const { body: back } = await stock();
  assert.equal(back.items[0].sources.find(({ kind }) => kind === 'ordered').units, 12);
  const older = { ...order, updatedAt: order.placedAt };
  assert.deepEqual((await call('POST /v1/orders', { body: older })).body.status, 'duplicate');
});

test('an order counts once, contradicts itself in vain, and is read again', async () => {
  const order = { id: freshId('order'), placedAt: '2026-05-04T10:00:00.000Z', lines: [{ sku: 'tea', units: 2 }] };
  const first = await call('POST /v1/orders', { body: order });
  assert.deepEqual([first.status, first.body], [201, { id: order.id, status: 'accepted' }]);
  const again = await call('POST /v1/orders', { body: order });
  assert.deepEqual([again.status, again.body.status], [200, 'duplicate']);
  const other = await call('POST /v1/orders', { body: { ...order, lines: [{ sku: 'tea', units: 3 }] } });
  assert.equal(other.status, 409);
  const wrong = await call('POST /v1/orders', { body: { ...order, id: freshId(), lines: [] } });
  assert.deepEqual([wrong.status, wrong.body.errors[0].pointer], [400, '/lines']);
  assert.deepEqual((await call(`GET /v1/orders/${order.id}`)).body.lines, order.lines);
  const { body: list } = await call('GET /v1/orders?limit=200');
  assert.ok(list.items.some(({ id }) => id === order.id));
});

test('an order webhook of Shopify is taken by its own signature', async () => {
  const id = Math.floor(Math.random() * 1e12);
  const order = {
    id,
    created_at: '2026-05-04T12:00:00+02:00',
    updated_at: '2026-05-04T12:00:00+02:00',
    cancelled_at: null,
    currency: 'EUR',
    line_items: [{ id: 1, sku: 'tea', quantity: 2, price: '3.50' }],
  };
  const send = (body, { secret = shopifySecret, topic = 'orders/create' } = {}) =>
    call('POST /v1/orders', {
      body,
      token: null,
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': topic,
        'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      },
    });
  const text = JSON.stringify(order);
  assert.equal((await send(text, { secret: 'another' })).status, 401);
  assert.deepEqual((await send(text)).body, { id: `shopify-${id}`, status: 'accepted' });
  assert.deepEqual((await send(text)).body.status, 'duplicate');
  const { body } = await call(`GET /v1/orders/shopify-${id}`);
  assert.deepEqual([body.lines[0].units, body.placedAt], [2, '2026-05-04T10:00:00.000Z']);
  assert.equal((await send(text, { topic: 'orders/paid' })).status, 422);
  const bare = JSON.stringify({ ...order, id: id + 1, line_items: [{ id: 1, sku: null, quantity: 1 }] });
  assert.deepEqual((await send(bare)).body.status, 'ignored');
});

test('an open page is told of stock within two seconds, resumes without a gap, and hears only stock', async () => {
  const sku = freshId('tea');
  const device = await Device.register({ sku, config: { unitGrams: 100, tareGrams: 0, ...steady } });
  const { body: key } = await call('POST /v1/storefront-keys', {
    body: { origins: ['https://a.example'], label: 'a' },
  });
  const page = await listen({ token: key.key, origin: 'https://a.example' });
  const console_ = await listen({});
  assert.equal(page.frames[0].topic, 'hello');

  const begun = performance.now();
  await device.send(device.event({ grams: 700 }));
  const first = await page.next((frame) => frame.topic === 'stock' && frame.body.sku === sku);
  assert.ok(performance.now() - begun < 2000, `it took ${performance.now() - begun} ms`);
  assert.equal(first.body.units, 7);
  await console_.next((frame) => frame.topic === 'device' && frame.body.id === device.id);
  assert.equal(await page.ping(), 'pong');
  page.close();

  await device.send(device.event({ grams: 600 }));
  await console_.next((frame) => frame.topic === 'stock' && frame.body.units === 6);
  await device.send(device.event({ grams: 500 }));
  await console_.next((frame) => frame.topic === 'stock' && frame.body.units === 5);
  const again = await listen({ token: key.key, origin: 'https://a.example', since: first.id });
  await again.next((frame) => frame.topic === 'stock' && frame.body.sku === sku && frame.body.units === 5);
  const mine = again.frames.filter(({ topic, body }) => topic === 'stock' && body.sku === sku);
  assert.deepEqual(
    mine.map(({ body }) => body.units),
    [6, 5],
  );
  assert.deepEqual([...new Set(again.frames.map(({ topic }) => topic))].sort(), ['hello', 'stock']);
  again.close();

  const ahead = await listen({ since: 2 ** 40 });
  await ahead.next((frame) => frame.topic === 'reset');
  ahead.close();
  console_.close();
});

test('a count that settles by itself is told without another reading, and so is silence', async () => {
  const sku = freshId('tea');
  const config = { unitGrams: 100, tareGrams: 0, settleSeconds: 1, silentAfterSeconds: 10 };
  const device = await Device.register({ sku, config });
  const page = await listen({});
  await device.send([device.event({ grams: 300 }), device.event({ grams: 300 })]);
  await page.next(({ topic, body }) => topic === 'stock' && body.sku === sku && body.units === 3);
  await device.send(device.event({ grams: 800 }));
  await page.next(({ topic, body }) => topic === 'stock' && body.sku === sku && body.units === 8);
  await page.next(({ topic, body }) => topic === 'alarm' && body.device === device.id && body.active, 14_000);
  assert.equal((await device.read()).state, 'silent');
  await device.send(device.event({ grams: 800 }));
  await page.next(({ topic, body }) => topic === 'alarm' && body.device === device.id && !body.active);
  page.close();
});

test('a live connection needs a credential, and ends when it is withdrawn', async () => {
  await assert.rejects(listen({ token: null }));
  await assert.rejects(listen({ token: `vat_${'A'.repeat(43)}` }));
  const { body: token } = await call('POST /v1/tokens', { body: { role: 'viewer', label: 'page' } });
  const page = await listen({ token: token.token });
  await call(`DELETE /v1/tokens/${token.id}`);
  assert.equal(await page.closed, 4401);
  const plain = await call('GET /v1/live');
  assert.equal(plain.status, 426);
});

test('the proof finds every row as the events give it', async () => {
  const device = await Device.register({ kind: 'footfall' });
  const type = 'vitrine.footfall.count.v1';
  await device.send([1, 2, 3].map((n) => device.event({ in: n, out: 0, seconds: 60 }, { type })));
  await until(
    () => call(`GET /v1/devices/${device.id}/readings?resolution=day&metric=footfall.in`),
    ({ body }) => body.items?.[0]?.sum === 6,
  );
  const found = { devices: 0, rows: 0, differing: [] };
  for (let cursor; ; ) {
    const { status, body } = await call('POST /v1/rollups/proof', { body: { cursor, devices: 50 } });
    assert.equal(status, 200, JSON.stringify(body));
    found.devices += body.devices;
    found.rows += body.rows;
    found.differing.push(...body.differing);
    assert.deepEqual(body.unsettled, []);
    cursor = body.cursor;
    if (!cursor) break;
  }
  assert.deepEqual(found.differing, []);
  assert.ok(found.devices > 0 && found.rows > 10);
});

test('health and figures are there for machines', async () => {
  assert.deepEqual((await call('GET /healthz', { token: null })).body, { status: 'ok' });
  assert.equal((await call('GET /metrics', { token: null })).status, 401);
  const { status, headers, body } = await call('GET /metrics');
  assert.equal(status, 200);
  assert.match(headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  assert.match(body, /^vitrine_events_total\{kind="scale",status="accepted"\} \d+$/m);
  for (const line of body.trim().split('\n')) assert.match(line, /^(# (HELP|TYPE) .+|[a-z_]+(\{[^}]*\})? -?\d+)$/);
});
