/** Keeps an element up to date with a shop while the element is on the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Change } from '../types.js';
import type { Vitrine } from '../vitrine.js';

/** What of a shop the elements use; anything of that shape serves. */
export type Shop = Pick<
  Vitrine,
  'about' | 'language' | 'privacy' | 'product' | 'recommend' | 'remove' | 'storage' | 'subscribe'
>;

/** Watches whichever shop the element has at the moment. */
export class ShopWatcher implements ReactiveController {
  #watched: Shop | undefined;
  #stop: (() => void) | undefined;

  constructor(
    private readonly element: ReactiveControllerHost & { shop: Shop | undefined; isConnected: boolean },
    private readonly changed: (change: Change | undefined) => void,
  ) {
    element.addController(this);
  }

  hostConnected(): void {
    this.hostUpdate();
  }

  /** Before each update: the element may have another shop now. */
  hostUpdate(): void {
    const { shop } = this.element;
    if (shop === this.#watched) return;
    this.#stop?.();
    this.#watched = shop;
    this.#stop = shop?.subscribe(this.changed);
    this.changed(undefined);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = this.#watched = undefined;
  }
}
