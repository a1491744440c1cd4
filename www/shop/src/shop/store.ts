/** Which shop is open: the demo, or the one made from a dropped feed. Opens it, says why it cannot, changes over. */
import { type CategoryNode, type PackAbout, type PackFiles, Vitrine, VitrineError } from '@vitrine/storefront';
import { preferences } from '../preferences';
import { basket } from './basket';
import { demoPack, fetchAnew, isSparable } from './demo-pack';
import { dropOwnShop, keepOwnShop, lookAgain, type OwnShop, ownShop } from './own-shop';

/** A shop that is open. */
export interface OpenShop {
  is: 'open';
  vitrine: Vitrine;
  about: PackAbout;
  categories: CategoryNode[];
  /** The shop made from a feed, without its pack; `undefined` for the demo. */
  own?: Omit<OwnShop, 'pack'> & { keptIn: 'persistent' | 'memory' };
  /** A part of the pack that arrived damaged and was left out. */
  damaged?: string;
}

export type State = { is: 'opening' } | OpenShop | { is: 'closed'; error: VitrineError };

/** The open shop as an event source: `change` fires when another opens or what the shopper did changes. */
export class Store extends EventTarget {
  state: State = { is: 'opening' };
  /** Grows with every change of the session, so that what depends on it knows to ask again. */
  session = 0;
  /** Shops asked for so far; only the last one may become the open one, however long an earlier one takes. */
  #asked = 0;
  readonly #tabs = new BroadcastChannel('vitrine-shop');

  constructor() {
    super();
    this.#tabs.addEventListener('message', () => {
      lookAgain();
      void this.open();
    });
    preferences.addEventListener('change', () => {
      if (this.state.is === 'open') this.state.vitrine.language = preferences.language;
    });
  }

  /** Opens the shop kept from a feed, or else the demo. */
  async open(): Promise<void> {
    const isLast = this.#ask();
    const own = await ownShop();
    await (own ? this.#openOwn(own, 'persistent', isLast) : this.#openDemo(demoPack, [], isLast));
  }

  /** Opens the demo from files fetched past every cache. */
  async openAnew(): Promise<void> {
    const isLast = this.#ask();
    this.#show({ is: 'opening' });
    try {
      await this.#openDemo(await fetchAnew(), [], isLast);
    } catch (error) {
      if (isLast()) this.#show({ is: 'closed', error: errorOf(error) });
    }
  }

  /** Makes a shop from a feed the one that is open, here and in the other tabs. */
  async changeOver(own: OwnShop): Promise<void> {
    const isLast = this.#ask();
    const keptIn = await keepOwnShop(own);
    await this.#openOwn(own, keptIn, isLast);
    if (keptIn === 'persistent') this.#tabs.postMessage('changed');
  }

  /** Goes back to the demo and removes the shop made from a feed, with what was done in it, from this browser. */
  async backToDemo(): Promise<void> {
    if (this.state.is === 'open' && this.state.own) {
      await this.state.vitrine.privacy.forget();
      basket.clear();
    }
    const isLast = this.#ask();
    await dropOwnShop();
    await this.#openDemo(demoPack, [], isLast);
    this.#tabs.postMessage('changed');
  }

  /** Notes that a shop is asked for; the function tells whether no other was since. */
  #ask(): () => boolean {
    this.#asked += 1;
    const number = this.#asked;
    return () => number === this.#asked;
  }

  async #openOwn(own: OwnShop, keptIn: 'persistent' | 'memory', isLast: () => boolean): Promise<void> {
    try {
      const { pack, ...rest } = own;
      await this.#opened(pack, { own: { ...rest, keptIn } }, isLast);
    } catch {
      if (!isLast()) return;
      // What was kept is of another version or damaged; the feed can be dropped again.
      await dropOwnShop();
      await this.#openDemo(demoPack, [], isLast);
    }
  }

  /** Opens the demo; where only a part is damaged that can be spared, without it. */
  async #openDemo(pack: string | PackFiles, without: readonly string[], isLast: () => boolean): Promise<void> {
    try {
      await this.#opened(pack, without[0] === undefined ? {} : { damaged: without[0] }, isLast);
    } catch (error) {
      if (!isLast()) return;
      const section = error instanceof VitrineError ? error.section : undefined;
      if (!isSparable(section) || without.includes(section)) {
        this.#show({ is: 'closed', error: errorOf(error) });
        return;
      }
      const less = [...without, section];
      const files = await fetchAnew(less).catch(() => undefined);
      if (files) await this.#openDemo(files, less, isLast);
      else if (isLast()) this.#show({ is: 'closed', error: errorOf(error) });
    }
  }

  async #opened(pack: string | PackFiles, more: Partial<OpenShop>, isLast: () => boolean): Promise<void> {
    const vitrine = await Vitrine.open({ pack, language: preferences.language, thread: 'worker' });
    const [about, categories] = await Promise.all([vitrine.about(), vitrine.categories()]);
    if (!isLast()) return vitrine.close();
    const before = this.state;
    basket.open(about.id);
    vitrine.subscribe(() => {
      this.session += 1;
      this.dispatchEvent(new Event('change'));
    });
    this.#show({ is: 'open', vitrine, about, categories, ...more });
    if (before.is === 'open') before.vitrine.close();
  }

  #show(state: State): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

export const store = new Store();

const errorOf = (error: unknown) =>
  error instanceof VitrineError
    ? error
    : new VitrineError('network', error instanceof Error ? error.message : String(error));
