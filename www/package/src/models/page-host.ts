/** A model in the thread of the page. */
import { asVitrineError, VitrineError } from '../error.js';
import { Desk } from './desk.js';
import { start } from './glue.js';
import type { Host } from './host.js';
import type { Plan } from './plan.js';

/** Opens a model in this thread. The module starts while the plan is still on its way. */
export async function openPageHost(module: Promise<WebAssembly.Module>, plan: Promise<Plan>): Promise<Host> {
  const glue = await start(await module);
  const loaded = await plan;
  try {
    return new PageHost(await Desk.open(glue, loaded));
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
