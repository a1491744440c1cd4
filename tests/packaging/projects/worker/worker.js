import { Vitrine } from '@vitrine/storefront';
import { Model } from '@vitrine/storefront/models';
import { compared } from './compared.js';

export default {
  async fetch(request, { ASSETS }) {
    const asset = (path) => ASSETS.fetch(new URL(path, request.url));
    const bytes = async (file) => new Uint8Array(await (await asset(`/pack/${file}`)).arrayBuffer());
    if (new URL(request.url).pathname === '/run-a-model') {
      const model = await Model.open(await asset('/models/convnet.plan'), { thread: 'worker' });
      return Response.json(await compared(model, await (await asset('/models/convnet.f32')).arrayBuffer()));
    }
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
