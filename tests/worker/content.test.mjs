/** Texts about products: from the catalogue's facts alone, and a model's only as far as the facts bear them out. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { stockShelves } from './lib/chat.mjs';
import { call, vars } from './lib/house.mjs';
import { openModel } from './lib/model.mjs';
import { openWorker } from './lib/runtime.mjs';

const product = 'denim-jacket-light-blue';
let behave;
let model;
let worker;

describe('texts about products', () => {
  before(async () => {
    model = await openModel((count, body) => behave(count, body));
    worker = await openWorker({
      vars: { ...vars, MODEL: JSON.stringify({ name: 'stub-1', url: model.url, perDay: 100 }) },
    });
    await stockShelves(worker);
  });

  after(async () => {
    await worker?.stop();
    await model?.close();
  });

  const write = (body) =>
    call('POST /v1/content', { worker, body: { product, kind: 'description', language: 'en', ...body } });

  test('ten texts of each kind in each language say different things, each with its source', async () => {
    for (const language of ['en', 'zh']) {
      for (const kind of ['description', 'headline', 'advertisement']) {
        const { status, body } = await write({ language, kind, count: 10 });
        assert.equal(status, 200, JSON.stringify(body));
        assert.equal(new Set(body.texts.map(({ text }) => text)).size, 10, `${kind} ${language}`);
        for (const { text, sources, byModel } of body.texts) {
          assert.equal(/\p{Script=Han}/u.test(text), language === 'zh', text);
          assert.ok(sources.some(({ kind, id }) => kind === 'product' && id === product));
          assert.equal(byModel, false);
        }
      }
    }
    assert.deepEqual((await write({ seed: 7 })).body, (await write({ seed: 7 })).body);
    assert.notDeepEqual((await write({ seed: 7 })).body, (await write({ seed: 8 })).body);
  });

  test('what is asked wrongly is refused with what to do', async () => {
    const status = async (body) => (await write(body)).status;
    assert.equal(await status({ product: 'no-such-thing' }), 404);
    assert.equal(await status({ product: '' }), 400);
    assert.equal(await status({ count: 0 }), 400);
    assert.equal(await status({ count: 11 }), 400);
    assert.equal(await status({ kind: 'poem' }), 400);
    assert.equal(await status({ language: 'de' }), 400);
    const { body: viewer } = await call('POST /v1/tokens', { worker, body: { role: 'viewer', label: 'v' } });
    const asked = { product, kind: 'headline', language: 'en' };
    assert.equal((await call('POST /v1/content', { worker, token: viewer.token, body: asked })).status, 403);
  });

  test('of a model’s text only what the facts bear out is kept, and what was dropped is told', async () => {
    const text =
      'The Ferry Denim Jacket comes in light blue denim. It costs only €3 today. It is waterproof and made of silk. Visit https://evil.example now.';
    behave = () => ({ text: JSON.stringify({ text }) });
    const { status, body } = await write({ model: true });
    assert.equal(status, 200, JSON.stringify(body));
    const all = body.texts.map(({ text }) => text).join(' ');
    assert.doesNotMatch(all, /€3|waterproof|silk|evil/);
    assert.ok(body.dropped.length >= 3, JSON.stringify(body));
    assert.equal(body.texts.length, 1);
  });

  test('a model that fails leaves the writing to the worker', async () => {
    for (const how of [{ status: 500 }, { text: 'no JSON' }, { text: '{"text":7}' }, { raw: '' }]) {
      behave = () => how;
      const { status, body } = await write({ model: true });
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual([body.texts.length, body.texts[0].byModel, body.dropped], [1, false, []]);
    }
  });
});
