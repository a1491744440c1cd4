/** What is measured on: Beauty where it is, else a simulated log of the same shape; and a feed of 2,000 products. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inHouse } from '../../scripts/lib/house.mjs';
import { run } from '../../scripts/lib/run.mjs';

/** The shape of Amazon Beauty, 5-core. */
const shape = { products: 12_101, shoppers: 22_363, attributes: 1_221 };
const seed = 7;

/** Small and seeded (Steele, Lea & Flood's SplitMix32 variant): the same data every time. */
function random(state) {
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** A catalogue whose products have nothing but attributes, frequent and rare ones as in a real shop. */
function writeCatalogue(file) {
  const next = random(seed);
  const attribute = () => Math.floor(shape.attributes * next() ** 3);
  const lines = Array.from({ length: shape.products }, (_, id) => {
    const values = new Set(Array.from({ length: 3 + Math.floor(next() * 4) }, attribute));
    return JSON.stringify({
      id: String(id + 1),
      title: { en: '', zh: '' },
      price: { minor: 0, currency: 'XXX' },
      attributes: [...values].map((value) => ({ key: 'attribute', value: { en: String(value), zh: '' } })),
      availability: { state: 'in_stock' },
    });
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/**
 * The log to train on.
 * @param {string | undefined} folder of public data, as given with `--data`
 * @param {string} work where files may be written
 * @param {string} vitrine the command
 */
export async function findLog(folder, work, vitrine) {
  const places = [folder, inHouse('../shared/data')].filter((place) => place !== undefined);
  const found = places.map((place) => join(place, 'recommend')).find((place) => existsSync(join(place, 'beauty.txt')));
  if (found) {
    const [log, attributes] = [join(found, 'beauty.txt'), join(found, 'beauty_attributes.json')];
    return { name: 'Beauty', log, words: ['--log', log, '--attributes', attributes] };
  }
  const [catalogue, log] = [join(work, 'catalogue.jsonl'), join(work, 'log.jsonl')];
  writeCatalogue(catalogue);
  const shoppers = ['--shoppers', String(shape.shoppers), '--seed', String(seed)];
  await run(vitrine, ['simulate', 'shoppers', '--catalogue', catalogue, ...shoppers, '-o', log], { quiet: true });
  return { name: 'a simulated log of the shape of Beauty', log, words: ['--log', log, '--catalogue', catalogue] };
}

/** What single shoppers saw, oldest first, without the last item; evenly chosen from the log. */
export function sessionsOf(log, count) {
  const shoppers = new Map();
  for (const line of readFileSync(log, 'utf8').split('\n').filter(Boolean)) {
    if (!line.startsWith('{')) {
      const [shopper, ...items] = line.split(' ');
      shoppers.set(shopper, items);
      continue;
    }
    const { shopper, item } = JSON.parse(line);
    if (!shopper) continue; // the header
    if (!shoppers.has(shopper)) shoppers.set(shopper, []);
    shoppers.get(shopper).push(item);
  }
  const long = [...shoppers.values()].filter((items) => items.length >= 3).map((items) => items.slice(0, -1));
  return Array.from({ length: count }, (_, at) => long[Math.floor((at * long.length) / count)]);
}

/** A Shopify `products.json` of `count` invented products. */
export function shopifyFeed(count) {
  const next = random(seed);
  const one = (list) => list[Math.floor(next() * list.length)];
  const sizes = ['S', 'M', 'L', 'XL'];
  const products = Array.from({ length: count }, (_, index) => {
    const [colour, cloth, kind] = [
      one(['Navy', 'Ecru', 'Olive', 'Rust', 'Black', 'Sky', 'Sand', 'Plum']),
      one(['Linen', 'Cotton', 'Wool', 'Denim', 'Cord', 'Jersey']),
      one(['Shirt', 'Jacket', 'Trousers', 'Dress', 'Skirt', 'Cardigan', 'Coat', 'Vest']),
    ];
    const price = (25 + Math.floor(next() * 175)).toFixed(2);
    return {
      id: 1000 + index,
      title: `${colour} ${cloth} ${kind} ${index}`,
      handle: `${colour}-${cloth}-${kind}-${index}`.toLowerCase(),
      body_html: `<p>A ${kind.toLowerCase()} of ${cloth.toLowerCase()}, cut with room to move.</p><ul><li>Washed &amp; pressed</li></ul>`,
      vendor: one(['Atelier Nord', 'Halde', 'Morgen']),
      product_type: kind,
      tags: [colour, cloth, one(['summer', 'winter', 'all year'])],
      options: [{ name: 'Size', values: sizes }],
      variants: sizes.map((size, at) => ({
        id: index * 10 + at,
        title: size,
        option1: size,
        sku: `${index}-${size}`,
        price,
        available: next() > 0.1,
      })),
      images: [{ src: `https://example.com/${index}.jpg`, width: 900, height: 1200 }],
    };
  });
  return JSON.stringify({ products });
}

/** Makes the folder that everything measured on lies in. */
export function workFolder() {
  const work = inHouse('build/bench/storefront');
  mkdirSync(join(work, 'data'), { recursive: true });
  return work;
}
