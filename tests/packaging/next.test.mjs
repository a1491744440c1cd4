/** The packed package in a Next.js project with the app router: rendered on the server, driven in the browser. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertModelRuns, assertShopWorks, launch, visit } from './lib/browser.mjs';
import { run, startServer } from './lib/house.mjs';
import { makeProject, modulesIn } from './lib/project.mjs';

const port = 5392;
const address = `http://127.0.0.1:${port}/`;
let project;
let browser;
let stop;

before(async () => {
  [project, browser] = await Promise.all([makeProject('next'), launch()]);
  await run('npx', ['next', 'build'], project.folder);
  const words = ['next', 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  stop = await startServer('npx', words, project.folder, address);
});

after(async () => {
  await stop?.();
  await browser?.close();
  await project?.remove();
});

test('the server imports the package', async () => {
  assert.match(await (await fetch(address)).text(), /€19\.90/);
});

for (const thread of ['main', 'worker']) {
  test(`works when built (${thread})`, async () => {
    const visited = await visit(browser, `${address}?thread=${thread}`);
    await assertShopWorks(visited, { thread });
    await visited.close();
  });
}

for (const thread of ['main', 'worker']) {
  test(`models run when built (${thread})`, async () => {
    const visited = await visit(browser, `${address}models`, 'Model');
    await assertModelRuns(visited, { thread });
    await visited.close();
  });
}

test('each module is there for the browser once', async () => {
  const modules = await modulesIn(join(project.folder, '.next/static'));
  const names = modules.map((path) => /vitrine_[a-z]+?(?:_relaxed|_simd)?(?=_bg)/.exec(path)?.[0]);
  assert.deepEqual(names.sort(), ['vitrine_models_relaxed', 'vitrine_models_simd', 'vitrine_storefront']);
});
