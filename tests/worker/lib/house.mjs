/** One worker for all tests that do not end it, and the calls that they make. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { after } from 'node:test';
import { openWorker } from './runtime.mjs';

/** The owner's token, of which the worker knows the hash. */
export const owner = `vat_${randomBytes(32).toString('base64url')}`;
export const shopifySecret = 'a secret of the shop system';

/** What a worker for tests is started with. */
export const vars = {
  OWNER_TOKEN_SHA256: createHash('sha256').update(owner).digest('hex'),
  SHOPIFY_SECRET: shopifySecret,
};

let started;

/** The running worker. */
export function house() {
  started ??= openWorker({ vars });
  return started;
}

after(async () => {
  const worker = await started?.catch(() => undefined);
  await worker?.stop();
});

/**
 * Calls the worker.
 * @param {string} method and path, such as `GET /v1/devices`
 * @param {{ body?: unknown, token?: string | null, headers?: Record<string, string>, worker?: object }} [how]
 *   `body` is sent as JSON unless it is text or bytes
 */
export async function call(method, { body, token = owner, headers = {}, worker } = {}) {
  const { address } = worker ?? (await house());
  const [verb, path] = method.split(' ');
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(address + path, {
    method: verb,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body !== undefined && !raw ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    body: body === undefined || raw ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const kind = response.headers.get('content-type') ?? '';
  return { status: response.status, headers: response.headers, body: /\bjson\b/.test(kind) ? JSON.parse(text) : text };
}

let made = 0;

/** A device id that no other test uses. */
export function freshId(kind = 'device') {
  made += 1;
  return `${kind}-${made}-${randomBytes(3).toString('hex')}`;
}

/** Headers of a signature by Standard Webhooks. */
export function sign(secret, body, { id = `msg_${randomBytes(8).toString('hex')}`, at = Date.now() } = {}) {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** A registered device that sends signed events; its sequence goes on by itself. */
export class Device {
  sequence = 0;

  /** Registers one. */
  static async register(how = {}, worker) {
    const body = { id: freshId(how.kind ?? 'scale'), kind: 'scale', site: 'main', ...how };
    const { status, body: registered } = await call('POST /v1/devices', { body, worker });
    if (status !== 201) throw new Error(JSON.stringify(registered));
    return new Device(registered, worker);
  }

  constructor({ device, key }, worker) {
    this.id = device.id;
    this.kind = device.kind;
    this.secret = key.secret;
    this.worker = worker;
  }

  /** An event that is not sent yet. */
  event(data, { type = 'vitrine.scale.weight.v1', ...more } = {}) {
    this.sequence += 1;
    return {
      specversion: '1.0',
      id: `e${this.sequence}`,
      source: `/devices/${this.id}`,
      type,
      time: new Date().toISOString(),
      sequence: String(this.sequence),
      data,
      ...more,
    };
  }

  /** Sends one event or several; `how` may change headers and the secret. */
  async send(events, { secret = this.secret, headers = {}, at, raw } = {}) {
    const batch = Array.isArray(events);
    const body = raw ?? JSON.stringify(events);
    const kind = batch ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
    return call(`POST /v1/devices/${this.id}/events`, {
      body,
      token: null,
      headers: { 'content-type': kind, ...sign(secret, body, { at }), ...headers },
      worker: this.worker,
    });
  }

  /** The device as it is shown. */
  async read() {
    const { body } = await call(`GET /v1/devices/${this.id}`, { worker: this.worker });
    return body;
  }
}

/** Waits until something holds; fails with what it last gave. */
export async function until(look, holds, patience = 20_000) {
  let last;
  for (const end = performance.now() + patience; performance.now() < end; ) {
    last = await look();
    if (holds(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It stays as it was: ${JSON.stringify(last)}`);
}
