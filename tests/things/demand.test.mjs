/**
 * Invented demand whose truth is known, sent to the real worker as orders and weights of days gone by: what the worker
 * forecasts from them, in slices one of which is cut off, is held against that truth.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inHouse } from '../../scripts/lib/house.mjs';
import { openWorker } from '../worker/lib/runtime.mjs';
import { vitrine, wideLimits } from './lib/rig.mjs';

const token = `vat_${randomBytes(32).toString('base64url')}`;
const round = '2-59/5 * * * *';
/** Four of each character: more than a slice takes. */
const products = 28;
const folder = mkdtempSync(join(tmpdir(), 'vitrine-demand-'));
let worker;
let truth;
const forecasts = new Map();

async function get(path) {
  const response = await fetch(`${worker.address}/v1/${path}`, { headers: { authorization: `Bearer ${token}` } });
  assert.ok(response.ok, `${path}: ${response.status}`);
  return response.json();
}

/** Lets the clock strike once; a worker that is killed meanwhile gives no answer. */
const strike = () => worker.scheduled(round).catch(() => undefined);

/** Sends what `vitrine simulate demand` invents. */
async function simulate(command, words) {
  const child = spawn(
    command,
    ['simulate', 'demand', '--catalogue', inHouse('demo/catalogue.jsonl'), '--url', worker.address, ...words],
    { env: { ...process.env, VITRINE_TOKEN: token }, stdio: ['ignore', 'inherit', 'pipe'] },
  );
  process.on('exit', () => child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += bytes;
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  assert.equal(code, 0, said);
  return said;
}

before(async () => {
  const command = await vitrine();
  const hash = createHash('sha256').update(token).digest('hex');
  worker = await openWorker({ vars: { OWNER_TOKEN_SHA256: hash, LIMITS: wideLimits } });
  const file = join(folder, 'truth.json');
  const words = ['--products', String(products), '--seed', '11', '--stocktake', '--weighed', 'harbour-street'];
  await simulate(command, [...words, '--truth', file]);
  truth = JSON.parse(readFileSync(file, 'utf8'));
});

after(async () => {
  await worker?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sum = (values) => values.reduce((all, value) => all + value, 0);
const mean = (values) => sum(values) / values.length;
const of = (character) => truth.ordered.filter((product) => product.character === character);
const forecastOf = ({ sku }) => forecasts.get(sku).forecast;

test('a round that is cut off goes on where it was, and computes nothing twice', { timeout: 240_000 }, async () => {
  const cut = strike();
  let some = [];
  for (const until = Date.now() + 60_000; some.length < 3; ) {
    ({ items: some } = await get('forecasts?limit=200'));
    assert.ok(Date.now() < until, 'no forecast was computed');
  }
  await worker.kill();
  await cut;
  await worker.start();
  const { items: kept } = await get('forecasts?limit=200');
  assert.ok(kept.length >= some.length && kept.length <= products, `${kept.length} were kept`);
  let entries = kept;
  for (
    const until = Date.now() + 120_000;
    entries.length < products + 1 || (await get('forecasts/trends')).items.length === 0;
  ) {
    assert.ok(Date.now() < until, `${entries.length} of ${products + 1} are there`);
    await strike();
    ({ items: entries } = await get('forecasts?limit=200'));
  }
  for (const { sku, computedAt } of kept) {
    assert.equal(entries.find((entry) => entry.sku === sku).computedAt, computedAt, sku);
  }
  for (const { sku } of entries) forecasts.set(sku, (await get(`forecasts/${sku}`)).items[0]);
  for (const { sku, stock } of entries) {
    if (sku !== truth.weighed.sku) assert.ok(stock.runOut.at(-1) >= stock.runOut[0], sku);
  }
});

test('histories are what was ordered, and what left the scale where nothing was', () => {
  for (const { sku, days } of truth.ordered) {
    const { source, history } = forecasts.get(sku);
    assert.equal(source, 'orders');
    assert.ok(history.units.length > days - 40 && history.units.length <= days, `${sku}: ${history.units.length}`);
  }
  const { source, forecast } = forecasts.get(truth.weighed.sku);
  assert.equal(source, 'scales');
  const ratio = sum(forecast.mean) / sum(truth.weighed.expected);
  assert.ok(ratio > 0.85 && ratio < 1.15, `${ratio} times what is true`);
});

test('intervals hold what comes: nine days of ten, and half of them', () => {
  const share = (low, high) => {
    const inside = truth.ordered.flatMap((product) => {
      const { levels, quantiles } = forecastOf(product);
      const [from, to] = [quantiles[levels.indexOf(low)], quantiles[levels.indexOf(high)]];
      return product.wanted.map((units, at) => (units >= from[at] - 1e-9 && units <= to[at] + 1e-9 ? 1 : 0));
    });
    return mean(inside);
  };
  const [nine, half] = [share(0.05, 0.95), share(0.25, 0.75)];
  // Counts that are mostly nothing lie within any interval, so that shares come out above what is promised.
  assert.ok(nine > 0.85 && nine < 0.98, `nine of ten: ${nine}`);
  assert.ok(half > 0.45 && half < 0.75, `half: ${half}`);
});

test('sums are right, product by product and altogether', () => {
  const all = truth.ordered.map((product) => [product, sum(forecastOf(product).mean), sum(product.expected)]);
  for (const [{ sku, character }, found, expected] of all) {
    if (character === 'slow') assert.ok(Math.abs(found - expected) < 4, `${sku}: ${found} for ${expected}`);
    else {
      // Whether what has just doubled goes on growing, four weeks cannot tell.
      const off = character === 'taking-off' ? 1.5 : 1.25;
      assert.ok(found / expected > 1 / off && found / expected < off, `${sku}, ${character}: ${found} for ${expected}`);
    }
  }
  const ratio = sum(all.map(([, found]) => found)) / sum(all.map(([, , expected]) => expected));
  assert.ok(ratio > 0.93 && ratio < 1.07, `${ratio}`);
});

test('the week is found', () => {
  for (const product of [...of('weekend'), ...of('steady')]) {
    const { dates, mean: found } = forecastOf(product);
    const weekdays = (values) =>
      [0, 1, 2, 3, 4, 5, 6].map((weekday) =>
        mean(values.filter((_, at) => new Date(dates[at]).getUTCDay() === weekday)),
      );
    const [is, should] = [weekdays(found), weekdays(product.expected)];
    const [a, b] = [is.map((value) => value - mean(is)), should.map((value) => value - mean(should))];
    const together =
      sum(a.map((value, at) => value * b[at])) / Math.sqrt(sum(a.map((v) => v * v)) * sum(b.map((v) => v * v)));
    assert.ok(together > 0.85, `${product.sku}: ${together}`);
  }
});

test('trends point where they should', () => {
  const moved = (character) =>
    mean(
      of(character).map((product) => {
        const early = forecasts.get(product.sku).history.units.slice(0, 91);
        return mean(forecastOf(product).mean) / mean(early);
      }),
    );
  const [growing, steady, fading] = ['growing', 'steady', 'fading'].map(moved);
  assert.ok(growing > 1.5 && fading < 0.8, `${growing}, ${fading}`);
  assert.ok(steady > 0.88 && steady < 1.12, `${steady}`);
});

test('the sale of every year is a peak ahead, at its day and about its size', async () => {
  const { items: peaks } = await get('forecasts/peaks?limit=200');
  for (const { sku, sale } of of('sale')) {
    const peak = peaks.find((each) => each.sku === sku);
    assert.ok(peak, `${sku} has no peak`);
    assert.equal(peak.date, sale[0], sku);
    assert.ok(peak.times > sale[1] * 0.6 && peak.times < sale[1] * 1.6, `${sku}: ${peak.times}`);
  }
  const invented = peaks.filter(({ sku }) => !of('sale').some((product) => product.sku === sku));
  assert.ok(invented.length <= 1, JSON.stringify(invented));
});

test('what takes off is told, and what does not is not', async () => {
  const { items: trends } = await get('forecasts/trends?limit=200');
  const rising = new Set(trends.filter(({ kind }) => kind !== 'fallen').map(({ sku }) => sku));
  const taking = of('taking-off').filter(({ sku }) => rising.has(sku));
  assert.ok(taking.length >= 3, JSON.stringify(trends));
  for (const { sku, character } of [...of('steady'), ...of('fading'), ...of('slow')]) {
    assert.ok(!trends.some((trend) => trend.sku === sku && trend.kind === 'taking-off'), `${sku} is ${character}`);
  }
});

test('slow movers are counted, not smeared', () => {
  for (const product of of('slow')) {
    const { model, quantiles } = forecastOf(product);
    assert.match(model, /tsb|imapa|croston|level/);
    assert.ok(quantiles.flat().every(Number.isInteger), product.sku);
  }
});
