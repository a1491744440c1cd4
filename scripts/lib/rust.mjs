/** Rust: that it is there and new enough, and which toolchain builds for the browser. */
import { readFileSync } from 'node:fs';
import { linkDebianRust } from './debian-rust.mjs';
import { environmentWith, remember } from './environment.mjs';
import { Failure } from './failure.mjs';
import { inHouse } from './house.mjs';
import { ask } from './run.mjs';

const target = 'wasm32-unknown-unknown';
/** The name of the linked fallback; `xtask/src/toolchain.rs` looks for the same. */
export const fallback = 'vitrine';

const asNumber = (version) => version.split('.').reduce((sum, part) => sum * 1000 + Number.parseInt(part, 10), 0);

/** Checks for cargo of at least the version that Cargo.toml asks for. */
export async function checkRust() {
  const version = (await ask('cargo', ['--version']))?.split(' ')[1];
  if (!version) throw new Failure('Rust is not installed.', 'Install it from https://rustup.rs and run this again.');
  const wanted = /rust-version = "([\d.]+)"/.exec(readFileSync(inHouse('Cargo.toml'), 'utf8'))?.[1] ?? '0';
  if (asNumber(version.split('-')[0]) < asNumber(`${wanted}.0`)) {
    throw new Failure(`Rust ${version} is too old; ${wanted} is needed.`, 'Run `rustup update stable`.');
  }
  return version;
}

/** Whether a toolchain (`undefined`: the active one) compiles for the browser. */
async function compilesForBrowser(toolchain) {
  const env = environmentWith(toolchain ? { RUSTUP_TOOLCHAIN: toolchain } : {});
  const words = ['--target', target, '--crate-type', 'lib', '--crate-name', 'probe', '--emit', 'metadata=-', '-'];
  return (await ask('rustc', words, { env, input: 'pub fn probe() {}' })) !== undefined;
}

/** Makes every later cargo call use the fallback, so that nothing is compiled by two compilers. */
function useFallback() {
  remember('RUSTUP_TOOLCHAIN', fallback);
  return `by the linked toolchain "${fallback}"`;
}

/**
 * Makes sure that Rust compiles for the browser: the active toolchain, else `rustup target add`, else
 * Debian's compiler with a standard library built from its sources.
 */
export async function ensureWasmLibrary() {
  if (await compilesForBrowser()) return 'by the active toolchain';
  if (await compilesForBrowser(fallback)) return useFallback();
  if ((await ask('rustup', ['--version'])) === undefined) {
    throw new Failure(
      `This Rust has no standard library for ${target}.`,
      'Install Rust from https://rustup.rs, or your system’s package of that library.',
    );
  }
  // Asked silently: where it cannot download, the other way follows and its error would only frighten.
  await ask('rustup', ['target', 'add', target], {
    env: environmentWith({ RUSTUP_MAX_RETRIES: '1' }),
    timeout: 240_000,
  });
  if (await compilesForBrowser()) return 'added by rustup';
  await linkDebianRust(target, fallback);
  if (await compilesForBrowser(fallback)) return useFallback();
  throw new Failure(
    `The linked toolchain "${fallback}" still does not compile for ${target}.`,
    'See the messages above.',
  );
}
