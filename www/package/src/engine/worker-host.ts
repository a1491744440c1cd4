/** The engine in a Web Worker, so that the page never waits for it. */
import { closedError, VitrineError } from '../error.js';
import type { Calls, FromWorker, Host, ToWorker } from './calls.js';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: VitrineError): void;
}

/**
 * Starts the engine in a worker.
 * @returns nothing where workers do not exist or the worker's script cannot be loaded, as under a policy that forbids it
 */
export async function openWorkerHost(module: WebAssembly.Module, script: URL): Promise<Host | undefined> {
  if (typeof Worker === 'undefined') return undefined;
  let worker: Worker;
  try {
    worker = new Worker(script, { type: 'module', name: 'vitrine' });
  } catch {
    return undefined;
  }
  const ready = await new Promise<boolean>((resolve) => {
    worker.addEventListener('message', () => resolve(true), { once: true });
    worker.addEventListener('error', () => resolve(false), { once: true });
  });
  if (ready) return new WorkerHost(worker, module);
  worker.terminate();
  return undefined;
}

class WorkerHost implements Host {
  readonly thread = 'worker';
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #ended: VitrineError | undefined;

  constructor(
    private readonly worker: Worker,
    module: WebAssembly.Module,
  ) {
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.answered(data));
    worker.addEventListener('error', ({ message }) => {
      this.end(new VitrineError('worker', `The engine's worker stopped: ${message}. Reload the page.`));
    });
    this.post({ start: module });
  }

  call<Name extends keyof Calls>(name: Name, ...parameters: Parameters<Calls[Name]>): Promise<ReturnType<Calls[Name]>> {
    if (this.#ended) return Promise.reject(this.#ended);
    const number = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      this.post({ number, name, parameters });
    });
  }

  close(): void {
    this.end(closedError());
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private answered(message: FromWorker): void {
    if (!('number' in message)) return;
    const waiting = this.#waiting.get(message.number);
    this.#waiting.delete(message.number);
    if ('error' in message) {
      const { code, message: text, section } = message.error;
      waiting?.reject(new VitrineError(code, text, section));
    } else {
      waiting?.resolve(message.value);
    }
  }

  private end(reason: VitrineError): void {
    this.#ended ??= reason;
    this.worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
