/** Runs one model in the thread it lives in: the page itself, or a worker. */
import type { Network } from '../../wasm/vitrine_models.js';
import type { Glue } from './glue.js';
import { isHashRight, type Plan } from './plan.js';
import type { NetworkAbout } from './types.js';

export class Desk {
  readonly about: NetworkAbout;
  readonly #memory: WebAssembly.Memory;
  readonly #network: Network;

  private constructor(network: Network, memory: WebAssembly.Memory) {
    this.#network = network;
    this.#memory = memory;
    this.about = network.about();
  }

  /** Checks and loads a plan; throws what the module says of a bad one. */
  static async open({ Network, memory }: Glue, plan: Plan): Promise<Desk> {
    const hashing = isHashRight(plan);
    let network: Network | undefined;
    let refusal: unknown;
    try {
      network = Network.open(plan, hashing !== undefined);
    } catch (thrown) {
      refusal = thrown;
    }
    if (hashing && !(await hashing)) {
      network?.free();
      // Refused for its hash, whatever else is wrong with it: that it was damaged is what its user has to know.
      network = Network.open(plan, false);
    }
    if (!network) throw refusal;
    return new Desk(network, memory);
  }

  /** One array for each input, in their order; gives one for each output. */
  run(inputs: readonly Float32Array[]): Float32Array<ArrayBuffer>[] {
    this.#network.fit(Uint32Array.from(inputs, ({ length }) => length));
    for (const [index, numbers] of inputs.entries()) this.#view(this.#network.input(index)).set(numbers);
    this.#network.run();
    return this.about.outputs.map((_, index) => this.#view(this.#network.output(index)).slice());
  }

  free(): void {
    this.#network.free();
  }

  /** Taken anew for each use: the memory may grow in between, which ends all views into it. */
  #view([address, elements]: [number, number]): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#memory.buffer as ArrayBuffer, address, elements);
  }
}
