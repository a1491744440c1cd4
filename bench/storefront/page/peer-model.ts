/** The plain TypeScript peer's model: what `crates/recommend` builds from a pack, in typed arrays. */
import type { Product } from '@vitrine/storefront';
import { flatten, type Rows, readPopularity, readRules, transposed } from './rows.js';

/** The constants of the pack's manifest that scoring without an anchor reads. */
export interface Settings {
  decay: number;
  content: number;
  confidence: number;
  prior: number;
}

/** The parts of a product that are read here; the measured data has no other features than attributes, and no variants. */
export type PeerProduct = Pick<Product, 'id' | 'attributes' | 'availability'>;

export interface PeerModel {
  pack: string;
  items: number;
  products: PeerProduct[];
  numbers: Map<string, number>;
  /** What can be bought now. */
  buyable: Uint8Array;
  rules: Rows;
  scales: Float64Array;
  featuresOf: Rows;
  itemsOf: Rows;
  features: number;
  observations: Uint32Array;
  popularity: Uint16Array;
  /** Items from the most to the least popular. */
  order: Uint32Array;
  settings: Settings;
}

const attributeEmphasis = 16;
const weightOne = 1024;

/** Items to features, weighted by rarity to unit vectors in 1/1024. */
function indexFeatures(products: readonly PeerProduct[]): { featuresOf: Rows; features: number } {
  const ids = new Map<string, number>();
  const holders: number[] = [];
  const numbered = products.map(({ attributes }) => {
    const own = new Set<number>();
    for (const { key, value } of attributes) {
      const name = `${key}\0${value.en}\0${value.zh}`;
      const id = ids.get(name) ?? ids.size;
      ids.set(name, id);
      if (own.has(id)) continue;
      holders[id] = (holders[id] ?? 0) + 1;
      own.add(id);
    }
    return [...own].sort((a, b) => a - b);
  });
  const rarity = holders.map((count) => attributeEmphasis * Math.log(products.length / count));
  const lists = numbered.map((own) => {
    const length = Math.sqrt(own.reduce((sum, id) => sum + (rarity[id] as number) ** 2, 0));
    const unit = length > 0 ? weightOne / length : 0;
    const row = own.map((id): [number, number] => [id, Math.round((rarity[id] as number) * unit)]);
    return row.filter(([, weight]) => weight > 0);
  });
  return { featuresOf: flatten(lists), features: ids.size };
}

const isBuyable = (availability: Product['availability']) =>
  availability.state !== 'out_of_stock' && !(availability.state === 'in_stock' && availability.units === 0);

/** Reads the same sections of the same pack that the module reads. */
export function openPeer(manifest: Uint8Array, sections: ReadonlyMap<string, Uint8Array>): PeerModel {
  const text = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes));
  const about = text(manifest);
  const products: PeerProduct[] = text(sections.get('catalogue'));
  const { rows, scales } = readRules(sections.get('rules') ?? new Uint8Array(4));
  const observations = readPopularity(sections.get('popularity') ?? new Uint8Array());
  const most = observations.reduce((a, b) => Math.max(a, b), 1);
  const popularity = Uint16Array.from(observations, (n) => Math.round(Math.log1p(n) * (65535 / Math.log1p(most))));
  const order = Uint32Array.from(products.keys()).sort(
    (a, b) => (popularity[b] as number) - (popularity[a] as number) || a - b,
  );
  const { featuresOf, features } = indexFeatures(products);
  return {
    pack: about.id,
    items: products.length,
    products,
    numbers: new Map(products.map(({ id }, item) => [id, item])),
    buyable: Uint8Array.from(products, ({ availability }) => Number(isBuyable(availability))),
    rules: rows,
    scales,
    featuresOf,
    itemsOf: transposed(featuresOf, features),
    features,
    observations,
    popularity,
    order,
    settings: about.settings.recommend,
  };
}
