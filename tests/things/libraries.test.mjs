/** Others' libraries speak to the worker unchanged: npm `standardwebhooks` signs, the CloudEvents SDK writes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CloudEvent, emitterFor, HTTP, Mode } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { call, Device, vars } from '../worker/lib/house.mjs';
import { openWorker } from '../worker/lib/runtime.mjs';

let worker;

before(async () => {
  worker = await openWorker({ vars });
});
after(() => worker?.stop());

/** Posts a body with what the library says of its signature. */
function post(device, webhook, body, kind, at = new Date()) {
  const id = `msg_${Math.random().toString(36).slice(2)}`;
  const headers = {
    'content-type': kind,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': webhook.sign(id, at, body),
  };
  return call(`POST /v1/devices/${device.id}/events`, { body, headers, token: null, worker });
}

test('an event of the CloudEvents SDK, signed by standardwebhooks, is accepted', async () => {
  const device = await Device.register({}, worker);
  const webhook = new Webhook(device.secret);
  const answers = [];
  const emit = emitterFor(
    async ({ headers, body }) => {
      answers.push(await post(device, webhook, body, headers['content-type']));
    },
    { mode: Mode.STRUCTURED },
  );
  for (const [index, grams] of [100, 250.5].entries()) {
    const sequence = String(index + 1);
    const type = 'vitrine.scale.weight.v1';
    await emit(new CloudEvent({ type, source: '/shelf', data: { grams, stable: true }, sequence, note: 'kept' }));
  }
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.results[0].status]),
    [
      [200, 'accepted'],
      [200, 'accepted'],
    ],
  );
  const { body } = await call(`GET /v1/devices/${device.id}/events`, { worker });
  assert.deepEqual(
    body.items.map(({ data }) => data.grams),
    [100, 250.5],
  );
});

test('a batch of the SDK’s events is accepted', async () => {
  const device = await Device.register({ kind: 'footfall' }, worker);
  const events = [1, 2, 3].map((number) => {
    const data = { in: number, out: 0, seconds: 60 };
    return new CloudEvent({ type: 'vitrine.footfall.count.v1', source: '/door', data, sequence: String(number) });
  });
  const body = JSON.stringify(events);
  const answer = await post(device, new Webhook(device.secret), body, 'application/cloudevents-batch+json');
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.deepEqual(
    answer.body.results.map(({ status }) => status),
    ['accepted', 'accepted', 'accepted'],
  );
});

test('the SDK’s binary mode is refused with the reason, because the signature does not cover headers', async () => {
  const device = await Device.register({}, worker);
  const event = new CloudEvent({
    type: 'vitrine.scale.weight.v1',
    source: '/shelf',
    data: { grams: 1 },
    sequence: '1',
  });
  const { headers, body } = HTTP.binary(event);
  const webhook = new Webhook(device.secret);
  const id = 'msg_binary';
  const answer = await call(`POST /v1/devices/${device.id}/events`, {
    body,
    token: null,
    worker,
    headers: {
      ...headers,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': webhook.sign(id, new Date(), body),
    },
  });
  assert.equal(answer.status, 415);
  assert.match(answer.body.detail, /signature/);
});

test('what standardwebhooks would refuse is refused: another secret, another body, another time', async () => {
  const device = await Device.register({}, worker);
  const kind = 'application/cloudevents+json';
  const body = JSON.stringify(device.event({ grams: 1 }));
  const [right, wrong] = [new Webhook(device.secret), new Webhook(`whsec_${Buffer.alloc(32, 9).toString('base64')}`)];
  const refused = [
    await post(device, wrong, body, kind),
    await post(device, right, body, kind, new Date(Date.now() - 301_000)),
    await post(device, right, body, kind, new Date(Date.now() + 310_000)),
  ];
  assert.deepEqual(
    refused.map(({ status }) => status),
    [401, 401, 401],
  );
  assert.equal((await post(device, right, body, kind)).status, 200);
});
