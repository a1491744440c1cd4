/** What has to be on the machine, checked and where possible installed; only what is missing is done. */
import { ensureChromium } from './chromium.mjs';
import { ensureNextest } from './nextest.mjs';
import { checkNode, checkOwnNode, ensurePackages } from './packages.mjs';
import { checkRust, ensureWasmLibrary } from './rust.mjs';
import { step } from './steps.mjs';

/** All that building and serving the shop needs. */
export async function setUp() {
  await step('Node', async () => checkNode());
  await step('Rust', checkRust);
  await step('Rust for the browser', ensureWasmLibrary);
  await step('npm packages', ensurePackages);
  await step('Node for the tools', checkOwnNode);
}

/** All that the tests need beyond that. */
export async function setUpTests({ browser }) {
  await setUp();
  await step('Rust’s test runner', ensureNextest);
  if (browser) await step('Chromium', ensureChromium);
}
