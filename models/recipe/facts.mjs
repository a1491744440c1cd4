/** What was measured of the models, kept in the repository: cards and measurements read it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inHouse } from '../../scripts/lib/house.mjs';

const files = { made: inHouse('models/facts.json'), speed: inHouse('models/speed.json') };

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

/** By model: what the compiler and the comparison said (`made`), and what the bench measured when it was asked to (`speed`). */
export const facts = (kind) => read(files[kind]);

/** Replaces what is known of some models. */
export function keep(kind, more) {
  const all = Object.entries({ ...facts(kind), ...more }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(files[kind], `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}
