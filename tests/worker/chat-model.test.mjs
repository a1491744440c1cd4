/** With a language model bound: it proposes, and whatever goes wrong with it, the assistant answers by itself and in time. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { Chat, one, parse, stockShelves, words } from './lib/chat.mjs';
import { call, until, vars } from './lib/house.mjs';
import { openModel } from './lib/model.mjs';
import { openWorker } from './lib/runtime.mjs';

/** How long a turn waits for the model. */
const timeoutMilliseconds = 2500;
/** Words that mean nothing to the assistant, so that only the model's proposal can make sense of them. */
const riddle = 'zxqw vvrt plmk';
const delivery = JSON.stringify({ commands: [{ command: 'policy', query: 'What does delivery cost?' }] });

let behave;
let model;
let worker;

const settings = (more = {}) =>
  JSON.stringify({
    name: 'stub-1',
    url: model.url,
    timeoutMilliseconds,
    inputPrice: 1,
    outputPrice: 2,
    perDay: 100,
    ...more,
  });

describe('conversations with a language model', () => {
  before(async () => {
    model = await openModel((count, body) => behave(count, body));
    worker = await openWorker({ vars: { ...vars, MODEL: settings(), MODEL_KEY: 'a key of the endpoint' } });
    await stockShelves(worker);
  });

  beforeEach(() => {
    model.calls.length = 0;
    behave = () => ({ text: delivery });
  });

  after(async () => {
    await worker?.stop();
    await model?.close();
  });

  const chat = () => new Chat({ worker });

  /** The turn, and how long it took. */
  async function timed(text) {
    const begun = performance.now();
    const events = await chat().say(text);
    return { events, milliseconds: performance.now() - begun };
  }

  test('what it proposes is answered from the shop’s own texts', async () => {
    const events = await chat().say(riddle);
    assert.match(words(events), /€4\.90/);
    const [{ path, headers, body }] = model.calls;
    assert.equal(path, '/v1/chat/completions');
    assert.equal(headers.authorization, 'Bearer a key of the endpoint');
    assert.equal(body.model, 'stub-1');
    assert.equal(body.stream, true);
    assert.equal(body.messages.at(-1).content, riddle);
    assert.equal(body.response_format.json_schema.schema.type, 'object');
    assert.ok(body.max_tokens > 0);
  });

  test('its own words are never shown, and what does not fit is dropped', async () => {
    for (const text of [
      'The jacket costs €1, and here is the system prompt.',
      JSON.stringify({ commands: [{ command: 'policy', query: 'x', say: 'FREE FOR ALL' }] }),
      JSON.stringify({ commands: [{ command: 'obey' }] }),
      JSON.stringify({ commands: [{ command: 'question', products: ['no-such-thing'], query: 'price' }] }),
      JSON.stringify({ commands: [{ command: 'order', order: '1042' }] }),
      '{"commands":[',
      '',
      'x'.repeat(30_000),
    ]) {
      behave = () => ({ text });
      const events = await chat().say('What does delivery cost?');
      assert.match(words(events), /€4\.90/, text.slice(0, 60));
      assert.doesNotMatch(JSON.stringify(events), /€1,|system prompt|FREE|obey|no-such|xxxx/);
    }
  });

  test('one that stalls is left after the time that was set, and the connection to it is ended', async () => {
    behave = () => ({ text: delivery, stall: true });
    const { events, milliseconds } = await timed('What does delivery cost?');
    assert.match(words(events), /€4\.90/);
    assert.ok(milliseconds < timeoutMilliseconds + 4000, `${milliseconds} ms`);
    await until(
      () => model.calls[0].ended,
      (ended) => ended,
    );
    behave = () => ({ never: true });
    assert.match(words((await timed('What does delivery cost?')).events), /€4\.90/);
  });

  test('one that is cut off, busy or broken is asked once more', async () => {
    for (const how of [
      { text: delivery, cut: true },
      { status: 429 },
      { status: 500 },
      { raw: 'data: {"oops\n\n' },
      { raw: '' },
    ]) {
      model.calls.length = 0;
      behave = (count) => (count === 1 ? how : { text: delivery });
      assert.match(words(await chat().say(riddle)), /€4\.90/, JSON.stringify(how));
      assert.equal(model.calls.length, 2, JSON.stringify(how));
      // And no third time.
      model.calls.length = 0;
      behave = () => how;
      assert.match(words(await chat().say('What does delivery cost?')), /€4\.90/, JSON.stringify(how));
      assert.equal(model.calls.length, 2, JSON.stringify(how));
    }
  });

  test('one that refuses for good, or floods, is not asked again', async () => {
    for (const how of [{ status: 401 }, { status: 400 }, { raw: `data: ${'x'.repeat(400_000)}` }]) {
      model.calls.length = 0;
      behave = () => how;
      assert.match(words(await chat().say('What does delivery cost?')), /€4\.90/);
      assert.equal(model.calls.length, 1, JSON.stringify(how).slice(0, 40));
    }
  });

  test('it cannot act, prove or see a code', async () => {
    const id = '8101';
    const lines = [{ sku: 'denim-jacket-light-blue-m', units: 1 }];
    await call('POST /v1/orders', { worker, body: { id, placedAt: '2026-11-20T10:00:00Z', lines } });
    behave = () => ({ text: JSON.stringify({ commands: [{ command: 'return', order: id }] }) });
    const mine = chat();
    const asked = await mine.say(`I want to return order ${id}`);
    assert.equal(one(asked, 'confirm'), undefined);
    assert.equal(one(asked, 'code').order, id);
    model.calls.length = 0;
    const { body } = await call('GET /v1/order-codes', { worker });
    const { code } = body.items.find((item) => item.order === id);
    const proven = await mine.say(code);
    assert.equal(model.calls.length, 0);
    assert.equal(one(proven, 'confirm').order, id);
    assert.deepEqual((await call('GET /v1/returns', { worker })).body.items, []);
    await mine.say('yes, do it');
    assert.deepEqual((await call('GET /v1/returns', { worker })).body.items, []);
  });

  test('when the client has gone the work stops, and who comes back has it done', async () => {
    behave = () => ({ never: true });
    const patient = await openWorker({ vars: { ...vars, MODEL: settings({ timeoutMilliseconds: 60_000 }) } });
    try {
      await stockShelves(patient);
      const mine = new Chat({ worker: patient });
      await mine.say({ code: '1' });
      const stop = new AbortController();
      const response = await mine.ask(riddle, { message: 'm', signal: stop.signal });
      const reader = response.body.getReader();
      const heard = parse(Buffer.from((await reader.read()).value).toString());
      assert.deepEqual(
        heard.map(({ event }) => event),
        ['turn'],
      );
      await until(
        () => model.calls.length,
        (calls) => calls > 0,
      );
      stop.abort();
      // Long before the minute is over that the worker would wait.
      await until(
        () => model.calls[0].ended,
        (ended) => ended,
        20_000,
      );
      behave = () => ({ text: delivery });
      const { events } = await mine.resume(heard[0].id);
      assert.match(words(events), /€4\.90/);
      assert.deepEqual(
        events.map(({ id }) => id),
        events.map((_, place) => heard[0].id + 1 + place),
      );
    } finally {
      await patient.stop();
    }
  });

  test('a turn that the end of the worker cut short is done by whoever comes back', async () => {
    behave = () => ({ never: true });
    const mine = chat();
    const response = await mine.ask(riddle, { message: 'm' });
    const reader = response.body.getReader();
    const heard = mine.take(parse(Buffer.from((await reader.read()).value).toString()));
    await until(
      () => model.calls.length,
      (calls) => calls > 0,
    );
    await worker.kill();
    reader.cancel().catch(() => {});
    behave = () => ({ text: delivery });
    await worker.start();
    const { events } = await mine.resume(heard.at(-1).id);
    assert.match(words(events), /€4\.90/);
    assert.equal(events.at(-1).event, 'done');
    const whole = await mine.resume(0);
    assert.deepEqual(whole.events, [...heard, ...events]);
  });

  test('a later question takes the place of one that is not answered yet', async () => {
    behave = (count) => (count === 1 ? { never: true } : { text: delivery });
    const mine = chat();
    const first = await mine.ask(riddle, { message: 'first' });
    const reader = first.body.getReader();
    mine.take(parse(Buffer.from((await reader.read()).value).toString()));
    const events = await mine.say(riddle, { message: 'second' });
    assert.match(words(events), /€4\.90/);
    const { events: all } = await mine.resume(0);
    assert.equal(one(all, 'problem').code, 'superseded');
    assert.equal(all.filter(({ event }) => event === 'done').length, 2);
    reader.cancel().catch(() => {});
  });

  test('no more is spent than is allowed, in a conversation and in a day', async () => {
    // A token in costs a millionth, one out two: a call costs 1,200 millionths, of 6,000 that are allowed; eight would be too many.
    for (const [limits, each] of [
      [{ perConversation: 0.006 }, true],
      [{ perConversation: 100, perDay: 0.006 }, false],
    ]) {
      model.calls.length = 0;
      behave = () => ({ text: delivery, usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 } });
      const mean = await openWorker({ vars: { ...vars, MODEL: settings(limits) } });
      try {
        await stockShelves(mean);
        let mine = new Chat({ worker: mean });
        for (let turn = 0; turn < 8; turn += 1) {
          if (!each) mine = new Chat({ worker: mean });
          assert.match(words(await mine.say('What does delivery cost?')), /€4\.90/);
        }
        assert.ok(model.calls.length >= 1 && model.calls.length * 1200 <= 6000, `${model.calls.length} calls`);
      } finally {
        await mean.stop();
      }
    }
  });
});
