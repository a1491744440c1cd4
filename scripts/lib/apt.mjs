/** Installing system packages where that is allowed: root on Debian or Ubuntu. */
import { existsSync } from 'node:fs';
import { environmentWith } from './environment.mjs';
import { run } from './run.mjs';

let updated = false;

/** Whether this process may install system packages. */
export const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs packages without what they merely recommend. */
export async function apt(...packages) {
  const env = environmentWith({ DEBIAN_FRONTEND: 'noninteractive' });
  if (!updated) await run('apt-get', ['update', '-q'], { env, quiet: true });
  updated = true;
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { env, quiet: true });
}
