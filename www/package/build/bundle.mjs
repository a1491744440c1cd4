/** Bundles the package: one file for each entry and environment, so that a page loads no more than it uses. */
import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const inPackage = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Entries, the environment they are for, and what stays an import of its own. What bundlers take in stays readable:
 * they find the module by its unminified address, and minify themselves.
 */
const bundles = [
  { input: 'src/index.ts', file: 'index.js' },
  { input: 'src/index.ts', file: 'node.js', environment: 'node', external: [/^node:/] },
  { input: 'src/index.ts', file: 'workerd.js', environment: 'workerd', external: [/\.wasm$/] },
  { input: 'src/worker.ts', file: 'worker.js', minify: true },
  { input: 'src/elements.ts', file: 'elements.js', external: [/^lit($|\/)/] },
  { input: 'src/live.ts', file: 'live.js' },
  { input: 'src/assistant.ts', file: 'assistant.js', external: [/^lit($|\/)/] },
  { input: 'src/inline.ts', file: 'inline.js' },
  { input: 'src/standalone.ts', file: 'standalone.js', minify: true },
  { input: 'src/models.ts', file: 'models.js' },
  { input: 'src/models.ts', file: 'models.node.js', environment: 'node', external: [/^node:/] },
  { input: 'src/models.ts', file: 'models.workerd.js', environment: 'workerd', external: [/\.wasm$/] },
  { input: 'src/models-worker.ts', file: 'models-worker.js', minify: true },
];

/** Takes `default-module.node.ts` for `default-module.ts`, and so on: where modules are found depends on the environment. */
const forEnvironment = (environment) => ({
  name: 'for-environment',
  resolveId: (id) => {
    const [, name] = /\/((?:default|models)-module)\.js$/.exec(id) ?? [];
    return environment && name ? inPackage(`src/loading/${name}.${environment}.ts`) : null;
  },
});

/** Modules lie beside `dist`, wherever in the sources they are imported from. */
const moduleBesideDist = {
  name: 'module-beside-dist',
  resolveId: (id) => (id.endsWith('.wasm') ? { id: `../wasm/${basename(id)}`, external: true } : null),
};

/** The module as a text, for the entry that carries it. */
const modulePacked = {
  name: 'module-packed',
  resolveId: (id) => (id === 'module:packed' ? id : null),
  load: async (id) => {
    if (id !== 'module:packed') return null;
    const bytes = await readFile(inPackage('wasm/vitrine_storefront_bg.wasm'));
    return `export default '${gzipSync(bytes, { level: 9 }).toString('base64')}';`;
  },
};

async function bundle({ input, file, environment, external = [], minify = false }) {
  const build = await rolldown({
    input: inPackage(input),
    platform: environment === 'node' ? 'node' : 'browser',
    external,
    plugins: [forEnvironment(environment), moduleBesideDist, modulePacked],
    resolve: { conditionNames: ['browser', 'production', 'import'] },
    logLevel: 'warn',
  });
  await build.write({
    file: inPackage(`dist/${file}`),
    format: 'esm',
    codeSplitting: false,
    minify,
    comments: { legal: true, annotation: true, jsdoc: false },
  });
  await build.close();
}

await rm(inPackage('dist'), { recursive: true, force: true });
for (const entry of bundles) await bundle(entry);
