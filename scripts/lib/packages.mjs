/** The npm packages, among them the Node that everything else runs on. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { environmentWith } from './environment.mjs';
import { Failure } from './failure.mjs';
import { inHouse } from './house.mjs';
import { ask, run } from './run.mjs';
import { hashOf } from './stamp.mjs';

const stamp = inHouse('node_modules/.vitrine-lock');
/** What vitest and wrangler ask for. */
const leastNode = 22;

/** Checks the Node that runs this very script. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Failure(
      `Node ${process.versions.node} is too old.`,
      'Install Node 20.19 or newer from https://nodejs.org.',
    );
  }
  return process.versions.node;
}

/** Installs the packages of package-lock.json, unless exactly these are there. */
export async function ensurePackages() {
  const lock = hashOf(['package-lock.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return 'unchanged';
  // A first install is exact; a later one keeps what is there, so that running tools do not lose their files.
  const how = existsSync(inHouse('node_modules')) ? 'install' : 'ci';
  await run('npm', [how, '--loglevel', 'error', '--no-fund', '--no-audit']);
  writeFileSync(stamp, hashOf(['package-lock.json']));
}

/** Checks the Node among the packages, which wrangler and the test runners need. */
export async function checkOwnNode() {
  const version = await ask(inHouse('node_modules/.bin/node'), ['--version'], { env: environmentWith() });
  if (!version || Number.parseInt(version.slice(1), 10) < leastNode) {
    throw new Failure(
      `node_modules/.bin/node is ${version ?? 'not there'}; Node ${leastNode} or newer is needed.`,
      'Remove node_modules and run this again; install scripts of the package `node` must be allowed.',
    );
  }
  return version.slice(1);
}
