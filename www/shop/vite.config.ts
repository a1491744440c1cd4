/** How the shop is bundled: everything from its own origin, nothing inlined, a service worker that knows every file. */
import { defineConfig } from 'vite';
import { preloadFont } from '../look/build/preload-font-plugin.ts';
import { peers } from './build/peers-plugin.ts';
import { serviceWorker } from './build/service-worker-plugin.ts';

/** Plans, their pictures, and the module that runs plans. */
const onlyBench = /\.plan$|models\/pictures\/|vitrine_models_|models-worker/;

export default defineConfig({
  plugins: [peers(), preloadFont(), serviceWorker()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What only the bench loads lies apart, so that it is not kept for offline use.
        assetFileNames: ({ originalFileNames, names }) =>
          `assets/${[...originalFileNames, ...names].some((name) => onlyBench.test(name)) ? 'bench/' : ''}[name]-[hash][extname]`,
        chunkFileNames: ({ name }) => `assets/${/^(bench|ours)$/.test(name) ? 'bench/' : ''}[name]-[hash].js`,
      },
    },
  },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@vitrine/storefront'] },
});
