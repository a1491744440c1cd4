import { inlineModule } from './node_modules/@vitrine/storefront/dist/inline.js';
import { Vitrine } from './node_modules/@vitrine/storefront/dist/standalone.js';

const shop = await Vitrine.open({ pack: './pack', wasm: inlineModule() });
document.querySelector('vitrine-recommendations').shop = shop;
globalThis.shop = shop;
