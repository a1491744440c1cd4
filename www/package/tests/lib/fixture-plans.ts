/** The runtime's own test plans, with an input of each and what tract made of it. */
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { Model, type ModelOptions, type PlanSource } from '../../src/models.js';

const folder = new URL('../../../../crates/model-runtime/tests/plans/', import.meta.url);

/** The bytes of a build that `cargo xtask wasm` made. */
export const modelsWasm = (build: 'simd' | 'relaxed') =>
  new Uint8Array(readFileSync(new URL(`../../wasm/vitrine_models_${build}_bg.wasm`, import.meta.url)));

/** The bytes of a plan; every call reads its own, to be damaged at will. */
export const planOf = (name: 'convnet' | 'transformer') =>
  new Uint8Array(readFileSync(new URL(`${name}.plan`, folder)));

function numbersOf(name: string): Float32Array {
  const { buffer, byteOffset, byteLength } = readFileSync(new URL(`${name}.f32`, folder));
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

const pixels = 36 * 44;

/** An input of the convolutional net, and its two outputs. */
export function convnetRun() {
  const all = numbersOf('convnet');
  return { image: all.slice(0, 3 * pixels), mask: all.slice(3 * pixels, 8 * pixels), classes: all.slice(8 * pixels) };
}

/** 24 tokens, and the first output of the transformer block. */
export function transformerRun() {
  const all = numbersOf('transformer');
  return { tokens: all.slice(0, 24), embedding: all.slice(24, 56) };
}

/** Opens a plan in the plain build until the test is over. */
export async function openPlan(plan: PlanSource, options: ModelOptions = {}): Promise<Model> {
  const model = await Model.open(plan, { wasm: modelsWasm('simd'), ...options });
  onTestFinished(() => model.close());
  return model;
}

/** The largest difference of two lists of numbers, as a share of the largest number. */
export function distance(found: Float32Array | undefined, expected: Float32Array): number {
  if (found?.length !== expected.length) return Number.POSITIVE_INFINITY;
  const largest = expected.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  return (
    found.reduce((most, number, at) => Math.max(most, Math.abs(number - (expected[at] ?? Number.NaN))), 0) / largest
  );
}
