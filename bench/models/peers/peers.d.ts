/** The part of the peers' interfaces that is used: they are installed only while measuring. */

declare module '@litertjs/core' {
  export function loadLiteRt(folder: string, options: { threads: boolean }): Promise<unknown>;
  export function loadAndCompile(
    address: string,
    options: { accelerator: 'wasm'; cpuOptions: { numThreads: number } },
  ): Promise<CompiledModel>;
  interface CompiledModel {
    getInputDetails(): readonly { name: string; shape: Int32Array }[];
    run(inputs: Tensor[]): Promise<Tensor[]>;
  }
  export class Tensor {
    constructor(numbers: Float32Array, shape: number[]);
    toTypedArray(): Float32Array;
    delete(): void;
  }
}

declare module 'onnxruntime-web' {
  export const env: { wasm: { numThreads: number; proxy: boolean; wasmPaths: { wasm: string } } };
  export class Tensor {
    constructor(type: 'float32', numbers: Float32Array, shape: readonly number[]);
    readonly data: unknown;
  }
  export class InferenceSession {
    static create(
      address: string,
      options: { executionProviders: string[]; graphOptimizationLevel: 'all' },
    ): Promise<InferenceSession>;
    readonly inputNames: readonly string[];
    readonly outputNames: readonly string[];
    run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
  }
}
