/** Keeps an element up to date with event sources outside it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders the host again whenever one of the sources fires `change`. */
export class Follow implements ReactiveController {
  readonly #sources: EventTarget[];
  readonly #update: () => void;

  constructor(host: ReactiveControllerHost, ...sources: EventTarget[]) {
    this.#sources = sources;
    this.#update = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected(): void {
    for (const source of this.#sources) source.addEventListener('change', this.#update);
  }

  hostDisconnected(): void {
    for (const source of this.#sources) source.removeEventListener('change', this.#update);
  }
}
