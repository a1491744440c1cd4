/** Conversations: answers with their sources, each event once and in order, whatever is cut, repeated or asked too often. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Chat, one, parse, stockShelves, words } from './lib/chat.mjs';
import { call, house, owner, until, vars } from './lib/house.mjs';
import { openWorker } from './lib/runtime.mjs';

describe('conversations', () => {
  before(() => stockShelves());

  /** Ids that grow by one, from `first`. */
  const inOrder = (events, first = 1) =>
    assert.deepEqual(
      events.map(({ id }) => id),
      events.map((_, place) => first + place),
    );

  test('a question about goods is answered with products, and what is claimed has its source', async () => {
    const chat = new Chat();
    const events = await chat.say('Do you have a denim jacket?');
    inOrder(events);
    assert.equal(events[0].event, 'turn');
    assert.match(events[0].data.conversation, /^chat_[\w-]{43}$/);
    assert.equal(events.at(-1).event, 'done');
    assert.ok(one(events, 'products').items.some(({ id }) => id.startsWith('denim-jacket')));
    const sentences = events.filter(({ event }) => event === 'sentence');
    assert.ok(sentences.some(({ data }) => data.sources.some(({ kind }) => kind === 'product')));
    const next = await chat.say('What does delivery cost?');
    inOrder(next, events.length + 1);
    assert.match(words(next), /€4\.90/);
    const source = next.flatMap(({ data }) => data.sources ?? []).find(({ kind }) => kind === 'policy');
    assert.equal(source.id, 'delivery');
    assert.match(source.text, /€4\.90/);
  });

  test('the same in Chinese', async () => {
    const chat = new Chat({ language: 'zh' });
    const events = await chat.say('有牛仔夹克吗？');
    assert.match(words(events), /\p{Script=Han}/u);
    assert.ok(one(events, 'products').items.every(({ title }) => /\p{Script=Han}/u.test(title)));
    assert.match(words(await chat.say('多久可以退货？')), /30 ?天/);
  });

  test('a turn that comes again under the same name is told again and not done again', async () => {
    const chat = new Chat();
    const first = await chat.say('Hello', { message: 'm-1' });
    const again = await chat.say('Hello', { message: 'm-1' });
    assert.deepEqual(again, first);
    const rest = await chat.say('Hello', { message: 'm-1', after: first.at(-2).id });
    assert.deepEqual(rest, first.slice(-1));
    const other = await chat.ask('Something else', { message: 'm-1' });
    assert.equal(other.status, 409);
    inOrder(await chat.say('Thank you'), first.length + 1);
  });

  test('whoever was cut off hears the rest, without a gap and without a repetition', async () => {
    const chat = new Chat();
    const whole = await chat.say('Do you have a denim jacket?', { message: 'm-1' });
    for (const after of [0, 1, whole.length - 1]) {
      const { status, events } = await chat.resume(after);
      assert.equal(status, 200);
      assert.deepEqual(events, whole.slice(after));
    }
    assert.equal((await chat.resume(whole.length)).status, 204);
    // Cut after the first event that arrives, then the same turn asked for again.
    const stop = new AbortController();
    const response = await chat.ask('And a hoodie?', { message: 'm-2', signal: stop.signal });
    const { value } = await response.body.getReader().read();
    const heard = parse(Buffer.from(value).toString());
    stop.abort();
    assert.ok(heard.length > 0);
    const rest = await chat.say('And a hoodie?', { message: 'm-2', after: heard.at(-1).id });
    inOrder([...heard, ...rest], whole.length + 1);
    assert.equal([...heard, ...rest].at(-1).event, 'done');
  });

  test('two requests for one turn at the same time do it once', async () => {
    const chat = new Chat();
    await chat.say('Hello');
    const both = await Promise.all(
      [1, 2].map(async () => parse(await (await chat.ask('What is your return policy?', { message: 'm' })).text())),
    );
    const longest = both.sort((one, other) => other.length - one.length)[0];
    assert.equal(longest.at(-1).event, 'done');
    const { events } = await chat.resume(0);
    inOrder(events);
    assert.equal(events.filter(({ event, data }) => event === 'turn' && data.message === 'm').length, 1);
  });

  test('a page of the shop may speak, from its own origin, with nobody else’s conversation', async () => {
    const origin = 'https://chat-shop.example';
    const { body: key } = await call('POST /v1/storefront-keys', { body: { origins: [origin], label: 'shop' } });
    const chat = new Chat({ token: key.key, headers: { origin } });
    const response = await chat.ask('Hello');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), origin);
    assert.match(response.headers.get('content-type'), /^text\/event-stream/);
    chat.take(parse(await response.text()));
    const abroad = new Chat({ token: key.key, headers: { origin: 'https://other.example' } });
    assert.equal((await abroad.ask('Hello')).status, 401);
    // The owner's token is another caller.
    assert.equal((await new Chat().resume(0, { conversation: chat.conversation })).status, 404);
    const { address } = await house();
    const preflight = async (path, method) => {
      const headers = { origin, 'access-control-request-method': method };
      const answer = await fetch(address + path, { method: 'OPTIONS', headers });
      return [answer.headers.get('access-control-allow-methods'), answer.headers.get('access-control-allow-headers')];
    };
    const [method, headers] = await preflight('/v1/chat', 'POST');
    assert.equal(method, 'POST');
    assert.match(headers, /content-type.*last-event-id/);
    assert.equal((await preflight(`/v1/chat/${chat.conversation}`, 'DELETE'))[0], 'DELETE');
    assert.equal((await preflight('/v1/catalogue', 'PUT'))[0], null);
  });

  test('a conversation is erased with everything, and one that never was is not found', async () => {
    const chat = new Chat();
    await chat.say('Hello');
    const path = `/v1/chat/${chat.conversation}`;
    assert.equal((await call(`DELETE ${path}`)).status, 204);
    assert.equal((await call(`DELETE ${path}`)).status, 404);
    assert.equal((await chat.resume(0)).status, 404);
    assert.equal((await chat.ask('Hello')).status, 404);
    for (const id of [`chat_${'A'.repeat(43)}`, 'chat_x', 'x']) {
      assert.equal((await call(`DELETE /v1/chat/${id}`)).status, 404, id);
      assert.equal((await call(`GET /v1/chat/${id}/events`)).status, 404, id);
    }
  });

  test('what cannot be a turn is refused with what to do; what is odd is answered', async () => {
    const bad = async (body) => {
      const { status, body: problem } = await call('POST /v1/chat', { body });
      assert.ok(problem.detail.length > 20);
      return status;
    };
    assert.equal(await bad({ message: 'm' }), 400);
    assert.equal(await bad({ message: 'm', text: 'a', code: '1' }), 400);
    assert.equal(await bad({ text: 'Hello' }), 400);
    assert.equal(await bad({ message: 'two words', text: 'Hello' }), 400);
    assert.equal(await bad({ message: 'm', text: 'Hello', language: 'de' }), 400);
    assert.equal(await bad({ message: 'm', text: 'Hello', product: '' }), 400);
    assert.equal(await bad({ message: 'm', text: 'x'.repeat(10_000) }), 422);
    assert.equal(await bad(new Uint8Array([0x7b, 0xff])), 415);
    const headers = { 'content-type': 'application/json' };
    assert.equal((await call('POST /v1/chat', { body: new Uint8Array([0x7b, 0xff]), headers })).status, 400);
    assert.equal((await call('POST /v1/chat', { body: '{"message":"m","text":"\\ud800"}', headers })).status, 400);
    const after = { ...headers, 'last-event-id': 'x' };
    assert.equal((await call('POST /v1/chat', { body: '{"message":"m","text":"Hi"}', headers: after })).status, 400);
    const chat = new Chat();
    for (const odd of [
      '',
      ' ',
      '😀😀',
      'Wo ist meine Bestellung?',
      'x'.repeat(4000),
      '\u0000\u202e',
      '1'.repeat(100),
    ]) {
      const events = await chat.say(odd);
      assert.ok(words(events).length > 0, odd.slice(0, 20));
      assert.equal(events.at(-1).event, 'done');
    }
    assert.equal(one(await chat.say({ confirm: { token: 'none', yes: true } }), 'problem'), undefined);
    assert.equal(one(await chat.say({ code: '000000' }), 'problem'), undefined);
  });

  test('too many turns, and too many conversations, are told to wait', async () => {
    const limits = { chatPerMinute: 60, chatBurst: 3, chatsPerMinute: 60, chatsBurst: 2, chatKeptSeconds: 3 };
    const worker = await openWorker({ vars: { ...vars, LIMITS: JSON.stringify(limits) } });
    try {
      const chat = new Chat({ worker });
      const first = await chat.say('Hello');
      assert.equal(one(first, 'problem').code, 'not-ready');
      let last;
      for (let turn = 0; turn < 8 && last?.status !== 429; turn += 1) {
        last = await chat.ask('Hello');
        await last.text();
      }
      assert.equal(last.status, 429);
      const wait = Number(last.headers.get('retry-after'));
      assert.ok(wait >= 1 && wait <= 60);
      // A refused turn has left nothing behind.
      inOrder((await chat.resume(0)).events);
      let begun;
      for (let turn = 0; turn < 8 && begun?.status !== 429; turn += 1) {
        begun = await new Chat({ worker }).ask('Hello');
        await begun.text();
      }
      assert.equal(begun.status, 429);
      assert.ok(Number(begun.headers.get('retry-after')) >= 1);
      // Three seconds after its last turn nothing is kept of it.
      await until(
        () => chat.resume(0),
        ({ status }) => status === 404,
        20_000,
      );
    } finally {
      await worker.stop();
    }
  });

  test('a conversation outlasts the end of the worker at any moment', async () => {
    const worker = await openWorker({ vars });
    try {
      await stockShelves(worker);
      const chat = new Chat({ worker, token: owner });
      const all = await chat.say('Do you have a denim jacket?');
      for (let turn = 0; turn < 3; turn += 1) {
        const question = ['And in black?', 'How much is delivery?', 'Do you have shirts?'][turn];
        const response = await chat.ask(question, { message: `m-${turn}` });
        const reader = response.body.getReader();
        const { value } = await reader.read();
        await worker.kill();
        reader.cancel().catch(() => {});
        const heard = parse(Buffer.from(value).toString());
        await worker.start();
        const rest = await chat.say(question, { message: `m-${turn}`, after: heard.at(-1).id });
        all.push(...heard, ...rest);
        inOrder(all);
        assert.equal(all.at(-1).event, 'done');
        assert.ok(words([...heard, ...rest]).length > 0);
      }
      assert.deepEqual((await chat.resume(0)).events, all);
    } finally {
      await worker.stop();
    }
  });
});
