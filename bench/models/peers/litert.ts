/** LiteRT.js with the model's original file: XNNPACK in WebAssembly, one thread. */
import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
import type { Case, Run } from '../page/engine';

let loaded: Promise<unknown> | undefined;

export async function open({ model, size }: Case): Promise<Run> {
  loaded ??= loadLiteRt('/peers/litert/', { threads: false });
  await loaded;
  const compiled = await loadAndCompile(`/peers/models/${model}.tflite`, {
    accelerator: 'wasm',
    cpuOptions: { numThreads: 1 },
  });
  return async (numbers) => {
    const input = new Tensor(numbers, [1, ...size, 3]);
    const outputs = await compiled.run([input]);
    input.delete();
    return outputs.map((output) => {
      const copied = output.toTypedArray().slice();
      output.delete();
      return copied;
    });
  };
}
