/** How the console is bundled: under `/console/`, everything from its own origin, nothing inlined. */
import { defineConfig } from 'vite';
import { preloadFont } from '../look/build/preload-font-plugin.ts';

export default defineConfig({
  base: '/console/',
  plugins: [preloadFont()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  optimizeDeps: { exclude: ['@vitrine/storefront'] },
  // In development the worker is `npm start`, on its usual port.
  server: { proxy: { '/v1': { target: 'http://localhost:8787', ws: true } } },
});
