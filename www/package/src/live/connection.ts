/** One WebSocket to the worker that comes back by itself, and misses nothing in between. */
import { backOff } from './back-off.js';
import type { Frame, LiveState } from './types.js';

/** What of a WebSocket is used. */
export interface Socket {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

/** What the connection needs of its surroundings; tests put their own in. */
export interface Surroundings {
  open: (address: string, protocols: string[]) => Socket;
  random: () => number;
}

/** Whom it tells. */
export interface Hearer {
  frame(frame: Frame): void;
  reset(): void;
  state(state: LiveState): void;
}

/** The code with which the worker ends connections whose key was withdrawn. */
const withdrawn = 4401;
const subprotocol = 'vitrine.live.v1';
/** Milliseconds until the worker has said hello, between two pings, until a pong, and after which a connection is good. */
const patience = { hello: 10_000, ping: 25_000, pong: 10_000, good: 5_000 };

const browser: Surroundings = {
  open: (address, protocols) => new WebSocket(address, protocols) as Socket,
  random: Math.random,
};

/** Connects on `start` and again after each cut, until `stop`. */
export class Connection {
  #socket: Socket | undefined;
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #attempt = 0;
  /** The newest frame handed on. */
  #seen: number;
  /** Where to resume. */
  #position: number | undefined;
  /** Whether this connection was asked to resume. */
  #resumed = false;

  /**
   * @param address of the worker's `/v1/live`, as `ws:` or `wss:`
   * @param key a storefront key or an access token
   * @param position the last frame that was heard, to resume after it
   */
  constructor(
    private readonly address: string,
    private readonly key: string,
    private readonly hearer: Hearer,
    position: number | undefined,
    private readonly around: Surroundings = browser,
  ) {
    this.#position = position;
    this.#seen = position ?? 0;
  }

  /** The last frame that was heard of; `undefined` before the first hello. */
  get position(): number | undefined {
    return this.#position;
  }

  start(): void {
    this.#connect();
  }

  stop(): void {
    this.#let();
    this.hearer.state('idle');
  }

  /** Tries at once where it waits: the network came back. */
  hurry(): void {
    if (!this.#timers.has('retry')) return;
    this.#attempt = 0;
    this.#connect();
  }

  #connect(): void {
    this.#let();
    this.hearer.state('connecting');
    this.#resumed = this.#position !== undefined;
    const address = this.#resumed ? `${this.address}?since=${this.#position}` : this.address;
    let socket: Socket;
    try {
      socket = this.around.open(address, [subprotocol, `bearer.${this.key}`]);
    } catch {
      // The page's policy, or a key with characters that no subprotocol may have.
      this.#cut();
      return;
    }
    this.#socket = socket;
    this.#after('hello', patience.hello, () => this.#cut());
    socket.onmessage = ({ data }) => this.#take(data);
    socket.onclose = ({ code }) => (code === withdrawn ? this.#refused() : this.#cut());
  }

  #take(data: unknown): void {
    if (data === 'pong') {
      this.#clear('pong');
      return;
    }
    const message = parsed(data);
    if (!message) {
      // Whoever speaks there is not the worker.
      this.#cut();
    } else if (message.topic === 'hello') {
      this.#hello(message.id);
    } else if (message.topic === 'reset') {
      this.#startOver(message.id);
    } else if (message.id > this.#seen) {
      this.#seen = message.id;
      this.#position = Math.max(this.#position ?? 0, message.id);
      this.hearer.frame(message as Frame);
    }
  }

  #hello(newest: number): void {
    this.#clear('hello');
    this.#after('good', patience.good, () => {
      this.#attempt = 0;
    });
    this.#after('ping', patience.ping, () => this.#ping());
    // The worker counts from the beginning again: its hub is another one.
    if (this.#resumed && newest < (this.#position ?? 0)) this.#startOver(newest);
    this.#position ??= newest;
    this.hearer.state('open');
  }

  #startOver(newest: number): void {
    this.#seen = 0;
    this.#position = newest;
    this.hearer.reset();
  }

  #ping(): void {
    this.#after('pong', patience.pong, () => this.#cut());
    this.#after('ping', patience.ping, () => this.#ping());
    this.#socket?.send('ping');
  }

  /** The key no longer holds: there is no use in coming back with it. */
  #refused(): void {
    this.#let();
    this.hearer.state('refused');
  }

  #cut(): void {
    this.#let();
    this.hearer.state('waiting');
    this.#after('retry', backOff(this.#attempt, this.around.random()), () => this.#connect());
    this.#attempt += 1;
  }

  /** Lets go of the socket and of every timer. */
  #let(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }

  #after(name: string, milliseconds: number, act: () => void): void {
    this.#clear(name);
    this.#timers.set(
      name,
      setTimeout(() => {
        this.#timers.delete(name);
        act();
      }, milliseconds),
    );
  }

  #clear(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}

/** A message of the worker; `undefined` where it is none. */
function parsed(data: unknown): { id: number; topic: string } | undefined {
  try {
    const message: unknown = JSON.parse(String(data));
    if (typeof message !== 'object' || message === null) return undefined;
    const { id, topic } = message as Record<string, unknown>;
    return typeof topic === 'string' && Number.isSafeInteger(id)
      ? (message as { id: number; topic: string })
      : undefined;
  } catch {
    return undefined;
  }
}
