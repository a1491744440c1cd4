/** Forecasts: of series that are sent, with each thing that can be wrong with them; and of what was ordered and weighed, by the clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, Device, freshId, house, owner } from './lib/house.mjs';

const day = 86_400_000;
const iso = (milliseconds) => new Date(milliseconds).toISOString();
const date = (milliseconds) => iso(milliseconds).slice(0, 10);
const today = Math.floor(Date.now() / day) * day;
const round = '2-59/5 * * * *';

/** So many days of sales with a weekend. */
const rows = (count, value = (at) => 20 + (at % 7 > 4 ? 10 : 0) + ((at * 7919) % 5)) =>
  Array.from({ length: count }, (_, at) => ({ date: date(Date.UTC(2026, 0, 5) + at * day), value: value(at) }));
const ask = (body, how) => call('POST /v1/forecasts/demand', { body, ...how });

test('a series that is sent is forecast: the week comes back, and the goods are reckoned with', async () => {
  const { status, body } = await ask({ rows: rows(112), horizon: 14, stock: { onHand: 100, leadTime: 5, pack: 6 } });
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.every, body.dates[0], body.mean.length], ['day', '2026-04-27', 14]);
  assert.deepEqual([body.levels, body.quantiles.length], [[0.05, 0.25, 0.5, 0.75, 0.95], 5]);
  for (const at of [5, 6]) assert.ok(body.mean[at] > body.mean[at - 3] + 6, `${body.mean}`);
  for (const [at, mean] of body.mean.entries()) {
    const { level, trend, season, event } = body.parts;
    assert.ok(Math.abs(level[at] + trend[at] + season[at] + event[at] - mean) < 1e-6);
    assert.ok(body.quantiles.every((quantile, rank) => rank === 0 || quantile[at] >= body.quantiles[rank - 1][at]));
  }
  assert.ok(body.validation.scaledError < 1, JSON.stringify(body.validation));
  const { stock } = body;
  assert.deepEqual([stock.units, stock.dates, stock.reorder.pack], [100, body.dates, 6]);
  assert.ok(stock.runOut.every((risk, at) => risk >= 0 && risk <= 1 && (at === 0 || risk >= stock.runOut[at - 1])));
  assert.ok(['2026-04-30', '2026-05-01'].includes(stock.outBy), stock.outBy);
  assert.ok(stock.reorder.quantity > 0 && stock.reorder.quantity % 6 === 0, JSON.stringify(stock.reorder));
});

test('what is wrong with a series is said with its place', async () => {
  const good = rows(30);
  const wrong = [
    [{ rows: [] }, 400, '/rows', /at least three/],
    [{ rows: good.slice(0, 1) }, 422, '/rows', /3 known values are needed at least, and there are only 1/],
    [{ rows: good.map(({ date }) => ({ date, value: null })) }, 422, '/rows', /no value is known/],
    [{ rows: [...good, { date: '2026-03-01', value: -4 }] }, 400, '/rows/30/value', /0 or more/],
    [{ rows: [...good, { date: 'yesterday', value: 4 }] }, 400, '/rows/30/date', /`yesterday` is not a date/],
    [{ rows: [...good, { date: '2026-02-30', value: 4 }] }, 400, '/rows/30/date', /is not a date/],
    [{ rows: [...good, { date: '2026-03-01', value: 1e200 }] }, 422, '/rows', /too large/],
    [{ rows: [good[0], { date: '9999-12-31', value: 1 }, good[1]] }, 422, '/rows', /more than the 100000 allowed/],
    [{ rows: rows(10_001) }, 400, '/rows', /10001 rows; 10000 at most/],
    [{ rows: good, horizon: 0 }, 400, '/horizon', /1 to 400/],
    [{ rows: good, horizon: 401 }, 400, '/horizon', /1 to 400/],
    [{ rows: good, levels: [0.9, 0.1] }, 400, '/levels', /rise/],
    [{ rows: good, levels: [0, 0.5] }, 400, '/levels', /between 0 and 1/],
    [{ rows: good, levels: Array(26).fill(0.5) }, 400, '/levels', /25 at most/],
    [{ rows: good, stock: { onHand: -1 } }, 400, '/stock/onHand', /0 to/],
    [{ rows: good, horizon: 5, stock: { onHand: 1 } }, 400, '/stock/leadTime', /the horizon, which is 5/],
    [{ rows: good, horizon: 7, stock: { onHand: 1 } }, 400, '/stock', /forecast further ahead/],
    [{ rows: good, stock: { onHand: 1, service: 1 } }, 400, '/stock/service', /between 0 and 1/],
    [{ rows: good, stock: { onHand: 1, pack: 0 } }, 400, '/stock/pack', /above 0/],
  ];
  for (const [body, status, pointer, detail] of wrong) {
    const answer = await ask(body);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.equal(answer.body.errors?.[0]?.pointer, pointer, JSON.stringify(answer.body));
    assert.match(answer.body.detail, detail);
  }
  const text = (value) => `{"rows":[{"date":"2026-01-01","value":${value}}]}`;
  const headers = { 'content-type': 'application/json' };
  for (const [body, detail] of [
    [text('NaN'), /not JSON/],
    [text('Infinity'), /not JSON/],
    [text('1e999'), /out of range/],
    [text('"4"'), /expected f64/],
    [text('1').replace('rows', 'row'), /unknown field `row`/],
  ]) {
    const answer = await ask(body, { headers });
    assert.deepEqual([answer.status, detail.test(answer.body.detail)], [400, true], JSON.stringify(answer.body));
  }
  const bytes = new Uint8Array([...new TextEncoder().encode('{"rows":[{"date":"'), 0xff, 0xfe, 0x22]);
  assert.equal((await ask(bytes, { headers })).status, 400);
  assert.equal(
    (await ask(`{"rows":[${'{"date":"2026-01-01","value":1},'.repeat(1_000_000)}`, { headers })).status,
    413,
  );
  assert.equal((await ask({ rows: good }, { token: null })).status, 401);
});

test('what is odd but sound is answered soundly', async () => {
  const one = async (body) => {
    const answer = await ask(body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };
  const straight = await one({ rows: rows(60), horizon: 7 });
  const mixed = [...rows(60)].reverse();
  mixed.push({ ...mixed[0] });
  const unsorted = await one({ rows: mixed, horizon: 7 });
  assert.deepEqual(unsorted.mean, straight.mean);
  assert.deepEqual([unsorted.notes.sorted, unsorted.notes.repeated, straight.notes.sorted], [false, 1, true]);
  const constant = await one({ rows: rows(60, () => 7), horizon: 7 });
  for (const mean of constant.mean) assert.ok(Math.abs(mean - 7) < 1e-6, `${constant.mean}`);
  const zeros = await one({ rows: rows(60, () => 0), horizon: 7, stock: { onHand: 3, leadTime: 3 } });
  assert.deepEqual(
    [zeros.mean.every((mean) => mean === 0), zeros.stock.runOut.at(-1), zeros.stock.reorder.quantity],
    [true, 0, 0],
  );
  const gaps = await one({ rows: rows(90).filter((_, at) => at % 11 !== 3), silence: 'unknown', horizon: 7 });
  assert.deepEqual([gaps.notes.missing, gaps.notes.silenceIsZero], [8, false]);
  assert.ok(
    gaps.mean.every((mean) => mean > 15),
    `${gaps.mean}`,
  );
  const out = rows(70).map((row, at) => (at > 50 && at < 60 ? { ...row, value: 0, outOfStock: true } : row));
  const seen = await one({ rows: out, horizon: 7 });
  assert.equal(seen.notes.outOfStock, 9);
  assert.ok(
    seen.mean.every((mean) => mean > 15),
    `${seen.mean}`,
  );
  const three = await one({ rows: rows(3), horizon: 7 });
  assert.deepEqual([three.mean.length, three.validation], [7, undefined]);
  const long = await one({ rows: rows(10_000), horizon: 400, levels: [0.5] });
  assert.deepEqual([long.mean.length, long.quantiles.length, long.mean.every(Number.isFinite)], [400, 1, true]);
});

/** Posts orders of one product, one a day, `units` by the days back from today. */
async function order(sku, site, back, units) {
  for (let at = back; at >= 1; at -= 1) {
    const pieces = units(at);
    if (pieces === 0) continue;
    const placedAt = iso(today - at * day + 10 * 3_600_000);
    const { status } = await call('POST /v1/orders', {
      body: { id: freshId('order'), placedAt, site, lines: [{ sku, units: pieces }] },
    });
    assert.equal(status, 201);
  }
}

/** Lets the clock strike until nothing is due: a stroke may only end a round that others began, so two must change nothing. */
async function strike() {
  const { scheduled } = await house();
  const made = async () => {
    const { body } = await call('GET /v1/forecasts?limit=200');
    return JSON.stringify(body.items.map(({ sku, site, computedAt }) => [sku, site, computedAt]));
  };
  let last = await made();
  for (let same = 0; same < 2; ) {
    assert.ok((await scheduled(round)).ok);
    const now = await made();
    same = now === last ? same + 1 : 0;
    last = now;
  }
}

const forecastOf = async (sku) => (await call(`GET /v1/forecasts/${sku}`)).body.items;

test('orders become demand, a forecast by the clock, and risks of the stock of this moment', async () => {
  const sku = freshId('tea');
  assert.deepEqual(await forecastOf(sku), []);
  assert.equal((await call('GET /v1/forecasts/a%20b')).status, 404);
  await order(sku, 'main', 60, (at) => (at % 7 < 2 ? 6 : 3));
  const cancelled = {
    id: freshId('order'),
    placedAt: iso(today - 3 * day),
    site: 'main',
    lines: [{ sku, units: 500 }],
  };
  await call('POST /v1/orders', { body: cancelled });
  await call('POST /v1/orders', { body: { ...cancelled, status: 'cancelled', updatedAt: iso(today - 2 * day) } });
  await call(`PUT /v1/stock/${sku}/count`, { body: { site: 'main', units: 30 } });
  await strike();
  const [made] = await forecastOf(sku);
  assert.deepEqual([made.source, made.history.from, made.history.units.length], ['orders', date(today - 60 * day), 60]);
  assert.ok(Math.max(...made.history.units) === 6, 'what was cancelled was never wanted');
  assert.deepEqual([made.forecast.dates[0], made.forecast.mean.length], [date(today), 28]);
  assert.match(made.historyHash, /^[0-9a-f]{64}$/);

  const { body: listed } = await call('GET /v1/forecasts?limit=200');
  const entry = listed.items.find((each) => each.sku === sku);
  assert.deepEqual([entry.site, entry.model, entry.stock.units], ['main', made.forecast.model, 30]);
  assert.ok(Math.abs(entry.expected - made.forecast.mean.reduce((sum, mean) => sum + mean, 0)) < 1e-6);
  const outlook = async (query = '') => (await call(`GET /v1/stock/${sku}/outlook${query}`)).body.items[0];
  const before = await outlook();
  assert.equal(before.runOut.length, 28);
  assert.ok(before.outBy > date(today + 4 * day) && before.outBy < date(today + 12 * day), before.outBy);
  await call(`PUT /v1/stock/${sku}/count`, { body: { site: 'main', units: 300 } });
  const after = await outlook('?leadTime=14&service=0.9&pack=12');
  assert.deepEqual([after.outBy, after.reorder.quantity, after.reorder.leadTime], [undefined, 0, 14]);
  assert.deepEqual(after.computedAt, before.computedAt, 'the risk is new, the forecast is not');
  assert.equal((await call(`GET /v1/stock/${sku}/outlook?leadTime=21`)).status, 400);
  assert.equal((await call(`GET /v1/stock/${sku}/outlook?service=1`)).status, 400);

  // Nothing changed: nothing is computed. An order of a day that is over: that one is.
  await strike();
  assert.deepEqual((await forecastOf(sku))[0].computedAt, made.computedAt);
  const late = { id: freshId('order'), placedAt: iso(today - 2 * day), site: 'main', lines: [{ sku, units: 1 }] };
  await call('POST /v1/orders', { body: late });
  await strike();
  const [anew] = await forecastOf(sku);
  assert.notEqual(anew.historyHash, made.historyHash);
  // An order of today changes no day that is over.
  await call('POST /v1/orders', { body: { ...late, id: freshId('order'), placedAt: iso(Date.now()) } });
  await strike();
  assert.deepEqual((await forecastOf(sku))[0].computedAt, anew.computedAt);
});

test('a product that is never ordered is forecast by what left its scale, and days of an empty shelf are told', async () => {
  const sku = freshId('jam');
  const device = await Device.register({ sku, config: { unitGrams: 100, tareGrams: 0, settleSeconds: 0 } });
  const events = [];
  let left = 12;
  for (let at = 40; at >= 1; at -= 1) {
    const empty = at <= 14 && at > 11;
    if (empty) left = 0;
    else if (left < 4 || at === 11) left = 12;
    for (const hour of [6, 12, 18]) {
      if (hour > 6 && !empty) left -= 1;
      const time = iso(today - at * day + hour * 3_600_000);
      events.push(device.event({ grams: left * 100 }, { time }));
    }
  }
  for (let at = 0; at < events.length; at += 60) {
    const { status, body } = await device.send(events.slice(at, at + 60));
    assert.ok(status < 300, JSON.stringify(body));
  }
  for (const until = Date.now() + 20_000; ; ) {
    const { body } = await call(`GET /v1/devices/${device.id}/readings?metric=scale.units&resolution=day`);
    if (body.items?.reduce((sum, { count }) => sum + count, 0) === events.length) break;
    assert.ok(Date.now() < until, JSON.stringify(body).slice(0, 300));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await strike();
  const [made] = await forecastOf(sku);
  assert.equal(made.source, 'scales', JSON.stringify(made).slice(0, 300));
  assert.deepEqual(
    made.history.outOfStock,
    [14, 13, 12].map((at) => date(today - at * day)),
  );
  const known = made.history.units.filter(
    (_, at) => !made.history.outOfStock.includes(date(Date.parse(made.history.from) + at * day)),
  );
  assert.deepEqual([...new Set(known.slice(0, 20))], [2], `${made.history.units}`);
  assert.equal(made.forecast.notes.outOfStock, 3);
  const mean = made.forecast.mean.reduce((sum, value) => sum + value, 0) / 28;
  assert.ok(Math.abs(mean - 2) < 0.3, `${made.forecast.mean}`);
});

test('a history that allows no forecast is kept with the reason, and holds nothing up', async () => {
  const sku = freshId('new');
  await order(sku, 'main', 2, () => 1);
  await strike();
  const [made] = await forecastOf(sku);
  assert.deepEqual([made.forecast, made.history.units], [undefined, [1, 1]]);
  assert.match(made.problem, /3 known values are needed/);
});

test('peaks and trends are lists of the whole shop, and a storefront key sees none of it', async () => {
  for (const path of ['/v1/forecasts/peaks', '/v1/forecasts/trends', '/v1/forecasts']) {
    const { status, body } = await call(`GET ${path}?limit=1`);
    assert.equal(status, 200);
    assert.ok(body.items.length <= 1);
    assert.equal((await call(`GET ${path}?limit=0`)).status, 400);
    assert.equal((await call(`GET ${path}?cursor=bad`)).status, 400);
  }
  const origin = 'https://forecasts.example';
  const { body: key } = await call('POST /v1/storefront-keys', { body: { origins: [origin], label: 'a' } });
  for (const path of ['/v1/forecasts', '/v1/forecasts/tea', '/v1/stock/tea/outlook']) {
    assert.equal((await call(`GET ${path}`, { token: key.key, headers: { origin } })).status, 403, path);
  }
  assert.equal((await call('GET /v1/stock/tea', { token: key.key, headers: { origin } })).status, 200);
  const { body: viewer } = await call('POST /v1/tokens', { body: { role: 'viewer', label: 'sees' } });
  assert.equal((await ask({ rows: rows(20) }, { token: viewer.token })).status, 200);
  assert.equal((await call('GET /v1/forecasts', { token: viewer.token })).status, 200);
  assert.ok(owner);
});
