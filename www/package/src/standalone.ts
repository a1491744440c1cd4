/** Everything in one file, Lit included, for pages without a bundler; unlike the other entries it is for pages only. */
export * from './elements.js';
export * from './index.js';
