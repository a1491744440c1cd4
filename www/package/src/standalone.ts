/** Everything in one file, Lit included, for pages without a bundler. */
export * from './elements.js';
export * from './index.js';
