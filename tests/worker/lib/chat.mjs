/** Conversations as a page holds them, and the shop that they speak of. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { inHouse } from '../../../scripts/lib/house.mjs';
import { call, house, owner } from './house.mjs';

/** Gives the worker the demo's catalogue and policies. */
export async function stockShelves(worker, token = owner) {
  const body = readFileSync(inHouse('demo/catalogue.jsonl'));
  const headers = { 'content-type': 'application/jsonl' };
  const put = await call('PUT /v1/catalogue', { body, headers, worker, token });
  if (put.status !== 200) throw new Error(JSON.stringify(put.body));
  for (const language of ['en', 'zh']) {
    for (const file of readdirSync(inHouse(`demo/policies/${language}`))) {
      const text = readFileSync(inHouse(`demo/policies/${language}/${file}`));
      const name = file.replace(/\.md$/, '');
      const answer = await call(`PUT /v1/policies/${language}/${name}`, {
        body: text,
        headers: { 'content-type': 'text/markdown' },
        worker,
        token,
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    }
  }
  return put.body;
}

/** Events of a text; one that has no end is none. */
export function parse(text) {
  return text
    .split('\n\n')
    .slice(0, -1)
    .filter((block) => block.startsWith('id: '))
    .map((block) => {
      const [id, event, data] = block.split('\n').map((line) => line.slice(line.indexOf(': ') + 2));
      return { id: Number(id), event, data: JSON.parse(data) };
    });
}

const name = () => randomBytes(8).toString('hex');

/** A conversation; `say` gives the events of a turn once it is over. */
export class Chat {
  conversation;
  seen = 0;

  constructor({ worker, token = owner, language = 'en', headers = {} } = {}) {
    Object.assign(this, { worker, token, language, headers });
  }

  /** The raw response to a turn. */
  async ask(said, { message = name(), after, signal } = {}) {
    const { address } = this.worker ?? (await house());
    return fetch(`${address}/v1/chat`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        ...(after === undefined ? {} : { 'last-event-id': String(after) }),
        ...this.headers,
      },
      body: JSON.stringify({
        message,
        language: this.language,
        conversation: this.conversation,
        ...(typeof said === 'string' ? { text: said } : said),
      }),
      signal,
    });
  }

  /** Takes a turn to its end. */
  async say(said, how) {
    const response = await this.ask(said, how);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    return this.take(parse(text));
  }

  take(events) {
    this.conversation ??= events.find(({ event }) => event === 'turn')?.data.conversation;
    this.seen = events.at(-1)?.id ?? this.seen;
    return events;
  }

  /** What came after an event. */
  async resume(after = this.seen, { conversation = this.conversation } = {}) {
    const { address } = this.worker ?? (await house());
    const response = await fetch(`${address}/v1/chat/${conversation}/events`, {
      headers: { authorization: `Bearer ${this.token}`, 'last-event-id': String(after), ...this.headers },
    });
    const text = await response.text();
    return { status: response.status, events: response.status === 200 ? parse(text) : [], text };
  }
}

/** What was said, as one text. */
export const words = (events) =>
  events
    .filter(({ event }) => event === 'sentence')
    .map(({ data }) => data.text)
    .join(' ');

/** The data of the first event of a kind. */
export const one = (events, kind) => events.find(({ event }) => event === kind)?.data;
