/** Builds an example of the kernels for the page, once per instruction set, as base64. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const house = fileURLToPath(new URL('../..', import.meta.url));

/** Loop-strength reduction would undo the addressing that keeps the inner loops within V8's registers. */
const always = '-C llvm-args=-disable-lsr';

const sets = { simd128: '+simd128', relaxed: '+simd128,+relaxed-simd', scalar: '-simd128' };

/** @param {string} example @param {keyof typeof sets} set */
export function build(example, set) {
  const target = `${process.env.CARGO_TARGET_DIR ?? `${house}/target`}/kernels-${set}`;
  const triple = 'wasm32-unknown-unknown';
  const words = [
    'build',
    '--quiet',
    '--release',
    '--target',
    triple,
    '-p',
    'vitrine-model-kernels',
    '--example',
    example,
  ];
  const RUSTFLAGS = `-C target-feature=${sets[set]} ${always}`;
  execFileSync('cargo', words, {
    cwd: house,
    stdio: 'inherit',
    env: { ...process.env, RUSTFLAGS, CARGO_TARGET_DIR: target },
  });
  return readFileSync(`${target}/${triple}/release/examples/${example}.wasm`).toString('base64');
}
