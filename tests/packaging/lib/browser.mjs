/** Chromium, and what every page with the package in it must be able to do. */
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

/** Starts the browser that the scripts found, or the one of Debian. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.VITRINE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });

/**
 * Opens a page with nothing stored, and waits until it has set the global variable `ready`; gives it with what went wrong
 * in it and the modules that it loaded.
 */
export async function visit(browser, address, ready = 'shop') {
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems = [];
  const modules = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.wasm')) modules.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(address);
  // Playwright's own waiting evaluates text, which the policy forbids.
  await soon(
    async () => assert.ok(await page.evaluate((name) => name in globalThis, ready)),
    () => `The ${ready} at ${address} did not appear:\n${[...problems, ...modules].join('\n')}`,
  );
  return { page, problems, modules, close: () => context.close() };
}

/** Clicks through the shop in the page: suggestions follow, reasons add up, and a click can be taken back. */
export async function assertShopWorks({ page, problems, modules }, { thread = 'main' } = {}) {
  const seen = await page.evaluate(async () => {
    const { shop } = globalThis;
    const ids = ({ items }) => items.map(({ id }) => id);
    const fresh = await shop.recommend({ limit: 6 });
    const { products } = await shop.products({ limit: 3, sort: 'title' });
    const [first] = await Promise.all(products.map(({ id }) => shop.observe({ kind: 'view', item: id })));
    const clicked = await shop.recommend({ limit: 6 });
    const without = await shop.recommend({ limit: 6, without: [first.id] });
    await shop.remove(first.id);
    const removed = await shop.recommend({ limit: 6 });
    const row = document.querySelector('vitrine-recommendations');
    await row?.updateComplete;
    return {
      thread: shop.thread,
      storage: shop.storage,
      fresh: ids(fresh),
      clicked: ids(clicked),
      without: without.items,
      removed: removed.items,
      sums: clicked.items.map(({ score, reasons }) => [score, reasons.reduce((sum, { amount }) => sum + amount, 0)]),
      reasons: clicked.items.flatMap(({ reasons }) => reasons.filter(({ event }) => event)).length,
    };
  });
  assert.deepEqual(problems, []);
  assert.equal(modules.length, 1, `one module is loaded, once: ${modules}`);
  assert.equal(seen.thread, thread);
  assert.equal(seen.storage, 'persistent');
  assert.notDeepEqual(seen.clicked, seen.fresh, 'suggestions follow clicks');
  assert.ok(seen.reasons > 0, 'reasons go back to clicks');
  for (const [score, sum] of seen.sums) assert.equal(sum, score, 'parts add up to the score');
  assert.deepEqual(seen.removed, seen.without, 'removing a click is as if it had never happened');

  const cards = page.locator('vitrine-recommendations').locator('li[data-id]');
  await soon(
    async () => assert.equal(await cards.count(), 4),
    () => 'The row does not show its suggestions.',
  );
}

/** Opens a model in a page that has imported `Model` and done nothing with it; runs it; compares its answer. */
export async function assertModelRuns({ page, problems, modules }, { thread = 'main' } = {}) {
  assert.deepEqual(modules, [], 'importing loads no module');
  const seen = await page.evaluate(async (asked) => {
    const { Model } = globalThis;
    const model = await Model.open('/models/convnet.plan', { thread: asked });
    const numbers = new Float32Array(await (await fetch('/models/convnet.f32')).arrayBuffer());
    const [image, mask] = [numbers.slice(0, 4752), numbers.slice(4752, 12672)];
    const answer = await model.run({ image });
    const largest = (list) => list.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
    const off = mask.map((number, at) => number - answer.mask[at]);
    return { thread: model.thread, length: answer.mask.length, off: largest(off) / largest(mask) };
  }, thread);
  assert.deepEqual(problems, []);
  assert.equal(modules.length, 1, `one module is loaded, once: ${modules}`);
  assert.match(modules[0], /^200 .*vitrine_models_relaxed/, 'the build for this browser');
  assert.equal(seen.thread, thread);
  assert.equal(seen.length, 7920);
  assert.ok(seen.off < 1e-3, `${seen.off} of the largest number off`);
}

/** Tries again until `claim` holds, for half a minute at most. */
async function soon(claim, message) {
  for (let tries = 0; ; tries++) {
    try {
      return await claim();
    } catch (cause) {
      if (tries === 300) throw new Error(message(), { cause });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
