/** `npm run bench -- storefront [--data DIR]`: speed and size of the storefront, beside what was promised. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { buildModule, buildPackage } from '../../scripts/lib/build.mjs';
import { main } from '../../scripts/lib/failure.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { ask, run } from '../../scripts/lib/run.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { Report } from '../lib/report.mjs';
import { serveFolder } from '../lib/server.mjs';
import { findLog, sessionsOf, shopifyFeed, workFolder } from './data.mjs';

const sessions = 200;
const feedProducts = 2000;

/** Compiles the command as its users would run it, and gives its path. */
async function compileCommand() {
  await run('cargo', ['build', '--release', '--locked', '--package', 'vitrine-cli']);
  const metadata = await ask('cargo', ['metadata', '--no-deps', '--format-version', '1']);
  return join(JSON.parse(metadata ?? '{}').target_directory, 'release/vitrine');
}

/** Trains a pack for the page to load; gives the seconds that took. */
async function train(vitrine, { words }, pack) {
  rmSync(pack, { recursive: true, force: true });
  const start = performance.now();
  await run(vitrine, ['train', 'recommend', ...words, '--id', 'measured', '--pack', pack], { quiet: true });
  return (performance.now() - start) / 1000;
}

/** Bundles the page against the built package, as a shop would. */
async function bundle(work) {
  const outDir = join(work, 'page');
  await build({ root: inHouse('bench/storefront/page'), logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  cpSync(join(work, 'data'), join(outDir, 'data'), { recursive: true });
  return outDir;
}

async function inChromium(folder, action) {
  const server = await serveFolder(folder);
  const browser = await chromium.launch({ executablePath: process.env.VITRINE_CHROMIUM, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(server.url);
    return await action(page);
  } finally {
    await browser.close();
    server.close();
  }
}

const gzipped = (path) => gzipSync(readFileSync(inHouse(path)), { level: 9 }).length;

await main(async () => {
  const { values } = parseArgs({ options: { data: { type: 'string' } } });
  await buildModule();
  await buildPackage();
  const vitrine = await step('the vitrine command, optimized', compileCommand, { loud: true });
  const work = workFolder();
  const log = await findLog(values.data, work, vitrine);
  const pack = join(work, 'data/pack');
  const seconds = await train(vitrine, log, pack);
  writeFileSync(join(work, 'data/sessions.json'), JSON.stringify(sessionsOf(log.log, sessions)));
  writeFileSync(join(work, 'data/products.json'), shopifyFeed(feedProducts));
  const folder = await step('the measuring page', () => bundle(work));

  const { ranking, feed } = await inChromium(folder, async (page) => ({
    ranking: await page.evaluate(() => globalThis.measurements.ranking()),
    feed: await page.evaluate(() => globalThis.measurements.feed()),
  }));

  console.log(`\nStorefront, on ${log.name}\n`);
  const report = new Report();
  const [ours, oursLate] = ranking.package;
  const [silent] = ranking.silent;
  const [anew] = ranking.anew;
  const [peer, peerLate] = ranking.peer;
  report.atMost(`one recommendation, ${ranking.items} items, median of ${ranking.sessions} clicks`, ours, 5, 'ms', 3);
  report.note('  95th percentile', `${oursLate.toFixed(3)} ms`);
  report.note(
    'the same formula in plain TypeScript, same page',
    `${peer.toFixed(3)} ms (95th: ${peerLate.toFixed(3)} ms)`,
  );
  report.atMost('package, scores and parts, against plain TypeScript', silent / peer, 1, 'x', 2);
  report.atMost('  the whole session handed over at once', anew / peer, 1, 'x', 2);
  report.note('  with a sentence for each part, which the peer has not', `${(ours / peer).toFixed(2)} x`);
  report.holds('both give the same products, scores, parts and receipt', !ranking.difference, 'to the last digit');
  if (ranking.difference) console.log(ranking.difference);
  report.atMost(`feed of ${feed.products} products dropped, until the shop is ready`, feed.ready / 1000, 3, 's', 2);
  report.atMost('training', seconds, 30, 's', 1);
  report.atMost('module, gzip', gzipped('www/package/wasm/vitrine_storefront_bg.wasm') / 1000, 250, 'KB', 1);
  const rules = readdirSync(pack).map(
    (file) => `${file.split('.')[0]} ${(gzipSync(readFileSync(join(pack, file))).length / 1000).toFixed(0)} KB`,
  );
  report.note('pack, gzip', rules.join(', '));
  process.exitCode = report.close();
});
