/** The schemas that are published and the checks that are made agree: Ajv and the worker judge the same data alike. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { call, Device, vars } from '../worker/lib/house.mjs';
import { openWorker } from '../worker/lib/runtime.mjs';
import { wideLimits } from './lib/rig.mjs';

/** Data of each type. */
const cases = 400;
/** Fixed, so that a failure comes again. */
const seed = 7;
let worker;

before(async () => {
  worker = await openWorker({ vars: { ...vars, LIMITS: wideLimits } });
});
after(() => worker?.stop());

const anything = fc.constantFrom(null, true, '12', [], [1], {}, 1e300, -0.0, 0.5);
const tags = fc.oneof(
  { weight: 40, arbitrary: fc.nat().map((serial) => `urn:epc:id:sgtin:0614141.812345.${serial}`) },
  {
    weight: 40,
    arbitrary: fc.nat().map((serial) => (0x3074257bf7194e4000000000n + BigInt(serial)).toString(16).toUpperCase()),
  },
  fc.constantFrom('3174257BF7194E4000001A85', 'urn:epc:id:sgtin:0614141.812345.01', 5),
);

/** Values of a property at, beside and beyond its limits, as its schema says them. */
function fitting({ type, minimum, maximum, maxItems }) {
  const beside = [minimum, maximum, minimum - 0.001, maximum + 0.001, maximum * 10 + 1, maximum + 1];
  if (type === 'number') {
    const within = fc.double({ min: minimum, max: maximum, noNaN: true });
    return fc.oneof({ weight: 4, arbitrary: within }, fc.constantFrom(...beside));
  }
  if (type === 'integer') {
    const within = fc.integer({ min: minimum, max: Math.min(maximum, 2 ** 52) });
    return fc.oneof({ weight: 5, arbitrary: within }, fc.constantFrom(...beside.filter(Number.isSafeInteger), 0.5));
  }
  if (type === 'boolean') return fc.boolean();
  if (type === 'array') {
    const many = (length) => Array.from({ length }, () => '3074257BF7194E4000001A85');
    const few = fc.array(tags, { maxLength: 5 });
    return fc.oneof({ weight: 30, arbitrary: few }, fc.constantFrom(many(maxItems), many(maxItems + 1)));
  }
  return fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.integer(), { maxKeys: 4 });
}

/** `data` of a type: most fields there, some missing or of another kind, one that is not known. */
function datas({ properties, required }) {
  const fields = Object.entries(properties).map(([name, property]) => {
    const value = fc.oneof({ weight: 9, arbitrary: fitting(property) }, anything);
    return fc.option(
      value.map((one) => [name, one]),
      { nil: undefined, freq: required.includes(name) ? 14 : 3 },
    );
  });
  const unknown = fc.option(fc.constant(['batteryVolts', [{}]]), { nil: undefined, freq: 1 });
  return fc.tuple(...fields, unknown).map((pairs) => Object.fromEntries(pairs.filter(Boolean)));
}

/** The device that may send a type, ordered by time, so that what is refused leaves no gap. */
const sender = (kind) => Device.register({ kind, ordering: 'time' }, worker);

test('data is taken where its schema takes it, and a refusal points at what is wrong', async () => {
  const { body: types } = await call('GET /v1/event-types', { token: null, worker });
  assert.ok(types.items.length >= 5, `${types.items.length} types`);
  const judged = { taken: 0, refused: 0 };
  for (const { type: name, kinds, schema } of types.items) {
    // `x-max-bytes` is ours: it bounds the text of an object, which JSON Schema has no word for.
    const ajv = new Ajv({ strict: false });
    assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`);
    const valid = ajv.compile(schema);
    const device = await sender(kinds[0]);
    const samples = fc.sample(datas(schema), { numRuns: cases, seed });
    for (let at = 0; at < samples.length; at += 50) {
      const part = samples.slice(at, at + 50);
      // What is sent is what a validator reads: numbers that JSON writes as others are not compared.
      const events = part.map((data) => device.event(JSON.parse(JSON.stringify(data)), { type: name }));
      const answer = await device.send(events);
      assert.ok([200, 207].includes(answer.status), JSON.stringify(answer.body).slice(0, 300));
      for (const [index, { status, error }] of answer.body.results.entries()) {
        const { data } = events[index];
        const fits = valid(data);
        judged[fits ? 'taken' : 'refused'] += 1;
        const said = `${name} ${JSON.stringify(data).slice(0, 200)}: ${status} ${JSON.stringify(error)}`;
        assert.equal(error?.code !== 'invalid-data', fits, `${said}, where Ajv says ${ajv.errorsText(valid.errors)}`);
        if (fits) continue;
        const [, root, field] = error.pointer.split('/');
        assert.equal(root, 'data', said);
        assert.ok(field in schema.properties, said);
      }
    }
  }
  // Neither side of the comparison is empty.
  assert.ok(judged.taken > 300 && judged.refused > 300, JSON.stringify(judged));
});
