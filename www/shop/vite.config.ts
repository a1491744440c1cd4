/** How the shop is bundled: everything from its own origin, nothing inlined, a service worker that knows every file. */
import { defineConfig } from 'vite';
import { preloadFont } from './build/preload-font-plugin.ts';
import { serviceWorker } from './build/service-worker-plugin.ts';

export default defineConfig({
  plugins: [preloadFont(), serviceWorker()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@vitrine/storefront'] },
});
