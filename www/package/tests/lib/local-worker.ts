/** A browser's worker whose script runs in this process: messages are copied, and arrive later. */

/** What a worker's script sees of itself. */
export interface LocalScope {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** The class to put in the place of `Worker`, and those that were started. */
export function localWorkers(attend: (scope: LocalScope) => void) {
  const started: LocalWorker[] = [];

  class LocalWorker extends EventTarget {
    terminated = false;
    readonly #inside = new EventTarget();

    constructor(readonly script: URL) {
      super();
      started.push(this);
      const scope: LocalScope = {
        postMessage: (message) => this.#carry(this, message),
        addEventListener: (type, listener) => this.#inside.addEventListener(type, listener as EventListener),
      };
      setTimeout(() => attend(scope));
    }

    postMessage(message: unknown): void {
      this.#carry(this.#inside, message);
    }

    terminate(): void {
      this.terminated = true;
    }

    #carry(target: EventTarget, message: unknown): void {
      const data = structuredClone(message);
      setTimeout(() => this.terminated || target.dispatchEvent(new MessageEvent('message', { data })));
    }
  }

  return { LocalWorker, started };
}
