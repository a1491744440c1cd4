/** Who may do what: tokens by role, publishable keys by origin, enrolment, and a log of who changed what. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, Device, freshId, house, owner } from './lib/house.mjs';

async function token(role, more = {}) {
  const { status, body } = await call('POST /v1/tokens', { body: { role, label: `a ${role}`, ...more } });
  assert.equal(status, 201);
  assert.match(body.token, /^vat_[\w-]{43}$/);
  return body;
}

test('roles may do what they may, and no more', async () => {
  const [viewer, operator] = [await token('viewer'), await token('operator')];
  const device = { id: freshId(), kind: 'scale', site: 'main' };
  assert.equal((await call('GET /v1/devices', { token: viewer.token })).status, 200);
  assert.equal((await call('POST /v1/devices', { token: viewer.token, body: device })).status, 403);
  assert.equal((await call('POST /v1/devices', { token: operator.token, body: device })).status, 201);
  assert.equal((await call('GET /v1/tokens', { token: operator.token })).status, 403);
  assert.deepEqual((await call('GET /v1/me', { token: operator.token })).body, {
    id: operator.id,
    role: 'operator',
    label: 'a operator',
  });
  assert.equal((await call('GET /v1/me')).body.role, 'owner');
});

test('without a credential, with a wrong one, and with one that is withdrawn or over, there is nothing to see', async () => {
  const { token: text, id } = await token('viewer');
  const short = await token('viewer', { expiresAt: new Date(Date.now() + 700).toISOString() });
  for (const bad of [null, 'vat_x', `vat_${'A'.repeat(43)}`, owner.slice(0, -1)]) {
    const { status, headers, body } = await call('GET /v1/devices', { token: bad });
    assert.equal(status, 401);
    assert.equal(headers.get('www-authenticate'), 'Bearer');
    assert.equal(body.type, '/problems/unauthenticated');
  }
  assert.equal((await call('GET /v1/devices', { token: text })).status, 200);
  assert.equal((await call(`DELETE /v1/tokens/${id}`)).status, 204);
  assert.equal((await call('GET /v1/devices', { token: text })).status, 401);
  await new Promise((resolve) => setTimeout(resolve, 800));
  assert.equal((await call('GET /v1/devices', { token: short.token })).status, 401);
});

test('a publishable key reads stock from its own origins and nothing else', async () => {
  const origin = 'https://shop.example';
  const { status, body: key } = await call('POST /v1/storefront-keys', { body: { origins: [origin], label: 'shop' } });
  assert.equal(status, 201);
  const ask = (path, from) => call(path, { token: key.key, headers: from ? { origin: from } : {} });
  const read = await ask('GET /v1/stock/tea', origin);
  assert.equal(read.status, 200);
  assert.equal(read.headers.get('access-control-allow-origin'), origin);
  assert.equal(read.headers.get('vary'), 'Origin');
  const abroad = await ask('GET /v1/stock/tea', 'https://other.example');
  assert.deepEqual([abroad.status, abroad.headers.get('access-control-allow-origin')], [401, null]);
  assert.equal((await ask('GET /v1/stock/tea')).status, 401);
  assert.equal((await ask('GET /v1/stock', origin)).status, 403);
  assert.equal((await ask('GET /v1/devices', origin)).status, 403);
  await call(`DELETE /v1/storefront-keys/${key.id}`);
  assert.equal((await ask('GET /v1/stock/tea', origin)).status, 401);
});

test('only what a publishable key may call answers a preflight, and only its origins are named', async () => {
  const origin = 'https://preflight.example';
  await call('POST /v1/storefront-keys', { body: { origins: [origin], label: 'shop' } });
  const ask = async (path, from) => {
    const { address } = await house();
    const headers = { origin: from, 'access-control-request-method': 'GET' };
    return fetch(address + path, { method: 'OPTIONS', headers });
  };
  const yes = await ask('/v1/stock/tea', origin);
  assert.equal(yes.headers.get('access-control-allow-origin'), origin);
  assert.equal(yes.headers.get('access-control-allow-methods'), 'GET');
  assert.equal(yes.headers.get('access-control-allow-credentials'), null);
  for (const [path, from] of [
    ['/v1/stock/tea', 'https://other.example'],
    ['/v1/devices', origin],
    ['/v1/orders', origin],
  ]) {
    assert.equal((await ask(path, from)).headers.get('access-control-allow-origin'), null, `${path} ${from}`);
  }
});

test('origins that are none are refused with the place of the mistake', async () => {
  for (const wrong of [
    '*',
    'shop.example',
    'https://shop.example/',
    'https://shop.example/path',
    'ftp://shop.example',
  ]) {
    const { status, body } = await call('POST /v1/storefront-keys', { body: { origins: [wrong], label: 'x' } });
    assert.deepEqual([status, body.errors[0].pointer], [400, '/origins/0'], wrong);
  }
});

test('an enrolment token registers its device once, as the token says', async () => {
  const id = freshId('gate');
  const body = { id, kind: 'footfall', site: 'main', name: 'door' };
  const enrolled = await call('POST /v1/enrolments', { body });
  assert.equal(enrolled.status, 201);
  assert.match(enrolled.body.token, /^ven_/);
  const other = await call('POST /v1/devices', { token: enrolled.body.token, body: { kind: 'scale' } });
  assert.equal(other.status, 422);
  const first = await call('POST /v1/devices', { token: enrolled.body.token, body: { key: { algorithm: 'v1' } } });
  assert.equal(first.status, 201);
  assert.deepEqual([first.body.device.id, first.body.device.kind], [id, 'footfall']);
  assert.match(first.body.key.secret, /^whsec_/);
  assert.equal((await call('POST /v1/devices', { token: enrolled.body.token, body: {} })).status, 401);
  assert.equal((await call('POST /v1/devices', { token: `ven_${'A'.repeat(43)}`, body: {} })).status, 401);
});

test('changes are in the log, with who, what and by which request, and no secret is', async () => {
  const device = await Device.register();
  const operator = await token('operator');
  const request = `test-${device.id}`;
  const change = { name: 'the tea scale' };
  const path = `PATCH /v1/devices/${device.id}`;
  await call(path, { token: operator.token, body: change, headers: { 'x-request-id': request } });
  const { body } = await call('GET /v1/audit?limit=50');
  const entry = body.items.find((item) => item.request === request);
  assert.deepEqual([entry.by, entry.action, entry.target], [operator.id, 'changeDevice', `device ${device.id}`]);
  const text = JSON.stringify(body);
  assert.ok(!text.includes('whsec_') && !text.includes('vat_'));
});

test('every answer has the id of its request, and a well-formed one is taken over', async () => {
  const mine = await call('GET /v1/me', { headers: { 'x-request-id': 'mine-1' } });
  assert.equal(mine.headers.get('x-request-id'), 'mine-1');
  const other = await call('GET /v1/me', { headers: { 'x-request-id': 'not well formed!' } });
  assert.match(other.headers.get('x-request-id'), /^[0-9a-f-]{36}$/);
});

test('what is not there, not allowed or not understood is told so', async () => {
  assert.equal((await call('GET /v1/nothing')).status, 404);
  const method = await call('DELETE /v1/devices');
  assert.deepEqual([method.status, method.headers.get('allow')], [405, 'POST, GET']);
  const parameter = await call('GET /v1/devices?colour=red');
  assert.equal(parameter.status, 400);
  assert.match(parameter.body.detail, /`colour`.*kind, site, state, limit, cursor/);
  assert.equal((await call('GET /v1/devices?limit=0')).status, 400);
  assert.equal((await call('GET /v1/devices?kind=toaster')).status, 400);
  assert.equal(
    (await call('POST /v1/tokens', { body: '{', headers: { 'content-type': 'application/json' } })).status,
    400,
  );
  assert.equal((await call('POST /v1/tokens', { body: 'x', headers: { 'content-type': 'text/plain' } })).status, 415);
  const misspelt = await call('POST /v1/tokens', { body: { role: 'viewer', label: 'x', expires: 'never' } });
  assert.equal(misspelt.status, 400);
  assert.match(misspelt.body.detail, /expires/);
  const long = { role: 'viewer', label: 'x'.repeat(300_000) };
  assert.equal((await call('POST /v1/tokens', { body: long })).status, 413);
  assert.equal((await call('GET /v1/devices/%zz')).status, 400);
});
