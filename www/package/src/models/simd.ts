/** Which vector instructions this browser has, and so which build of the module it gets. */
import { VitrineError } from '../error.js';

/** `relaxed` has fused multiply-adds, whose last bit may differ between machines; `plain` gives the same numbers everywhere. */
export type Simd = 'relaxed' | 'plain';

/** A module of one function without parameters that gives a vector, made of these instructions. */
const moduleOf = (instructions: readonly number[]) => {
  const body = [0, ...instructions, 0x0b];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic and version
    ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // types: () -> v128
    ...[0x03, 0x02, 0x01, 0x00], // functions: one of type 0
    ...[0x0a, body.length + 2, 0x01, body.length, ...body], // code
  ]);
};

/** `i32.const 0`, `i8x16.splat` */
const zeros = [0x41, 0x00, 0xfd, 0x0f];

/** The first build whose instructions the browser accepts; throws where there is none. */
export function simdOfThisBrowser(): Simd {
  // Three vectors and `f32x4.relaxed_madd`.
  if (WebAssembly.validate(moduleOf([...zeros, ...zeros, ...zeros, 0xfd, 0x85, 0x02]))) return 'relaxed';
  if (WebAssembly.validate(moduleOf(zeros))) return 'plain';
  throw new VitrineError(
    'simd',
    'This browser has no vector instructions for WebAssembly, which models need. Every browser since 2023 has them: update it.',
  );
}
