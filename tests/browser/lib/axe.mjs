/** What axe finds wrong on a page. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function look(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

/**
 * Each violation as a line; none where the page is fit for everybody. A page in the middle of a change has colours
 * that it does not keep: what is found is looked for again, and only what stays is told.
 */
export async function violations(page) {
  let found = await look(page);
  for (let again = 0; found.length > 0 && again < 4; again += 1) {
    await pause(500);
    found = await look(page);
  }
  return found;
}
