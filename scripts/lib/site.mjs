/** The site's files put together as they are served: the shop at `/`, the console at `/console/`. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { inHouse } from './house.mjs';

/** `directory` in wrangler.toml. */
const site = inHouse('build/site');

/** Copies what is built into build/site. */
export function assembleSite() {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  cpSync(inHouse('www/shop/dist'), site, { recursive: true });
  cpSync(inHouse('www/console/dist'), `${site}/console`, { recursive: true });
}

/**
 * Tells the shop about its worker; without it the shop has none.
 * @param {{ worker: string, key: string }} settings
 */
export const writeSettings = (settings) => writeFileSync(`${site}/settings.json`, `${JSON.stringify(settings)}\n`);
