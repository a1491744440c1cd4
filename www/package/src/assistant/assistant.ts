/** `Assistant`: a conversation with the shop's worker that survives cut connections and new pages. */
import { VitrineError } from '../error.js';
import { backOff } from '../live/back-off.js';
import type { Language } from '../types.js';
import { workerAddress } from '../worker-address.js';
import { eventsOf } from './event-stream.js';
import type { AssistantEvent, Said, TurnPart } from './types.js';

/** How to reach the worker. */
export interface AssistantOptions {
  /** Where it is: `/` where it serves the page itself, else its address. */
  worker: string | URL;
  /** The shop's publishable storefront key. */
  key: string;
  /** Where the conversation's id is kept between two pages; the tab's own storage where absent. */
  storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/** How a turn is asked for. */
export interface TurnOptions {
  language?: Language;
  /** Ends the turn: the worker stops as well. */
  signal?: AbortSignal;
  /** The turn's own name, from `turnName`: a turn that is said again under the same name is not done again. */
  message?: string;
}

/** Attempts in a row that bring nothing new, after which a turn is given up. */
const attempts = 6;
/** Milliseconds without a byte after which a connection counts as cut: the worker sends one every ten seconds. */
const silence = 25_000;

/**
 * One conversation.
 *
 * ```ts
 * const assistant = Assistant.open({ worker: '/', key: 'vsk_…' });
 * for await (const part of assistant.say({ text: 'Do you have a denim jacket?' })) console.log(part);
 * ```
 */
export class Assistant {
  readonly #base: URL;
  readonly #key: string;
  readonly #storage: AssistantOptions['storage'];
  readonly #name: string;
  #conversation: string | undefined;
  /** The newest event that was handed on. */
  #seen = 0;

  private constructor({ worker, key, storage }: AssistantOptions) {
    const base = workerAddress(worker);
    if (!base) throw new VitrineError('worker', `"${worker}" is no address of a worker. Give "/" or an https address.`);
    this.#base = base;
    this.#key = key;
    this.#storage = storage ?? tabStorage();
    this.#name = `vitrine-assistant:${this.#base}`;
    this.#conversation = this.#storage?.getItem(this.#name) ?? undefined;
  }

  /** Makes ready; nothing is sent before something is said. Throws where the address is none. */
  static open(options: AssistantOptions): Assistant {
    return new Assistant(options);
  }

  /** Whether there is a conversation to go on with. */
  get begun(): boolean {
    return this.#conversation !== undefined;
  }

  /**
   * Says something, and gives what the worker answers as it comes. A cut connection is made again where it ended.
   * Throws a `VitrineError` with the code `network`, `busy` or `refused` where nothing more will come; the same turn can
   * then be said again.
   */
  say(
    said: Said,
    { language, signal, message = turnName() }: TurnOptions = {},
  ): AsyncGenerator<TurnPart, void, undefined> {
    const ask = (): [string, RequestInit] => [
      'v1/chat',
      {
        method: 'POST',
        body: JSON.stringify({ ...said, message, language, conversation: this.#conversation }),
        headers: { 'content-type': 'application/json' },
      },
    ];
    return this.#follow(ask, signal, message);
  }

  /** All that was said so far, for a page that comes new to it, and the end of a turn that was cut. */
  async *history({ signal }: TurnOptions = {}): AsyncGenerator<TurnPart, void, undefined> {
    if (!this.#conversation) return;
    this.#seen = 0;
    yield* this.#follow(() => [`v1/chat/${this.#conversation}/events`, { method: 'GET' }], signal);
  }

  /** Erases the conversation in the worker; the next turn begins a new one. */
  async erase(): Promise<void> {
    const conversation = this.#conversation;
    if (!conversation) return;
    const response = await this.#fetch(`v1/chat/${conversation}`, { method: 'DELETE' }).catch((cause: unknown) => {
      throw new VitrineError('network', 'The worker cannot be reached.', undefined, { cause });
    });
    if (!response.ok && response.status !== 404)
      throw new VitrineError('network', `The worker answers ${response.status}.`);
    this.#forget();
  }

  /** Asks until the turn is over; `message` is the turn that is waited for, or whichever is the last. */
  async *#follow(
    ask: () => [string, RequestInit],
    signal: AbortSignal | undefined,
    message?: string,
  ): AsyncGenerator<TurnPart, void, undefined> {
    let mine = message === undefined;
    for (let attempt = 0; attempt < attempts; ) {
      const before = this.#seen;
      const outcome = yield* this.#attempt(ask, signal, (part) => {
        if (part.event === 'turn') mine ||= part.data.message === message;
        return part.event === 'done' && mine && message !== undefined;
      });
      if (outcome === 'over' || signal?.aborted) return;
      if (outcome === 'gone' && message === undefined) return;
      attempt = this.#seen > before ? 0 : attempt + 1;
      if (outcome === 'gone') continue;
      if (attempt >= attempts) break;
      yield { event: 'cut' };
      await pause(backOff(attempt, Math.random()), signal);
      if (signal?.aborted) return;
    }
    throw new VitrineError('network', 'The worker cannot be reached. Try again in a moment.');
  }

  async *#attempt(
    ask: () => [string, RequestInit],
    signal: AbortSignal | undefined,
    isLast: (part: AssistantEvent) => boolean,
  ): AsyncGenerator<TurnPart, 'over' | 'cut' | 'gone', undefined> {
    const ending = new AbortController();
    const end = () => ending.abort();
    signal?.addEventListener('abort', end);
    let timer = setTimeout(end, silence);
    let whole = true;
    try {
      const [path, init] = ask();
      const headers: Record<string, string> = { ...(init.headers as Record<string, string>) };
      if (this.#conversation && this.#seen > 0) headers['last-event-id'] = String(this.#seen);
      const response = await this.#fetch(path, { ...init, headers, signal: ending.signal });
      if (response.status === 204) return 'over';
      if (response.status === 404 && this.#conversation) {
        // Erased, or kept no longer.
        this.#forget();
        return 'gone';
      }
      if (response.status >= 500) return 'cut';
      if (!response.ok || !response.body) throw await refusal(response);
      for await (const { id, event, data } of eventsOf(
        watched(response.body, () => {
          clearTimeout(timer);
          timer = setTimeout(end, silence);
        }),
      )) {
        const part = { id: Number(id), event, data: JSON.parse(data) } as AssistantEvent;
        if (part.event === 'turn') this.#keep(part.data.conversation);
        if (part.id <= this.#seen) continue;
        this.#seen = part.id;
        whole = part.event === 'done';
        yield part;
        if (isLast(part)) return 'over';
      }
      // A history ends where the worker ends it, with a turn that is over.
      return init.method === 'GET' && whole ? 'over' : 'cut';
    } catch (thrown) {
      if (thrown instanceof VitrineError) throw thrown;
      return 'cut';
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      ending.abort();
    }
  }

  #fetch(path: string, init: RequestInit): Promise<Response> {
    return fetch(new URL(path, this.#base), {
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${this.#key}` },
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
  }

  #keep(conversation: string): void {
    if (this.#conversation === conversation) return;
    this.#conversation = conversation;
    this.#storage?.setItem(this.#name, conversation);
  }

  #forget(): void {
    this.#conversation = undefined;
    this.#seen = 0;
    this.#storage?.removeItem(this.#name);
  }
}

/** The tab's own storage, where the browser has one and lets the page use it. */
function tabStorage(): AssistantOptions['storage'] {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

/** A name that no other turn has. */
export function turnName(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function refusal(response: Response): Promise<VitrineError> {
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
  const code = response.status === 429 ? 'busy' : 'refused';
  return new VitrineError(code, detail ?? `The worker answers ${response.status}.`);
}

/** The same bytes; `seen` is called whenever some come. */
function watched(body: ReadableStream<Uint8Array>, seen: () => void): ReadableStream<Uint8Array> {
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen();
        controller.enqueue(chunk);
      },
    }),
  );
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
