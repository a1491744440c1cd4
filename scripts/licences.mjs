/** `npm run licences`: every package that cargo or npm brings has a licence that deny.toml allows. */
import { readFileSync } from 'node:fs';
import { environmentWith } from './lib/environment.mjs';
import { Failure, main } from './lib/failure.mjs';
import { inHouse } from './lib/house.mjs';
import { run } from './lib/run.mjs';
import { isAllowed } from './lib/spdx.mjs';

/** Allowed besides for what npm marks as development only: tools that run beside the project and are not shipped. */
const forTools = ['CC-BY-4.0', 'LGPL-3.0-or-later', 'MPL-2.0', 'Python-2.0'];

/** Allowed besides for fonts, which are served as they are and named in NOTICE. */
const forFonts = ['OFL-1.1'];

/** The list `allow` of deny.toml, so that cargo-deny and this script go by the same. */
function allowedLicences() {
  const list = /^allow = \[([^\]]*)\]/m.exec(readFileSync(inHouse('deny.toml'), 'utf8'))?.[1] ?? '';
  return new Set([...list.matchAll(/"([^"]+)"/g)].map((match) => match[1]));
}

async function cargoPackages() {
  const words = ['metadata', '--format-version', '1', '--locked'];
  const { printed } = await run('cargo', words, { env: environmentWith(), quiet: true });
  return JSON.parse(printed).packages.map(({ name, version, license, license_file: file }) => ({
    name: `cargo ${name} ${version}`,
    licence: license ?? (file ? `its own, in ${file}` : 'none stated'),
  }));
}

function npmPackages() {
  const { packages } = JSON.parse(readFileSync(inHouse('package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, { version, license, dev }]) => ({
      name: `npm ${path.split('node_modules/').at(-1)} ${version}`,
      licence: license ?? 'none stated',
      tool: dev === true,
    }));
}

await main(async () => {
  const allowed = allowedLicences();
  const all = [...(await cargoPackages()), ...npmPackages()];
  const allowedForTools = new Set([...allowed, ...forTools]);
  const allowedForFonts = new Set([...allowed, ...forFonts]);
  const list = ({ name, tool }) =>
    name.startsWith('npm @fontsource') ? allowedForFonts : tool ? allowedForTools : allowed;
  const refused = all.filter((found) => !isAllowed(found.licence, list(found)));
  if (refused.length > 0) {
    const lines = refused.map(({ name, licence }) => `${name}: ${licence}`).join('\n');
    throw new Failure(
      `${refused.length} of ${all.length} packages have a licence that deny.toml does not allow:`,
      lines,
    );
  }
  console.log(`${all.length} packages, all under licences that deny.toml allows`);
});
