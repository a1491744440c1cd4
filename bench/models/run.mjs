/**
 * `npm run bench -- models [ID ...] [--rounds N] [--cold N]`: our plans beside LiteRT.js and ONNX Runtime, one thread each,
 * in the same Chromium on the same inputs. `--keep` writes the times into models/speed.json, for the cards.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { keep } from '../../models/recipe/facts.mjs';
import { setUpPython } from '../../models/recipe/python.mjs';
import { buildModule, buildPackage } from '../../scripts/lib/build.mjs';
import { main } from '../../scripts/lib/failure.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { Report } from '../lib/report.mjs';
import { serveFolder } from '../lib/server.mjs';
import { openBrowser } from './browser.mjs';
import { cases } from './cases.mjs';
import { measure } from './measure.mjs';
import { assemblePeaks } from './peak.mjs';
import { peersFolder, preparePeers } from './peers.mjs';
import { report } from './report.mjs';

const work = inHouse('build/bench/models/page');

/** Bundles the page and puts beside it what it loads. */
async function preparePage(measured) {
  await build({
    configFile: false,
    root: inHouse('bench/models/page'),
    logLevel: 'error',
    build: { outDir: work, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  });
  cpSync(peersFolder, `${work}/peers`, { recursive: true });
  cpSync(inHouse('models/pictures'), `${work}/pictures`, { recursive: true });
  for (const name of ['relaxed', 'plain']) {
    for (const folder of ['dist', 'wasm']) {
      cpSync(inHouse(`www/package/${folder}`), `${work}/${name}/${folder}`, { recursive: true });
    }
  }
  mkdirSync(`${work}/models`);
  for (const { model } of measured) cpSync(inHouse(`models/${model.id}.plan`), `${work}/models/${model.id}.plan`);
  assemblePeaks(work);
}

/** Keeps what was measured, with where that was. */
function keepSpeed({ models }, version) {
  const where = {
    browser: `Chromium ${version.split('.')[0]}`,
    machine: cpus()[0]?.model.trim() ?? 'an unnamed machine',
  };
  const speedOf = ({ warm, cold }) =>
    Object.fromEntries(Object.keys(warm).map((engine) => [engine, { warm: warm[engine], cold: cold[engine].cold }]));
  keep('speed', Object.fromEntries(models.map((entry) => [entry.model.id, { ...speedOf(entry), ...where }])));
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '60' },
      cold: { type: 'string', default: '5' },
      keep: { type: 'boolean' },
    },
  });
  const measured = cases(positionals);
  await buildModule();
  await buildPackage();
  await step('Python for converting', setUpPython);
  await step('peers', () => preparePeers(measured.map(({ model }) => model)));
  await step('the measuring page', () => preparePage(measured));
  const server = await serveFolder(work);
  const browser = await openBrowser(server.url);
  try {
    const results = await measure({ browser, folder: work }, measured, {
      rounds: Number(values.rounds),
      colds: Number(values.cold),
    });
    const lines = new Report();
    report(lines, results);
    process.exitCode = lines.close();
    if (values.keep) keepSpeed(results, browser.version);
  } finally {
    await browser.close();
    server.close();
  }
});
