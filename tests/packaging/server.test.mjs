/** The packed package where there is no page: Node.js and workerd. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inHouse, run, startServer } from './lib/house.mjs';
import { makeProject } from './lib/project.mjs';

/** Whatever computes without a page answers as a page does, and keeps nothing. */
function assertAnswer({ storage, thread, items }) {
  assert.equal(storage, 'memory');
  assert.equal(thread, 'main');
  assert.equal(items.length, 3);
  for (const { score, reasons } of items) {
    assert.equal(
      reasons.reduce((sum, { amount }) => sum + amount, 0),
      score,
    );
  }
}

/** A model answers there as in a page. */
function assertModelRan({ thread, length, off }) {
  assert.equal(thread, 'main');
  assert.equal(length, 7920);
  assert.ok(off < 1e-3, `${off} of the largest number off`);
}

test('Node.js imports the package, its elements and its inline module, opens a shop, and runs a model', async () => {
  const project = await makeProject('node');
  try {
    assertAnswer(JSON.parse(await run('node', ['server.js'], project.folder)));
    assertModelRan(JSON.parse(await run('node', ['models.js'], project.folder)));
  } finally {
    await project.remove();
  }
});

test('workerd opens a shop, and runs a model whose bytes it is given', async () => {
  const project = await makeProject('worker');
  const wrangler = inHouse('node_modules/wrangler/bin/wrangler.js');
  const address = 'http://127.0.0.1:5393/';
  try {
    const words = [wrangler, 'dev', '--ip', '127.0.0.1', '--port', '5393', '--show-interactive-dev-session=false'];
    const stop = await startServer('node', words, project.folder, address);
    try {
      assertAnswer(await (await fetch(address)).json());
      assertModelRan(await (await fetch(`${address}run-a-model`)).json());
    } finally {
      await stop();
    }
  } finally {
    await project.remove();
  }
});
