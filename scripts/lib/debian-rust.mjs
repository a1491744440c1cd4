/**
 * A compiler for the browser where rustup cannot download: Debian's rustc, with a standard library
 * for the browser built from Debian's sources, linked into rustup.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apt, canInstall } from './apt.mjs';
import { environmentWith } from './environment.mjs';
import { Failure } from './failure.mjs';
import { inHouse } from './house.mjs';
import { ask, run } from './run.mjs';
import { step } from './steps.mjs';

const crate = 'standard_library';

/** Installs, builds and links it under the name `toolchain`. */
export async function linkDebianRust(target, toolchain) {
  if (!canInstall()) {
    throw new Failure(
      `rustup could not add ${target}, and Debian’s compiler can only be installed by root on Debian or Ubuntu.`,
      `Let rustup reach static.rust-lang.org and run \`rustup target add ${target}\`, or run this once as root.`,
    );
  }
  await step(
    'Debian’s Rust compiler and its sources',
    () => apt('rustc-web', 'cargo-web', 'rust-web-src', 'rust-web-clippy'),
    {
      loud: true,
    },
  );
  // The linker has to read the bitcode of this very LLVM.
  const llvm = /LLVM version: (\d+)/.exec((await ask('/usr/bin/rustc', ['-vV'])) ?? '')?.[1];
  if (!llvm) throw new Failure('Debian’s /usr/bin/rustc does not tell its LLVM version.', 'Is rustc-web installed?');
  await step(`its linker, lld-${llvm}`, () => apt(`lld-${llvm}`), { loud: true });
  await step(`standard library for ${target}`, () => buildLibrary(target), { loud: true });
  await run('rustup', ['toolchain', 'link', toolchain, '/usr']);
}

/** Compiles the standard library from source and puts it where Debian's compiler looks for it. */
async function buildLibrary(target) {
  const folder = inHouse('build/standard-library');
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'Cargo.toml'), `[package]\nname = "${crate}"\nedition = "2024"\n\n[workspace]\n`);
  writeFileSync(join(folder, 'src/lib.rs'), '//! Nothing: only the standard library is wanted.\n');
  await run('/usr/bin/cargo', ['build', '--release', '-Z', 'build-std=std,panic_abort', '--target', target], {
    cwd: folder,
    env: environmentWith({
      CARGO_TARGET_DIR: join(folder, 'target'),
      RUSTC: '/usr/bin/rustc',
      RUSTC_BOOTSTRAP: '1', // -Z build-std
      RUSTFLAGS: '-Cembed-bitcode=yes', // link-time optimization reads it
    }),
  });
  const made = join(folder, 'target', target, 'release/deps');
  const library = `/usr/lib/rustlib/${target}/lib`;
  rmSync(library, { recursive: true, force: true }); // an older one would make every crate ambiguous
  mkdirSync(library, { recursive: true });
  for (const file of readdirSync(made).filter((name) => name.endsWith('.rlib') && !name.startsWith(`lib${crate}-`))) {
    copyFileSync(join(made, file), join(library, file));
  }
  if (!existsSync(library) || readdirSync(library).length === 0) {
    throw new Failure('The standard library was compiled, but no .rlib came out of it.', `Look into ${made}.`);
  }
  rmSync(folder, { recursive: true, force: true });
}
