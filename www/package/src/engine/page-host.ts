/** The engine in the thread of the page. */
import { asVitrineError, closedError } from '../error.js';
import type { Calls, Host } from './calls.js';
import { Desk } from './desk.js';
import { start } from './glue.js';

/** Starts the engine in this thread. */
export async function openPageHost(module: WebAssembly.Module): Promise<Host> {
  return new PageHost(new Desk(await start(module)));
}

class PageHost implements Host {
  readonly thread = 'main';
  #closed = false;

  constructor(private readonly desk: Desk) {}

  async call<Name extends keyof Calls>(
    name: Name,
    ...parameters: Parameters<Calls[Name]>
  ): Promise<ReturnType<Calls[Name]>> {
    if (this.#closed) throw closedError();
    const answer = this.desk[name] as (...parameters: Parameters<Calls[Name]>) => ReturnType<Calls[Name]>;
    try {
      return answer(...parameters);
    } catch (thrown) {
      throw asVitrineError(thrown);
    }
  }

  close(): void {
    if (!this.#closed) this.desk.free();
    this.#closed = true;
  }
}
