/** A device that signs, and connections that are kept open: the same client for every worker that is measured. */
import { createHmac, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';

/** A device of the worker at this address, with its secret. */
export class Signer {
  #sequence = 0;
  #key;

  /**
   * @param {string} id
   * @param {string} secret `whsec_` and base64
   */
  constructor(id, secret) {
    this.id = id;
    this.#key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  }

  #event() {
    this.#sequence += 1;
    return {
      specversion: '1.0',
      id: `weight-${this.#sequence}`,
      source: `urn:bench:${this.id}`,
      type: 'vitrine.scale.weight.v1',
      time: new Date().toISOString(),
      sequence: String(this.#sequence),
      data: { grams: 4000 + (this.#sequence % 7), stable: true },
    };
  }

  /** The next request, ready to be sent: one event, or a batch. */
  next(batch = 0) {
    const events = batch ? Array.from({ length: batch }, () => this.#event()) : this.#event();
    const body = Buffer.from(JSON.stringify(events));
    const id = `msg_${randomBytes(9).toString('base64url')}`;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const code = createHmac('sha256', this.#key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    const headers = {
      'content-type': `application/cloudevents${batch ? '-batch' : ''}+json`,
      'content-length': body.length,
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${code}`,
    };
    return { path: `/v1/devices/${this.id}/events`, headers, body };
  }
}

/** Connections to one worker. */
export class Connections {
  #agent;
  #url;

  /** @param {string} address @param {number} most */
  constructor(address, most) {
    this.#url = new URL(address);
    this.#agent = new Agent({ keepAlive: true, maxSockets: most });
  }

  /** Sends a request; gives the milliseconds until the whole answer was there. Fails unless all is accepted. */
  send({ path, headers, body }) {
    return new Promise((resolve, reject) => {
      const begun = performance.now();
      const { hostname, port } = this.#url;
      const sent = request({ hostname, port, path, headers, method: 'POST', agent: this.#agent }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const took = performance.now() - begun;
          const text = Buffer.concat(parts).toString();
          const results = answer.statusCode === 200 ? JSON.parse(text).results : [];
          if (results.length > 0 && results.every(({ status }) => status === 'accepted')) resolve(took);
          else reject(new Error(`${path} answered ${answer.statusCode}: ${text.slice(0, 300)}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close() {
    this.#agent.destroy();
  }
}
