/** A Vite plugin that has the browser fetch the font with the page, so that text never changes its shape. */
import type { Plugin } from 'vite';

/** Names the bundled font in the head of the page. */
export function preloadFont(): Plugin {
  let base = '/';
  return {
    name: 'preload-font',
    apply: 'build',
    configResolved(config) {
      base = config.base;
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((file) => file.endsWith('.woff2'))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `${base}${file}`, crossorigin: true },
            injectTo: 'head-prepend' as const,
          })),
    },
  };
}
