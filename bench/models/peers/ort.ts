/** ONNX Runtime with the converted model: its WebAssembly build, one thread. */
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import type { Case, Run } from '../page/engine';

env.wasm.numThreads = 1;
env.wasm.proxy = false;
env.wasm.wasmPaths = { wasm: '/peers/ort/ort-wasm-simd-threaded.wasm' };

export async function open({ model, size }: Case): Promise<Run> {
  const session = await InferenceSession.create(`/peers/models/${model}.onnx`, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });
  const [name = ''] = session.inputNames;
  return async (numbers) => {
    const outputs = await session.run({ [name]: new Tensor('float32', numbers, [1, ...size, 3]) });
    return session.outputNames.map((output) => outputs[output]?.data as Float32Array);
  };
}
