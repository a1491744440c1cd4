/** What the assistant knows: put there by an operator, refused by the row where it is wrong, given back as it was. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inHouse } from '../../scripts/lib/house.mjs';
import { stockShelves } from './lib/chat.mjs';
import { call } from './lib/house.mjs';

const jsonl = { 'content-type': 'application/jsonl' };
const markdown = { 'content-type': 'text/markdown' };
const line = (more) =>
  JSON.stringify({
    id: 'cap',
    title: { en: 'Cap', zh: '帽子' },
    price: { minor: 1900, currency: 'EUR' },
    availability: { state: 'in_stock' },
    ...more,
  });

test('a catalogue is given back as it was put, and its version grows', async () => {
  const { products, version } = await stockShelves();
  assert.equal(products, 92);
  const { status, headers, body } = await call('GET /v1/catalogue');
  assert.equal(status, 200);
  assert.match(headers.get('content-type'), /jsonl/);
  const sent = readFileSync(inHouse('demo/catalogue.jsonl'), 'utf8').trim().split('\n').map(JSON.parse);
  const given = body.trim().split('\n').map(JSON.parse);
  assert.deepEqual(
    given.map(({ id, title, price }) => [id, title, price]),
    sent.map(({ id, title, price }) => [id, title, price]),
  );
  const again = await call('PUT /v1/catalogue', {
    body: readFileSync(inHouse('demo/catalogue.jsonl')),
    headers: jsonl,
  });
  assert.ok(again.body.version > version);
});

test('wrong rows are named by line, field and what was expected, and change nothing', async () => {
  await call('PUT /v1/catalogue', { body: line(), headers: jsonl });
  const rows = [
    line(),
    line({ id: 'hat', price: { minor: -1, currency: 'EUR' } }),
    line(),
    '{"id":',
    line({ id: 'x', colour: 1 }),
  ];
  const { status, body } = await call('PUT /v1/catalogue', { body: rows.join('\n'), headers: jsonl });
  assert.equal(status, 422);
  assert.equal(body.errors.length, 4);
  assert.deepEqual(body.errors.map(({ pointer }) => pointer).sort(), ['/1/price', '/2/id', '/3/', '/4/']);
  assert.match(body.errors.find(({ pointer }) => pointer === '/1/price').detail, /line 2.*price/i);
  assert.match(body.errors.find(({ pointer }) => pointer === '/4/').detail, /colour/);
  const { body: kept } = await call('GET /v1/catalogue');
  assert.equal(kept.trim().split('\n').length, 1);
});

test('what is no catalogue at all is refused, and so is one that is too long', async () => {
  const refused = async (body, headers = jsonl) => (await call('PUT /v1/catalogue', { body, headers })).status;
  assert.equal(await refused('[]'), 422);
  assert.equal(await refused(''), 422);
  assert.equal(await refused(new Uint8Array([0xff, 0xfe, 0x00])), 422);
  assert.equal(await refused(line(), { 'content-type': 'application/json' }), 415);
  assert.equal(await refused('x'.repeat(8 * 1024 * 1024 + 1)), 413);
});

test('policies are put, listed, read and taken away', async () => {
  const text = '# Gifts\n\nWe wrap presents for €2.\n';
  const put = await call('PUT /v1/policies/en/gifts', { body: text, headers: markdown });
  assert.equal(put.status, 200);
  assert.deepEqual([put.body.name, put.body.language, put.body.bytes], ['gifts', 'en', Buffer.byteLength(text)]);
  assert.equal((await call('GET /v1/policies/en/gifts')).body, text);
  const listed = (await call('GET /v1/policies')).body.items.find(({ name }) => name === 'gifts');
  assert.equal(listed.bytes, Buffer.byteLength(text));
  assert.equal((await call('DELETE /v1/policies/en/gifts')).status, 204);
  assert.equal((await call('GET /v1/policies/en/gifts')).status, 404);
  assert.equal((await call('DELETE /v1/policies/en/gifts')).status, 404);
});

test('a policy in another language, with a wrong name, without words or in no UTF-8 is refused', async () => {
  const put = async (path, body = 'x', headers = markdown) => (await call(`PUT ${path}`, { body, headers })).status;
  assert.equal(await put('/v1/policies/de/returns'), 404);
  assert.equal(await put('/v1/policies/en/Returns%20now'), 400);
  assert.equal(await put('/v1/policies/en/returns', '  \n'), 400);
  assert.equal(await put('/v1/policies/en/returns', new Uint8Array([0x61, 0xff])), 400);
  assert.equal(await put('/v1/policies/en/returns', 'x'.repeat(64 * 1024 + 1)), 413);
  assert.equal(await put('/v1/policies/en/returns', 'x', { 'content-type': 'text/html' }), 415);
});

test('only operators may change what is known, and viewers may read it', async () => {
  const { body: viewer } = await call('POST /v1/tokens', { body: { role: 'viewer', label: 'v' } });
  const how = { token: viewer.token, headers: jsonl };
  assert.equal((await call('PUT /v1/catalogue', { ...how, body: line() })).status, 403);
  assert.equal((await call('PUT /v1/policies/en/x', { ...how, headers: markdown, body: 'x' })).status, 403);
  assert.equal((await call('GET /v1/policies', how)).status, 200);
  assert.equal((await call('GET /v1/order-codes', how)).status, 403);
  assert.equal((await call('GET /v1/returns', how)).status, 200);
});
