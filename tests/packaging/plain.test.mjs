/** The packed package in a page without any bundler, under a strict policy. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertModelRuns, assertShopWorks, launch, visit } from './lib/browser.mjs';
import { makeProject, modulesIn } from './lib/project.mjs';
import { serve } from './lib/serve.mjs';

let project;
let browser;

before(async () => {
  [project, browser] = await Promise.all([makeProject('plain'), launch()]);
});

after(async () => {
  await browser?.close();
  await project?.remove();
});

/** Serves the project, with content types of one's own, and visits a page of it. */
async function visiting(path, { kinds, ready, use }) {
  const server = await serve([join(project.folder, 'public'), project.folder], kinds);
  try {
    const visited = await visit(browser, server.address + path, ready);
    await use(visited);
    await visited.close();
  } finally {
    await server.close();
  }
}

test('each module lies in the package once', async () => {
  const modules = await modulesIn(join(project.folder, 'node_modules/@vitrine/storefront'));
  const names = ['vitrine_models_relaxed', 'vitrine_models_simd', 'vitrine_storefront'];
  assert.deepEqual(
    modules,
    names.map((name) => `wasm/${name}_bg.wasm`),
  );
});

for (const thread of ['main', 'worker']) {
  test(`works with one file and a relative address (${thread})`, () =>
    visiting(`?thread=${thread}`, { use: (visited) => assertShopWorks(visited, { thread }) }));
}

test('works where the server does not know WebAssembly', () =>
  visiting('', { kinds: { '.wasm': 'application/octet-stream' }, use: (visited) => assertShopWorks(visited) }));

test('works with the module inlined', () =>
  visiting('inline.html', {
    use: (visited) => {
      assert.deepEqual(visited.modules, []);
      return assertShopWorks({ ...visited, modules: ['inlined'] });
    },
  }));

for (const thread of ['main', 'worker']) {
  test(`models run from one file (${thread})`, () =>
    visiting('models.html', { ready: 'Model', use: (visited) => assertModelRuns(visited, { thread }) }));
}
