/** The packed package in an empty Vite project: dev server and build, no configuration. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertModelRuns, assertShopWorks, launch, visit } from './lib/browser.mjs';
import { run, startServer } from './lib/house.mjs';
import { makeProject, modulesIn } from './lib/project.mjs';
import { serve } from './lib/serve.mjs';

const port = 5391;
let project;
let browser;

before(async () => {
  [project, browser] = await Promise.all([makeProject('vite'), launch()]);
});

after(async () => {
  await browser?.close();
  await project?.remove();
});

test('works in dev mode', async () => {
  const address = `http://127.0.0.1:${port}/`;
  const words = ['vite', '--host', '127.0.0.1', '--port', String(port), '--strictPort'];
  const stop = await startServer('npx', words, project.folder, address);
  try {
    for (const thread of ['main', 'worker']) {
      const visited = await visit(browser, `${address}?thread=${thread}`);
      await assertShopWorks(visited, { thread });
      await visited.close();
      const models = await visit(browser, `${address}models.html`, 'Model');
      await assertModelRuns(models, { thread });
      await models.close();
    }
  } finally {
    await stop();
  }
});

test('works when built, under a strict policy, with one module', async () => {
  await run('npx', ['vite', 'build'], project.folder);
  const built = join(project.folder, 'dist');
  assert.equal((await modulesIn(built)).length, 1);
  const server = await serve([built]);
  try {
    for (const thread of ['main', 'worker']) {
      const visited = await visit(browser, `${server.address}?thread=${thread}`);
      await assertShopWorks(visited, { thread });
      await visited.close();
    }
  } finally {
    await server.close();
  }
});

test('models run when built, under a strict policy, each build of their module a file', async () => {
  await run('npx', ['vite', 'build', '--config', 'models.config.js', '--outDir', 'models-dist'], project.folder);
  const built = join(project.folder, 'models-dist');
  assert.equal((await modulesIn(built)).length, 2);
  const server = await serve([built]);
  try {
    for (const thread of ['main', 'worker']) {
      const visited = await visit(browser, `${server.address}models.html`, 'Model');
      await assertModelRuns(visited, { thread });
      await visited.close();
    }
  } finally {
    await server.close();
  }
});
