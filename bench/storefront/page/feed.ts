/** From a dropped feed to a shop that answers. */
import { Vitrine } from '@vitrine/storefront';

export interface Feed {
  products: number;
  /** Milliseconds from the file to the first row of suggestions and the first page of products. */
  ready: number;
}

/** Imports a feed as the shop's page does, opens the shop and asks for what its first page shows. */
export async function measureFeed(file: File): Promise<Feed> {
  const start = performance.now();
  const { pack } = await Vitrine.fromFeed(file, { id: 'dropped', language: 'en', currency: 'EUR' });
  const shop = await Vitrine.open({ pack, session: 'memory' });
  const [{ total }] = await Promise.all([
    shop.products({ limit: 24 }),
    shop.categories(),
    shop.recommend({ scenario: 'home', limit: 12 }),
  ]);
  const ready = performance.now() - start;
  shop.close();
  return { products: total, ready };
}
