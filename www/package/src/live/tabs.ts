/** One connection for all tabs of a browser: one tab leads and holds it, the others hear what it hears. */
import { Connection, type Hearer, type Surroundings } from './connection.js';
import type { Frame, LiveState } from './types.js';

/** What tabs tell each other. */
type Message =
  | { is: 'frame'; frame: Frame }
  | { is: 'reset'; position: number | undefined }
  | { is: 'state'; state: LiveState; position: number | undefined; recent?: Frame[] }
  | { is: 'ask' };

/** Milliseconds for which frames are kept for whoever begins to listen: the database may be as much behind them. */
const recently = 15_000;
/** Frames kept at most. */
const mostRecent = 500;
/** Milliseconds between two looks at the leading tab, and until it must have answered. */
const look = { every: 20_000, patience: 5_000 };

/** A tab's part in it. Without Web Locks or BroadcastChannel every tab connects for itself. */
export class Tabs {
  #connection: Connection | undefined;
  #channel: BroadcastChannel | undefined;
  #giveUp: AbortController | undefined;
  #release: (() => void) | undefined;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #position: number | undefined;
  #recent: { at: number; frame: Frame }[] = [];
  #state: LiveState = 'idle';

  /** `name` is the same in all tabs that may share, and in no others. */
  constructor(
    private readonly name: string,
    private readonly address: string,
    private readonly key: string,
    private readonly hearer: Hearer,
    private readonly around?: Surroundings,
  ) {}

  /** What was told in the last seconds, oldest first. */
  get recent(): Frame[] {
    const since = Date.now() - recently;
    this.#recent = this.#recent.filter(({ at }) => at > since);
    return this.#recent.map(({ frame }) => frame);
  }

  start(): void {
    const locks = globalThis.navigator?.locks;
    globalThis.addEventListener?.('online', this.#online);
    if (!locks || typeof BroadcastChannel === 'undefined') {
      this.#lead();
      return;
    }
    this.#channel = new BroadcastChannel(this.name);
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data);
    this.#tell('connecting');
    this.#queue(locks);
  }

  stop(): void {
    globalThis.removeEventListener?.('online', this.#online);
    clearTimeout(this.#looking);
    this.#giveUp?.abort();
    this.#step();
    if (this.#channel) this.#channel.onmessage = null;
    this.#channel?.close();
    this.#channel = undefined;
    this.#tell('idle');
  }

  /** Waits in line for the lead, and hears the tab that has it until then. */
  #queue(locks: LockManager): void {
    const { signal } = this.#newLine();
    this.#say({ is: 'ask' });
    this.#lookAfterLeader(locks);
    locks
      .request(this.name, { signal }, () => this.#hold())
      .catch((error: unknown) => this.#lost(locks, signal, error));
  }

  #newLine(): AbortController {
    this.#giveUp = new AbortController();
    return this.#giveUp;
  }

  /** Holds the lead until it is given back. */
  #hold(): Promise<void> | undefined {
    if (!this.#channel) return undefined; // stopped in the meantime
    clearTimeout(this.#looking);
    this.#lead();
    return new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  /** The lead was taken by a tab that heard nothing of this one, as after a long sleep: back into the line. */
  #lost(locks: LockManager, { aborted }: AbortSignal, error: unknown): void {
    if (aborted || !this.#channel) return;
    this.#step();
    if (error instanceof DOMException && error.name === 'AbortError') this.#queue(locks);
    else this.#lead(); // locks are refused here
  }

  /** A browser may put the leading tab to sleep with the lock in its hand. */
  #lookAfterLeader(locks: LockManager): void {
    clearTimeout(this.#looking);
    this.#looking = setTimeout(() => {
      this.#say({ is: 'ask' });
      this.#looking = setTimeout(() => {
        this.#giveUp?.abort();
        const { signal } = this.#newLine();
        locks
          .request(this.name, { steal: true }, () => this.#hold())
          .catch((error: unknown) => this.#lost(locks, signal, error));
      }, look.patience);
    }, look.every);
  }

  #lead(): void {
    const hearer: Hearer = {
      frame: (frame) => {
        this.#say({ is: 'frame', frame });
        this.#take(frame);
      },
      reset: () => {
        this.#position = connection.position;
        this.#say({ is: 'reset', position: this.#position });
        this.#startOver();
      },
      state: (state) => {
        if (this.#connection !== connection) return; // stepped back
        this.#position = connection.position;
        this.#say({ is: 'state', state, position: this.#position });
        this.#tell(state);
      },
    };
    const connection = new Connection(this.address, this.key, hearer, this.#position, this.around);
    this.#connection = connection;
    connection.start();
  }

  /** Steps back from the lead, if this tab has it. */
  #step(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.stop();
    this.#release?.();
    this.#release = undefined;
  }

  #hear(message: Message): void {
    if (message.is === 'ask') {
      if (this.#connection) {
        this.#say({ is: 'state', state: this.#state, position: this.#position, recent: this.recent });
      }
      return;
    }
    if (this.#connection) return; // an answer to a question from before this tab led
    const locks = globalThis.navigator?.locks;
    if (locks) this.#lookAfterLeader(locks);
    if (message.is === 'frame') {
      this.#take(message.frame);
    } else {
      // A tab that has just come has not heard what the others have.
      if (message.is === 'state' && this.#position === undefined)
        for (const frame of message.recent ?? []) this.#take(frame);
      this.#position = message.position ?? this.#position;
      if (message.is === 'reset') this.#startOver();
      else this.#tell(message.state);
    }
  }

  #startOver(): void {
    this.#recent = [];
    this.hearer.reset();
  }

  #take(frame: Frame): void {
    this.#position = frame.id;
    this.#recent = [...this.#recent.slice(-mostRecent + 1), { at: Date.now(), frame }];
    this.hearer.frame(frame);
  }

  #tell(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.hearer.state(state);
  }

  #say(message: Message): void {
    this.#channel?.postMessage(message);
  }

  readonly #online = (): void => this.#connection?.hurry();
}
