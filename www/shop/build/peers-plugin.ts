/** A Vite plugin that puts the peers of the bench beside the built shop, where `npm run bench -- models` has made them. */
import { cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** Copies them to `peers`; without them the page says how to make them. */
export function peers(): Plugin {
  let from = '';
  let to = '';
  return {
    name: 'shop-peers',
    apply: 'build',
    configResolved({ root, build }) {
      from = resolve(root, '../../build/bench/models/peers');
      to = join(resolve(root, build.outDir), 'peers');
    },
    closeBundle() {
      if (existsSync(from)) cpSync(from, to, { recursive: true });
    },
  };
}
