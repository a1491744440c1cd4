/** The worker as a page sees it, in memory: what it answers, and what it tells. For looks and for what is hard to bring about. */

import { forecastAnswers, shopForecasts } from './fake-forecasts.mjs';

const iso = (milliseconds) => new Date(milliseconds).toISOString();
const ago = (seconds) => iso(Date.now() - seconds * 1000);

/** A device as the worker shows it. */
export function device(more) {
  return {
    kind: 'scale',
    site: 'harbour-street',
    config: {},
    ordering: 'sequence',
    limits: {},
    createdAt: '2026-11-02T08:15:00.000Z',
    state: 'live',
    alarms: [],
    lastSeenAt: ago(4),
    counts: { accepted: 18_412, duplicate: 37, late: 2, refused: 0 },
    gaps: [],
    pending: 0,
    keys: [{ id: 'key_7f3a', algorithm: 'v1', createdAt: '2026-11-02T08:15:00.000Z', lastUsedAt: ago(4) }],
    stock: [],
    last: {},
    twin: { desired: {}, reported: {}, desiredVersion: 0, reportedVersion: 0 },
    refusals: [],
    version: 18_412,
    ...more,
  };
}

const source = (kind, units, seconds, more) => ({
  kind,
  units,
  observedAt: ago(seconds),
  ageSeconds: seconds,
  state: 'exact',
  ...more,
});

/** A shop with one of everything, some of it in trouble. */
export function smallShop() {
  const scale = source('scale', 7, 4, { device: 'shelf-denim' });
  return {
    devices: [
      device({
        id: 'shelf-denim',
        name: 'Denim shelf, left',
        sku: 'denim-jacket-light-blue',
        config: { unitGrams: 820, tareGrams: 1450, noiseGrams: 12 },
        stock: [{ sku: 'denim-jacket-light-blue', site: 'harbour-street', source: scale }],
        last: { 'scale.grams': { value: 7191.5, at: ago(4) }, 'scale.units': { value: 7, at: ago(4) } },
        counts: { accepted: 18_412, duplicate: 37, late: 2, refused: 3 },
        gaps: [
          { epoch: 0, from: 12_044, to: 12_047, open: false, closedAt: ago(7200) },
          { epoch: 0, from: 18_402, to: 18_402, open: true },
        ],
        pending: 9,
        twin: {
          desired: { reportSeconds: 5, display: { brightness: 40, language: 'zh' } },
          reported: { reportSeconds: 5, display: { brightness: 80, language: 'zh' }, firmware: '2.4.1' },
          desiredVersion: 4,
          reportedVersion: 3,
        },
        refusals: [
          {
            at: ago(340),
            id: '01J9-00412',
            code: 'invalid-data',
            detail: 'grams is 1450000; it must be from -100000 to 1000000. Check the unit that the scale sends.',
          },
          {
            at: ago(86_000),
            id: '01J8-99120',
            code: 'time-in-the-future',
            detail: 'The event’s time is 412 s ahead. Set the device’s clock by the Date header.',
          },
        ],
      }),
      device({
        id: 'shelf-quarter-zip',
        sku: 'quarter-zip-grey',
        config: { unitGrams: 540, tareGrams: 1450 },
        stock: [
          {
            sku: 'quarter-zip-grey',
            site: 'harbour-street',
            source: source('scale', 2, 11, { device: 'shelf-quarter-zip', between: [2, 3], state: 'between' }),
          },
        ],
        last: { 'scale.grams': { value: 2861, at: ago(11) }, 'scale.units': { value: 2, at: ago(11) } },
        lastSeenAt: ago(11),
      }),
      device({
        id: 'gate-front',
        kind: 'footfall',
        name: 'Front door',
        last: { 'footfall.in': { value: 12, at: ago(31) }, 'footfall.out': { value: 9, at: ago(31) } },
        lastSeenAt: ago(31),
      }),
      device({
        id: 'rail-rfid',
        kind: 'rfid',
        site: 'warehouse',
        last: { 'rfid.tags': { value: 143, at: ago(58) } },
        lastSeenAt: ago(58),
      }),
      device({
        id: 'cold-flowers',
        kind: 'cold-chain',
        name: 'Flower cooler',
        state: 'alarm',
        alarms: [{ kind: 'too-warm', since: ago(820) }],
        config: { minCelsius: 2, maxCelsius: 6 },
        last: { 'cold.celsius': { value: 9.4, at: ago(20) }, 'cold.humidity': { value: 71, at: ago(20) } },
        lastSeenAt: ago(20),
      }),
      device({
        id: 'van-2',
        kind: 'vehicle',
        site: 'warehouse',
        state: 'silent',
        alarms: [{ kind: 'silent', since: ago(4000) }],
        last: { 'vehicle.speed': { value: 11.2, at: ago(5100) } },
        lastSeenAt: ago(5100),
      }),
      device({
        id: 'shelf-new',
        name: 'Window shelf',
        state: 'waiting',
        lastSeenAt: undefined,
        counts: { accepted: 0, duplicate: 0, late: 0, refused: 0 },
        sku: 'oxford-white',
        config: { unitGrams: 310 },
      }),
      device({ id: 'shelf-old', state: 'revoked', revokedAt: ago(400_000), keys: [], lastSeenAt: ago(400_100) }),
    ],
    stock: [
      {
        sku: 'denim-jacket-light-blue',
        site: 'harbour-street',
        units: 7,
        agreed: false,
        spread: 2,
        sources: [scale, source('ordered', 9, 3800), source('counted', 14, 200_000)],
      },
      {
        sku: 'quarter-zip-grey',
        site: 'harbour-street',
        units: 2,
        agreed: true,
        spread: 0,
        sources: [source('scale', 2, 11, { device: 'shelf-quarter-zip', between: [2, 3], state: 'between' })],
      },
      {
        sku: 'quarter-zip-grey',
        site: 'warehouse',
        units: 31,
        agreed: true,
        spread: 0,
        sources: [source('rfid', 31, 58, { device: 'rail-rfid' }), source('ordered', 31, 9000)],
      },
      {
        sku: 'oxford-white',
        site: 'harbour-street',
        agreed: true,
        spread: 0,
        sources: [source('scale', 0, 90, { device: 'shelf-new', state: 'needs-tare' })],
      },
      {
        sku: 'slim-jeans-dark-blue',
        site: 'warehouse',
        units: 58,
        agreed: true,
        spread: 0,
        sources: [source('ordered', 58, 12_000)],
      },
      {
        sku: 'tee-white',
        site: 'warehouse',
        units: 0,
        agreed: true,
        spread: 0,
        sources: [source('rfid', 0, 58, { device: 'rail-rfid' })],
      },
    ],
    deadLetters: [
      {
        id: 'msg-3f9c',
        at: ago(5400),
        attempts: 4,
        reason: 'D1_ERROR: database is locked',
        body: { device: { id: 'rail-rfid', version: 5120 }, minutes: [], part: 1, parts: 1 },
      },
    ],
    audit: [
      {
        id: 3,
        at: '2026-11-24T09:12:44.000Z',
        by: 'tok_anna',
        action: 'addKey',
        target: 'shelf-denim',
        request: 'req_91c2e0',
      },
      {
        id: 2,
        at: '2026-11-24T08:01:09.000Z',
        by: 'tok_anna',
        action: 'countStock',
        target: 'denim-jacket-light-blue harbour-street',
        request: 'req_5a70b1',
      },
      {
        id: 1,
        at: '2026-11-23T17:40:00.000Z',
        by: 'owner',
        action: 'addToken',
        target: 'tok_anna',
        request: 'req_00d4f9',
      },
    ],
    tokens: [
      { id: 'tok_anna', role: 'operator', label: 'Anna, floor', createdAt: '2026-11-23T17:40:00.000Z' },
      {
        id: 'tok_wall',
        role: 'viewer',
        label: 'Screen in the back office',
        createdAt: '2026-11-23T17:44:00.000Z',
        expiresAt: '2027-05-01T00:00:00.000Z',
      },
    ],
    forecasts: shopForecasts(),
    storefrontKeys: [
      {
        id: 'sfk_1',
        key: 'vsk_Jx0b2m4T1Qk6y8W3n5p7r9u2v4x6z8A1c3e5g7i9k0',
        label: 'Shop',
        origins: ['https://haldenrow.example'],
        createdAt: '2026-11-02T08:00:00.000Z',
      },
    ],
  };
}

/** The one token that holds. */
export const token = `vat_${'A'.repeat(43)}`;

const waves = {
  'scale.grams': (at) => 7190 - 820 * Math.floor(((Date.now() - at) / 60_000) % 7),
  'scale.units': (at) => 7 - Math.floor(((Date.now() - at) / 60_000) % 7),
  'cold.celsius': (at) => 4.2 + Math.sin(at / 900_000) + Math.max(0, 4 - (Date.now() - at) / 300_000),
};

/** Rows of a metric without end, the same for the same minute. */
function rows(metric, resolution, from) {
  const step = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[resolution];
  const found = [];
  for (let start = Math.ceil(from / step) * step; start < Date.now(); start += step) {
    const value = waves[metric]?.(start) ?? 6 + Math.round(5 * Math.sin(start / 1_700_000) + ((start / 60_000) % 3));
    if (resolution === 'minute' && (start / step) % 47 < 4) continue; // it was away
    const spread = Math.abs(value) * 0.06;
    found.push({
      metric,
      start: iso(start),
      count: 12,
      sum: value * (metric.includes('.') && !/footfall|events/.test(metric) ? 12 : 1),
      min: value - spread,
      max: value + spread,
      last: value,
      lastAt: iso(start + step - 1),
    });
  }
  return found;
}

/**
 * Answers a browser context's calls to the worker.
 * @param {import('playwright-core').BrowserContext} context
 * @param {object} [how]
 * @param {ReturnType<typeof smallShop>} [how.shop]
 * @param {'viewer' | 'operator' | 'owner'} [how.role]
 * @param {object} [how.settings] what the shop finds in settings.json
 */
export async function fakeWorker(context, { shop = smallShop(), role = 'owner', settings } = {}) {
  const asked = [];
  const sockets = new Set();
  const unheard = [];
  let newest = 100;
  const json = (status, body, headers = {}) => ({
    status,
    headers: {
      'content-type': status < 400 ? 'application/json' : 'application/problem+json',
      'x-request-id': 'req_test',
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const problem = (status, detail, errors = []) =>
    json(status, { type: '/problems/x', title: 'Refused', status, detail, instance: 'req_test', errors });
  const one = (id) => shop.devices.find((each) => each.id === id);
  const answers = [
    ['GET', /^me$/, () => json(200, { id: 'tok_anna', role, label: 'Anna, floor' })],
    ['GET', /^devices$/, () => json(200, { items: shop.devices })],
    [
      'POST',
      /^devices$/,
      (_, body) => {
        if (one(body.id))
          return problem(409, `There is a device ${body.id} already. Choose another id.`, [
            { pointer: '/id', detail: 'It is taken.' },
          ]);
        const made = device({
          ...body,
          state: 'waiting',
          lastSeenAt: undefined,
          counts: { accepted: 0, duplicate: 0, late: 0, refused: 0 },
        });
        shop.devices.push(made);
        return json(201, {
          device: made,
          key: { id: 'key_new1', algorithm: 'v1', secret: 'whsec_c2hvd24gdGhpcyBvbmNlIGFuZCBuZXZlciBhZ2Fpbg==' },
        });
      },
    ],
    [
      'POST',
      /^enrolments$/,
      () => json(201, { token: `ven_${'B'.repeat(43)}`, expiresAt: '2026-12-01T10:00:00.000Z' }),
    ],
    ['GET', /^devices\/([^/]+)$/, ([id]) => (one(id) ? json(200, one(id)) : problem(404, `There is no device ${id}.`))],
    [
      'PATCH',
      /^devices\/([^/]+)$/,
      ([id], body) => {
        if (body.revoked) Object.assign(one(id), { state: 'revoked', revokedAt: iso(Date.now()), keys: [] });
        return json(200, one(id));
      },
    ],
    [
      'GET',
      /^devices\/([^/]+)\/readings$/,
      (_, __, query) =>
        json(200, {
          items: rows(query.get('metric'), query.get('resolution'), new Date(query.get('from')).getTime()).slice(
            0,
            200,
          ),
        }),
    ],
    [
      'PATCH',
      /^devices\/([^/]+)\/twin$/,
      ([id], body, _, headers) => {
        const { twin } = one(id);
        if (headers['if-match'] !== `"${twin.desiredVersion}"`)
          return problem(412, `The twin is at version ${twin.desiredVersion}.`);
        const merge = (into, patch) => {
          for (const [key, value] of Object.entries(patch)) {
            if (value === null) delete into[key];
            else if (typeof value === 'object' && !Array.isArray(value)) into[key] = merge({ ...into[key] }, value);
            else into[key] = value;
          }
          return into;
        };
        one(id).twin = {
          ...twin,
          desired: merge(structuredClone(twin.desired), body),
          desiredVersion: twin.desiredVersion + 1,
        };
        return json(200, one(id).twin);
      },
    ],
    [
      'POST',
      /^devices\/([^/]+)\/keys$/,
      ([id], body) => {
        one(id).keys.push({ id: 'key_next', algorithm: body.algorithm, createdAt: iso(Date.now()) });
        return json(201, {
          id: 'key_next',
          algorithm: body.algorithm,
          secret: 'whsec_dGhlIG5leHQgb25lLCBzaG93biB0aGlzIG9uY2Ugb25seQ==',
        });
      },
    ],
    [
      'DELETE',
      /^devices\/([^/]+)\/keys\/([^/]+)$/,
      ([id, key]) => {
        one(id).keys = one(id).keys.filter((each) => each.id !== key);
        return { status: 204 };
      },
    ],
    ['GET', /^stock$/, () => json(200, { items: shop.stock })],
    ['GET', /^stock\/([^/]+)$/, ([sku]) => json(200, { items: shop.stock.filter((entry) => entry.sku === sku) })],
    [
      'PUT',
      /^stock\/([^/]+)\/count$/,
      ([sku], body) => {
        const counted = {
          sku,
          site: body.site,
          units: body.units,
          agreed: true,
          spread: 0,
          sources: [source('counted', body.units, 0)],
        };
        shop.stock = [...shop.stock.filter((entry) => entry.sku !== sku || entry.site !== body.site), counted];
        return json(200, counted);
      },
    ],
    ...forecastAnswers(shop, json),
    ['GET', /^dead-letters$/, () => json(200, { items: shop.deadLetters })],
    [
      'POST',
      /^dead-letters\/([^/]+)\/replay$/,
      ([id]) => {
        shop.deadLetters = shop.deadLetters.filter((letter) => letter.id !== id);
        return { status: 204 };
      },
    ],
    [
      'DELETE',
      /^dead-letters\/([^/]+)$/,
      ([id]) => {
        shop.deadLetters = shop.deadLetters.filter((letter) => letter.id !== id);
        return { status: 204 };
      },
    ],
    ['GET', /^audit$/, () => json(200, { items: shop.audit })],
    ['GET', /^tokens$/, () => json(200, { items: shop.tokens })],
    [
      'POST',
      /^tokens$/,
      (_, body) => {
        const made = { id: 'tok_new', createdAt: iso(Date.now()), ...body };
        shop.tokens = [...shop.tokens, made];
        return json(201, { ...made, token: `vat_${'C'.repeat(43)}` });
      },
    ],
    ['GET', /^storefront-keys$/, () => json(200, { items: shop.storefrontKeys })],
  ];
  await context.route('**/v1/**', async (route) => {
    const request = route.request();
    const { pathname, searchParams } = new URL(request.url());
    const path = pathname.slice('/v1/'.length);
    const headers = request.headers();
    const body = request.postDataJSON?.() ?? undefined;
    asked.push({ method: request.method(), path, body });
    const isStock = /^stock\/[^/]+$/.test(path);
    if (
      headers.authorization !== `Bearer ${token}` &&
      !(isStock && headers.authorization === `Bearer ${settings?.key}`)
    ) {
      return route.fulfill(problem(401, 'Send a valid credential.'));
    }
    for (const [method, pattern, act] of answers) {
      const found = method === request.method() && pattern.exec(path);
      if (found) return route.fulfill(act(found.slice(1).map(decodeURIComponent), body, searchParams, headers));
    }
    return route.fulfill(problem(404, 'There is no such address.'));
  });
  await context.route('**/settings.json', (route) =>
    settings ? route.fulfill(json(200, settings)) : route.fulfill({ status: 404 }),
  );
  await context.routeWebSocket(/\/v1\/live/, (socket) => {
    sockets.add(socket);
    socket.onClose(() => sockets.delete(socket));
    socket.onMessage((message) => message === 'ping' && socket.send('pong'));
    socket.send(JSON.stringify({ id: newest - unheard.length, topic: 'hello', at: iso(Date.now()), body: null }));
    for (const frame of unheard.splice(0)) socket.send(frame);
  });
  return {
    shop,
    /** Calls so far. */
    asked,
    /** Tells every open page; where none listens yet, the first one that does. */
    tell(topic, body) {
      newest += 1;
      const frame = JSON.stringify({ id: newest, topic, at: iso(Date.now()), body });
      if (sockets.size === 0) unheard.push(frame);
      for (const socket of sockets) socket.send(frame);
    },
    /** Ends every connection with a code. */
    async cut(code = 1011) {
      for (const socket of [...sockets]) await socket.close({ code, reason: '' });
      sockets.clear();
    },
    connections: () => sockets.size,
  };
}
