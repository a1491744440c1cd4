/** The worker's hub as the live connection sees it, in memory: it keeps frames, resumes, pings, and can be cut. */

import { backOff } from '../../src/live/back-off.js';
import type { Frame, Socket, Surroundings } from '../../src/live.js';

/** One open socket as the hub sees it. */
export class FakeSocket implements Socket {
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: string[] = [];
  closed: number | undefined;
  /** Whether it answers pings. */
  alive = true;

  constructor(
    readonly address: string,
    readonly protocols: string[],
  ) {}

  send(text: string): void {
    this.sent.push(text);
    if (text === 'ping' && this.alive) this.onmessage?.({ data: 'pong' });
  }

  close(code?: number): void {
    this.closed = code;
  }

  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** Ends it from the other side. */
  cut(code = 1006): void {
    this.onclose?.({ code });
  }
}

/** A hub with the frames it keeps. */
export class FakeHub implements Surroundings {
  readonly sockets: FakeSocket[] = [];
  frames: Frame[] = [];
  #newest = 0;
  /** Frames kept, as the real hub keeps a thousand. */
  keeps = 100;
  /** Whether connections come about. */
  reachable = true;
  random = () => 0.999;

  open = (address: string, protocols: string[]): FakeSocket => {
    const socket = new FakeSocket(address, protocols);
    this.sockets.push(socket);
    queueMicrotask(() => (this.reachable ? this.#greet(socket) : socket.cut()));
    return socket;
  };

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('Nobody has connected.');
    return socket;
  }

  /** Sockets that were not closed by the page. */
  get alive(): FakeSocket[] {
    return this.sockets.filter(({ closed }) => closed === undefined);
  }

  /** Tells all of a product's new stock. */
  tell(sku: string, units: number, site = 'shop'): Frame {
    this.#newest += 1;
    const body = { sku, site, units, sources: [], agreed: true, spread: 0 };
    const frame: Frame = { id: this.#newest, topic: 'stock', at: '2026-11-24T10:00:00.000Z', body };
    this.frames = [...this.frames, frame].slice(-this.keeps);
    for (const socket of this.alive) if (socket.onmessage) socket.say(frame);
    return frame;
  }

  /** Loses all that it kept and counts from the beginning. */
  startOver(): void {
    this.frames = [];
    this.#newest = 0;
  }

  #greet(socket: FakeSocket): void {
    socket.say({ id: this.#newest, topic: 'hello', at: '', body: {} });
    const since = new URL(socket.address).searchParams.get('since');
    if (since === null) return;
    if ((this.frames[0]?.id ?? this.#newest + 1) > Number(since) + 1)
      socket.say({ id: this.#newest, topic: 'reset', at: '' });
    for (const frame of this.frames) if (frame.id > Number(since)) socket.say(frame);
  }
}

/** The longest that the page waits before that attempt, in milliseconds. */
export const longestWait = (attempt: number) => Math.ceil(backOff(attempt, 0.999));
