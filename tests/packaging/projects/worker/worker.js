import { Vitrine } from '@vitrine/storefront';

export default {
  async fetch(request, { ASSETS }) {
    const bytes = async (file) => {
      const response = await ASSETS.fetch(new URL(`/pack/${file}`, request.url));
      return new Uint8Array(await response.arrayBuffer());
    };
    const manifest = await bytes('manifest.json');
    const { sections } = JSON.parse(new TextDecoder().decode(manifest));
    const files = await Promise.all(sections.map(async ({ name, file }) => [name, await bytes(file)]));
    const shop = await Vitrine.open({ pack: { manifest, sections: new Map(files) } });
    const { products } = await shop.products({ limit: 1 });
    await shop.observe({ kind: 'view', item: products[0].id });
    const { items } = await shop.recommend({ limit: 3 });
    return Response.json({ storage: shop.storage, thread: shop.thread, items });
  },
};
