/** Loads what an element shows: again whenever what it depends on changes, and never an old answer over a new one. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A value that is fetched for a list of inputs; the last one stays until the next is there. */
export class Load<T> implements ReactiveController {
  value: T | undefined;
  error: unknown;
  readonly #host: ReactiveControllerHost;
  #inputs: readonly unknown[] | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Fetches where an input is another than last time. Where the first one is, the old value goes at once. */
  from(inputs: readonly unknown[], fetch: () => Promise<T>): T | undefined {
    const before = this.#inputs;
    if (before && inputs.length === before.length && inputs.every((input, place) => input === before[place])) {
      return this.value;
    }
    this.#inputs = inputs;
    if (before?.[0] !== inputs[0]) this.value = undefined;
    this.error = undefined;
    fetch().then(
      (value) => this.#arrived(inputs, () => (this.value = value)),
      (error: unknown) => this.#arrived(inputs, () => (this.error = error)),
    );
    return this.value;
  }

  #arrived(inputs: readonly unknown[], take: () => void): void {
    if (this.#inputs !== inputs) return;
    take();
    this.#host.requestUpdate();
  }
}
