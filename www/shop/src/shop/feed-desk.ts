/** Takes a dropped feed in: hands it to the worker, reports how far it is, and opens the shop that comes out. */
import type { PackFiles } from '@vitrine/storefront';
import { preferences } from '../preferences';
import type { FeedNews, FeedOrder } from './feed-worker';
import type { OwnShop } from './own-shop';
import { idFromFile, nameOfShop } from './shop-name';
import { store } from './store';

export type Desk =
  | { is: 'free' }
  | { is: 'reading'; file: string; read: number; size: number }
  | { is: 'failed'; file: string; message: string };

/** Currency of a feed that names none, by the language the shopper reads. */
const currencyFor = { en: 'EUR', zh: 'CNY' } as const;

/** The work on one feed as an event source: `change` fires at every step. */
export class FeedDesk extends EventTarget {
  desk: Desk = { is: 'free' };
  #worker: Worker | undefined;

  /** Makes the shop from `file`; gives whether there is one now. A feed dropped meanwhile takes its place. */
  async take(file: File): Promise<boolean> {
    this.#worker?.terminate();
    const started = performance.now();
    this.#show({ is: 'reading', file: file.name, read: 0, size: file.size });
    const news = await this.#read(file);
    if (news.is !== 'done') {
      this.#show({ is: 'failed', file: file.name, message: news.is === 'failed' ? news.message : '' });
      return false;
    }
    const own: OwnShop = {
      pack: news.pack,
      report: news.report,
      name: nameOfShop(brandsOf(news.pack), file.name),
      file: file.name,
      took: performance.now() - started,
    };
    await store.changeOver(own);
    this.#show({ is: 'free' });
    return true;
  }

  #read(file: File): Promise<FeedNews> {
    const worker = new Worker(new URL('./feed-worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    const { language } = preferences;
    const order: FeedOrder = {
      file,
      id: idFromFile(file.name),
      created: new Date().toISOString(),
      language,
      currency: currencyFor[language],
    };
    return new Promise<FeedNews>((resolve) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FeedNews>) => {
        if (data.is === 'reading') this.#show({ is: 'reading', file: file.name, read: data.read, size: file.size });
        else resolve(data);
      });
      worker.addEventListener('error', ({ message }) => resolve({ is: 'failed', code: 'worker', message }));
      worker.postMessage(order);
    }).finally(() => worker.terminate());
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
