/** A model in the thread of the page. */
import { asVitrineError, VitrineError } from '../error.js';
import { Desk } from './desk.js';
import { start } from './glue.js';
import type { Host } from './host.js';
import type { LoadedPlan } from './plan.js';

/** Opens a model in this thread. */
export async function openPageHost(module: WebAssembly.Module, plan: LoadedPlan): Promise<Host> {
  const glue = await start(module);
  try {
    return new PageHost(new Desk(glue, plan));
  } catch (thrown) {
    throw asVitrineError(thrown);
  }
}

class PageHost implements Host {
  readonly thread = 'main';
  #closed = false;

  constructor(private readonly desk: Desk) {}

  get about() {
    return this.desk.about;
  }

  async run(inputs: readonly Float32Array[]): Promise<Float32Array[]> {
    if (this.#closed) throw new VitrineError('closed', 'The model was closed. Open it again with `Model.open`.');
    try {
      return this.desk.run(inputs);
    } catch (thrown) {
      throw asVitrineError(thrown);
    }
  }

  close(): void {
    if (!this.#closed) this.desk.free();
    this.#closed = true;
  }
}
