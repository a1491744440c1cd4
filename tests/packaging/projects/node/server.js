import { readFile } from 'node:fs/promises';
import { Vitrine } from '@vitrine/storefront';
import '@vitrine/storefront/elements';
import '@vitrine/storefront/inline';

const bytes = async (file) => new Uint8Array(await readFile(`public/pack/${file}`));
const manifest = await bytes('manifest.json');
const { sections } = JSON.parse(new TextDecoder().decode(manifest));
const files = await Promise.all(sections.map(async ({ name, file }) => [name, await bytes(file)]));
const shop = await Vitrine.open({ pack: { manifest, sections: new Map(files) }, thread: 'worker' });
const { products } = await shop.products({ limit: 1 });
await shop.observe({ kind: 'view', item: products[0].id });
const { items } = await shop.recommend({ limit: 3 });
console.log(JSON.stringify({ storage: shop.storage, thread: shop.thread, items }));
