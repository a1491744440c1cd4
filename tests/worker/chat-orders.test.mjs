/** Orders in conversations: nothing before the proof, nothing done before the confirmation, and everything once. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Chat, one, stockShelves, words } from './lib/chat.mjs';
import { call } from './lib/house.mjs';

describe('orders in conversations', () => {
  before(() => stockShelves());

  let made = 5000;

  /** An order of its own. */
  async function order(more = {}) {
    made += 1;
    const id = String(made);
    const body = {
      id,
      placedAt: '2026-11-20T10:00:00Z',
      lines: [{ sku: 'denim-jacket-light-blue-m', units: 1, price: { amount: '119.00', currency: 'EUR' } }],
      ...more,
    };
    const { status, body: answer } = await call('POST /v1/orders', { body });
    assert.equal(status, 201, JSON.stringify(answer));
    return id;
  }

  const codesOf = async (id) =>
    (await call('GET /v1/order-codes')).body.items.filter((item) => item.order === id).map(({ code }) => code);
  const returnsOf = async (id) => (await call('GET /v1/returns')).body.items.filter((item) => item.order === id);

  /** Proves an order in a conversation; gives the events after the right code. */
  async function prove(chat, id, question = `Where is my order ${id}?`) {
    const asked = await chat.say(question);
    assert.equal(one(asked, 'code')?.order, id, words(asked));
    const [code] = await codesOf(id);
    return chat.say({ code });
  }

  test('an order is shown once its code was given, and the code is then gone', async () => {
    const id = await order();
    const chat = new Chat();
    const asked = await chat.say(`Where is my order ${id}?`);
    assert.doesNotMatch(JSON.stringify(asked), /denim|119|2026-11-20/);
    const [code] = await codesOf(id);
    assert.match(code, /^\d{6}$/);
    assert.doesNotMatch(JSON.stringify(asked), new RegExp(code));
    const told = await chat.say({ code });
    assert.match(words(told), /Ferry Denim Jacket/);
    assert.ok(told.some(({ data }) => data.sources?.some((source) => source.kind === 'order' && source.id === id)));
    assert.deepEqual(await codesOf(id), []);
    // Another conversation has proven nothing.
    const other = await new Chat().say(`Where is my order ${id}?`);
    assert.doesNotMatch(JSON.stringify(other), /denim/i);
  });

  test('the same in Chinese', async () => {
    const id = await order();
    const told = await prove(new Chat({ language: 'zh' }), id, `我的订单${id}到哪了？`);
    assert.match(words(told), /渡口牛仔夹克/);
  });

  test('an order that does not exist is answered like one that does, and no code is sent', async () => {
    const id = await order();
    const shape = async (number) => {
      const events = await new Chat().say(`Where is my order ${number}?`);
      return events.map(({ event, data }) => [
        event,
        JSON.stringify(data)
          .replaceAll(number, 'N')
          .replace(/chat_[\w-]+|"message":"\w+"/g, ''),
      ]);
    };
    assert.deepEqual(await shape('9999'), await shape(id));
    assert.deepEqual(await codesOf('9999'), []);
  });

  test('guessing ends after a few tries, even with the right code at last', async () => {
    const id = await order();
    const chat = new Chat();
    await chat.say(`Where is my order ${id}?`);
    const [code] = await codesOf(id);
    for (let guess = 0; guess < 5; guess += 1) {
      const wrong = String((Number(code) + guess + 1) % 1_000_000).padStart(6, '0');
      assert.doesNotMatch(JSON.stringify(await chat.say({ code: wrong })), /denim/i);
    }
    assert.doesNotMatch(JSON.stringify(await chat.say({ code })), /denim/i);
  });

  test('only a few codes of one order are under way, over all conversations', async () => {
    const id = await order();
    for (let turn = 0; turn < 5; turn += 1) {
      const events = await new Chat().say(`Where is my order ${id}?`);
      assert.equal(one(events, 'code').order, id);
    }
    assert.equal((await codesOf(id)).length, 3);
  });

  test('a return is started once it is confirmed, and only once', async () => {
    const id = await order();
    const chat = new Chat();
    await prove(chat, id);
    const asked = await chat.say(`I want to return order ${id}`);
    const question = one(asked, 'confirm');
    assert.equal(question.order, id, words(asked));
    assert.deepEqual(await returnsOf(id), []);
    const yes = { confirm: { token: question.token, yes: true } };
    const done = await chat.say(yes, { message: 'yes' });
    assert.match(words(done), /return/i);
    const [started, ...more] = await returnsOf(id);
    assert.deepEqual([started.skus, more], [['denim-jacket-light-blue-m'], []]);
    await chat.say(yes, { message: 'yes' });
    await chat.say(yes);
    assert.equal((await returnsOf(id)).length, 1);
    const { body } = await call('GET /v1/audit?limit=200');
    assert.equal(
      body.items.filter(({ action, target }) => action === 'startReturn' && target === `order ${id}`).length,
      1,
    );
    const again = await chat.say(`I want to return order ${id}`);
    assert.equal(one(again, 'confirm'), undefined, words(again));
  });

  test('a no, a token of somebody else and a typed yes start nothing', async () => {
    const id = await order();
    const chat = new Chat();
    await prove(chat, id);
    const { token } = one(await chat.say(`I want to return order ${id}`), 'confirm');
    await new Chat().say({ confirm: { token, yes: true } });
    await chat.say('yes');
    assert.deepEqual(await returnsOf(id), []);
    const again = one(await chat.say(`I want to return order ${id}`), 'confirm');
    await chat.say({ confirm: { token: again.token, yes: false } });
    await chat.say({ confirm: { token: again.token, yes: true } });
    assert.deepEqual(await returnsOf(id), []);
  });

  test('erasing a conversation takes its code away as well', async () => {
    const id = await order();
    const chat = new Chat();
    await chat.say(`Where is my order ${id}?`);
    assert.equal((await codesOf(id)).length, 1);
    assert.equal((await call(`DELETE /v1/chat/${chat.conversation}`)).status, 204);
    assert.deepEqual(await codesOf(id), []);
  });
});
