/** Bundles the package: one file for each entry and environment, so that a page loads no more than it uses. */
import { readFile, rm } from 'node:fs/promises';
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
  { input: 'src/inline.ts', file: 'inline.js' },
  { input: 'src/standalone.ts', file: 'standalone.js', minify: true },
];

/** Takes `default-module.node.ts` for `default-module.ts`, and so on, where there is such a file. */
const forEnvironment = (environment) => ({
  name: 'for-environment',
  resolveId: (id) =>
    environment && id.endsWith('/default-module.js') ? inPackage(`src/loading/default-module.${environment}.ts`) : null,
});

/** The module lies beside `dist`, wherever in the sources it is imported from. */
const moduleBesideDist = {
  name: 'module-beside-dist',
  resolveId: (id) => (id.endsWith('.wasm') ? { id: '../wasm/vitrine_storefront_bg.wasm', external: true } : null),
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
