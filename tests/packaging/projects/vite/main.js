import { Vitrine } from '@vitrine/storefront';
import '@vitrine/storefront/elements';

const thread = new URLSearchParams(location.search).get('thread') ?? 'main';
const shop = await Vitrine.open({ pack: '/pack/', thread });
document.querySelector('vitrine-recommendations').shop = shop;
globalThis.shop = shop;
