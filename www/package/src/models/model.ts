/** `Model`: a compiled model, loaded and ready to run. */
import { VitrineError } from '../error.js';
import { modelsModule, modelsWorkerScript } from '../loading/models-module.js';
import { compile, type WasmSource } from '../loading/wasm.js';
import type { Thread } from '../types.js';
import type { Host } from './host.js';
import { openPageHost } from './page-host.js';
import { loadPlan, type PlanSource } from './plan.js';
import { simdOfThisBrowser } from './simd.js';
import type { ModelPort, NetworkAbout, Tensors } from './types.js';
import { openWorkerHost } from './worker-host.js';

/** How to open a model. */
export interface ModelOptions {
  /** Where to compute; `main` where absent. What came of it is in `thread`. */
  thread?: Thread;
  /** Where the WebAssembly module is; found beside this package, in the build for this browser, where absent. */
  wasm?: WasmSource;
}

/**
 * Every function rejects with a `VitrineError`.
 *
 * ```ts
 * const model = await Model.open('/models/selfie_segmentation.plan', { thread: 'worker' });
 * const { activation_10: mask } = await model.run({ input_1: pixels }); // 256 x 256 x 3 numbers from 0 to 1
 * ```
 */
export class Model {
  readonly #host: Host;
  readonly #about: NetworkAbout;

  private constructor(host: Host) {
    this.#host = host;
    this.#about = host.about;
  }

  /** Loads a plan, made with `vitrine compile`, and the module that runs it. */
  static async open(plan: PlanSource, { thread = 'main', wasm }: ModelOptions = {}): Promise<Model> {
    const loading = loadPlan(plan);
    const module = (async () => compile(wasm ?? modelsModule(simdOfThisBrowser())))();
    for (const promise of [loading, module]) promise.catch(() => {}); // reported where they are waited for
    const script = thread === 'worker' ? modelsWorkerScript() : undefined;
    const inWorker = script && (await openWorkerHost(module, loading, script));
    return new Model(inWorker ?? (await openPageHost(module, loading)));
  }

  /** What the model is called. */
  get name(): string {
    return this.#about.name;
  }

  /** What it takes. */
  get inputs(): readonly ModelPort[] {
    return this.#about.inputs;
  }

  /** What it gives. */
  get outputs(): readonly ModelPort[] {
    return this.#about.outputs;
  }

  /** The axis that grows with the input, where there is one: what shapes call it, its least and its greatest length. */
  get length(): Readonly<{ name: string; least: number; most: number }> | undefined {
    return this.#about.length;
  }

  /** The thread in which it runs. */
  get thread(): Thread {
    return this.#host.thread;
  }

  /** Runs the model on all of its inputs, by name, and gives all of its outputs. Runs that overlap wait for each other. */
  async run(inputs: Readonly<Tensors>): Promise<Tensors> {
    const outputs = await this.#host.run(this.#inOrder(inputs));
    return Object.fromEntries(this.outputs.map(({ name }, at) => [name, outputs[at] ?? new Float32Array()]));
  }

  /** Gives its memory back; later runs reject. */
  close(): void {
    this.#host.close();
  }

  #inOrder(inputs: Readonly<Tensors>): Float32Array[] {
    const names = this.inputs.map(({ name }) => name);
    const unknown = Object.keys(inputs).find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new VitrineError('request', `${this.name} has no input "${unknown}"; it has ${names.join(', ')}.`);
    }
    return names.map((name) => {
      const numbers: unknown = inputs[name];
      if (numbers instanceof Float32Array) return numbers;
      const shape = this.inputs.find((input) => input.name === name)?.shape.join(' x ');
      throw new VitrineError(
        'request',
        `The input "${name}" of ${this.name} must be a Float32Array of ${shape} numbers.`,
      );
    });
  }
}
