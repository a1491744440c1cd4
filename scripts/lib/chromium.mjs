/** The browser for the tests: the one that is there, or one that is installed for them. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { apt, canInstall } from './apt.mjs';
import { environmentWith, remember } from './environment.mjs';
import { Failure } from './failure.mjs';
import { inHouse } from './house.mjs';
import { run } from './run.mjs';

/** Tests read the browser's path from this variable; setting it oneself chooses another. */
const variable = 'VITRINE_CHROMIUM';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Where Playwright keeps the browser that belongs to its version. */
const playwrights = () => createRequire(inHouse('package.json'))('playwright-core').chromium.executablePath();

const found = () => [process.env[variable], ...places, playwrights()].find((path) => path && existsSync(path));

/** Finds Chromium or installs it, and names it to every program started later. */
export async function ensureChromium() {
  if (!found() && canInstall()) {
    // Ubuntu’s package is only a pointer to a snap; the font is for the pictures of the Chinese pages.
    await apt('chromium', 'fonts-wqy-microhei').catch(() => {});
  }
  if (!found()) await run('playwright-core', ['install', 'chromium'], { env: environmentWith() });
  const path = found();
  if (!path) {
    throw new Failure('There is no Chromium for the browser tests.', `Install it, or name one in ${variable}.`);
  }
  remember(variable, path);
  return path;
}
