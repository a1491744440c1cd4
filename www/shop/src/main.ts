/** Starts the shop: styles and elements, the pack, and the service worker for the next time without a network. */
import '@vitrine/storefront/elements';
import './app';
import { startOffline } from './offline/register';
import { router } from './router';
import { store } from './shop/store';
import { shopWorker } from './shop/worker';

router.start();
void store.open();
void shopWorker.look();
if (import.meta.env.PROD) startOffline();
