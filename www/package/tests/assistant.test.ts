/** A conversation with the worker: parts come whole and once, whatever the connection does. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Assistant, type AssistantOptions } from '../src/assistant/assistant.js';
import type { AssistantEvent, TurnPart } from '../src/assistant/types.js';
import { VitrineError } from '../src/error.js';

/** What a call of the worker was, and what it shall answer. */
interface Call {
  method: string;
  path: string;
  headers: Headers;
  body: Record<string, unknown> | undefined;
}
type Answer = (call: Call) => Response | Promise<Response>;

const id = `chat_${'A'.repeat(43)}`;
const setTimer = setTimeout;
let calls: Call[];
let answers: Answer[];

const wire = ({ id, event, data }: { id: number; event: string; data: unknown }) =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** The events of a turn from an id on. */
function turn(message: unknown, first = 1, text = 'Good morning.') {
  return [
    { id: first, event: 'turn', data: { conversation: id, turn: 1, message } },
    { id: first + 1, event: 'sentence', data: { text, sources: [], onCard: false } },
    { id: first + 2, event: 'done', data: { turn: 1 } },
  ];
}

/** A stream of a text in pieces; it breaks at its end where `cut`. */
function streamed(text: string, { size = 7, cut = false } = {}): Response {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = bytes.slice(at, at + size);
      at += size;
      if (piece.length > 0) controller.enqueue(piece);
      else if (cut) controller.error(new TypeError('network'));
      else controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

beforeEach(() => {
  calls = [];
  answers = [];
  // Pauses between two attempts are over at once; the patience with a silent connection stays as it is.
  vi.stubGlobal('setTimeout', (act: () => void, wait = 0) => setTimer(act, wait > 20_000 ? wait : 0));
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    const call: Call = {
      method: init.method ?? 'GET',
      path: url.pathname,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    calls.push(call);
    const answer = answers.shift();
    if (!answer) throw new TypeError('nobody is there');
    return answer(call);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const open = (options: Partial<AssistantOptions> = {}) =>
  Assistant.open({ worker: 'https://things.example', key: 'vsk_1', storage: storage(), ...options });

async function all(parts: AsyncGenerator<TurnPart>): Promise<TurnPart[]> {
  const found: TurnPart[] = [];
  for await (const part of parts) found.push(part);
  return found;
}

const ids = (parts: TurnPart[]) =>
  parts.filter((part): part is AssistantEvent => part.event !== 'cut').map(({ id }) => id);

test('a turn is asked for by name and told as it comes, in pieces of any size', async () => {
  for (const size of [1, 5, 4096]) {
    answers = [({ body }) => streamed(`: hello\n\n${turn(body?.message).map(wire).join('')}`, { size })];
    const parts = await all(open().say({ text: '早上好' }, { language: 'zh' }));
    expect(ids(parts)).toEqual([1, 2, 3]);
    expect(calls.at(-1)).toMatchObject({ method: 'POST', path: '/v1/chat', body: { text: '早上好', language: 'zh' } });
    expect(calls.at(-1)?.headers.get('authorization')).toBe('Bearer vsk_1');
    expect(calls.at(-1)?.body?.message).toMatch(/^[0-9a-f]{32}$/);
  }
});

test('a connection that is cut is made again where it ended, with the same turn', async () => {
  answers = [
    ({ body }) => streamed(turn(body?.message).slice(0, 2).map(wire).join('').slice(0, -3), { cut: true }),
    () => {
      throw new TypeError('network');
    },
    ({ body }) => streamed(turn(body?.message).slice(1).map(wire).join('')),
  ];
  const parts = await all(open().say({ text: 'Hello' }));
  expect(ids(parts)).toEqual([1, 2, 3]);
  expect(parts.filter(({ event }) => event === 'cut')).toHaveLength(2);
  expect(new Set(calls.map(({ body }) => body?.message)).size).toBe(1);
  expect(calls.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, '1', '1']);
  expect(calls.map(({ body }) => body?.conversation)).toEqual([undefined, id, id]);
});

test('what comes twice is told once', async () => {
  answers = [
    ({ body }) => streamed(turn(body?.message).slice(0, 2).map(wire).join(''), { cut: true }),
    ({ body }) => streamed(turn(body?.message).map(wire).join('')),
  ];
  expect(ids(await all(open().say({ text: 'Hello' })))).toEqual([1, 2, 3]);
});

test('a worker that stays away is told of after some attempts', async () => {
  const failed = all(open().say({ text: 'Hello' }));
  await expect(failed).rejects.toMatchObject({ code: 'network' });
  await expect(failed).rejects.toBeInstanceOf(VitrineError);
  expect(calls).toHaveLength(6);
});

test('a turn that is too fast or refused is not tried again', async () => {
  for (const [status, code] of [
    [429, 'busy'],
    [422, 'refused'],
    [401, 'refused'],
  ] as const) {
    calls = [];
    answers = [() => Response.json({ detail: 'Wait 3 s.' }, { status })];
    await expect(all(open().say({ text: 'Hello' }))).rejects.toMatchObject({ code, message: 'Wait 3 s.' });
    expect(calls).toHaveLength(1);
  }
});

test('a conversation that the worker has forgotten begins anew', async () => {
  const kept = storage();
  kept.kept.set('vitrine-assistant:https://things.example/', id);
  const assistant = open({ storage: kept });
  expect(assistant.begun).toBe(true);
  answers = [() => Response.json({}, { status: 404 }), ({ body }) => streamed(turn(body?.message).map(wire).join(''))];
  expect(ids(await all(assistant.say({ text: 'Hello' })))).toEqual([1, 2, 3]);
  expect(calls.map(({ body }) => body?.conversation)).toEqual([id, undefined]);
});

test('a page that comes new to it hears everything that was said', async () => {
  const kept = storage();
  answers = [({ body }) => streamed(turn(body?.message).map(wire).join(''))];
  await all(open({ storage: kept }).say({ text: 'Hello' }));
  const next = open({ storage: kept });
  answers = [() => streamed(turn('m').map(wire).join('')), () => new Response(null, { status: 204 })];
  expect(ids(await all(next.history()))).toEqual([1, 2, 3]);
  expect(calls.at(-1)).toMatchObject({ method: 'GET', path: `/v1/chat/${id}/events` });
  expect(await all(open().history())).toEqual([]);
});

test('erasing forgets the conversation here once it is forgotten there', async () => {
  const kept = storage();
  const assistant = open({ storage: kept });
  answers = [({ body }) => streamed(turn(body?.message).map(wire).join(''))];
  await all(assistant.say({ text: 'Hello' }));
  answers = [() => Response.json({}, { status: 500 })];
  await expect(assistant.erase()).rejects.toMatchObject({ code: 'network' });
  expect(assistant.begun).toBe(true);
  answers = [() => new Response(null, { status: 204 })];
  await assistant.erase();
  expect(calls.at(-1)).toMatchObject({ method: 'DELETE', path: `/v1/chat/${id}` });
  expect([assistant.begun, kept.kept.size]).toEqual([false, 0]);
});

test('an address that is none is refused', () => {
  expect(() => open({ worker: 'javascript:alert(1)' })).toThrow(VitrineError);
});
