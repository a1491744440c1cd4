/** Takes a dropped feed in: has it read in a worker, tells how far it is, and opens the shop that comes out. */
import { type FeedProgress, type PackFiles, Vitrine, VitrineError } from '@vitrine/storefront';
import { preferences } from '../preferences';
import { idFromFile, nameOfShop } from './shop-name';
import { store } from './store';

export type Desk =
  | { is: 'free' }
  | { is: 'reading'; file: string; size: number; progress: FeedProgress & { bytes: number } }
  | { is: 'failed'; file: string; message: string };

/** Currency that is assumed for a feed that names none, by the language the shopper reads; another can be chosen. */
const currencyFor = { en: 'EUR', zh: 'CNY' } as const;

/** The work on one feed as an event source: `change` fires at every step. */
export class FeedDesk extends EventTarget {
  desk: Desk = { is: 'free' };
  /** Feeds taken so far; only the newest one may become the shop. */
  #taken = 0;

  /**
   * Makes the shop from `file`; gives whether it is the open one now. A feed dropped meanwhile takes its place.
   * @param currency of prices that name none; where absent, one is assumed by the language, and the report says so
   */
  async take(file: File, currency?: string): Promise<boolean> {
    this.#taken += 1;
    const number = this.#taken;
    const isNewest = () => number === this.#taken;
    const { name, size } = file;
    const { language } = preferences;
    const started = performance.now();
    this.#show({ is: 'reading', file: name, size, progress: { rows: 0, products: 0, rejected: 0, bytes: 0 } });
    try {
      const { pack, report } = await Vitrine.fromFeed(file, {
        id: idFromFile(name),
        fileName: name,
        language,
        currency: currency ?? currencyFor[language],
        onProgress: (progress) => isNewest() && this.#show({ is: 'reading', file: name, size, progress }),
      });
      if (!isNewest()) return false;
      const shop = nameOfShop(brandsOf(pack), name);
      const took = performance.now() - started;
      const source = report.assumedCurrency === undefined ? {} : { source: file };
      await store.changeOver({ pack, report, name: shop, file: name, took, ...source });
    } catch (problem) {
      if (!isNewest()) return false;
      this.#show({
        is: 'failed',
        file: name,
        message: problem instanceof VitrineError ? problem.message : String(problem),
      });
      return false;
    }
    this.#show({ is: 'free' });
    return true;
  }

  #show(desk: Desk): void {
    this.desk = desk;
    this.dispatchEvent(new Event('change'));
  }
}

export const feedDesk = new FeedDesk();

/** The brands of the products in a pack. */
function brandsOf(pack: PackFiles): (string | null | undefined)[] {
  const products: unknown = JSON.parse(new TextDecoder().decode(pack.sections.get('catalogue')));
  return Array.isArray(products) ? products.map(({ brand }: { brand?: string | null }) => brand) : [];
}
