import { Vitrine } from './node_modules/@vitrine/storefront/dist/standalone.js';

const thread = new URLSearchParams(location.search).get('thread') ?? 'main';
const shop = await Vitrine.open({ pack: './pack', thread });
document.querySelector('vitrine-recommendations').shop = shop;
globalThis.shop = shop;
