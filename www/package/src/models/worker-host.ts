/** A model in a Web Worker of its own, so that the page never waits for it. */
import { VitrineError } from '../error.js';
import type { FromWorker, Host, ToWorker } from './host.js';
import type { Plan } from './plan.js';
import type { NetworkAbout } from './types.js';

type Message = ToWorker extends infer Each ? (Each extends { number: number } ? Omit<Each, 'number'> : never) : never;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: VitrineError): void;
}

/**
 * Opens a model in a worker.
 * @returns nothing where workers do not exist or the worker's script cannot be loaded, as under a policy that forbids it
 */
export async function openWorkerHost(
  module: Promise<WebAssembly.Module>,
  plan: Promise<Plan>,
  script: URL,
): Promise<Host | undefined> {
  if (typeof Worker === 'undefined') return undefined;
  let worker: Worker;
  try {
    worker = new Worker(script, { type: 'module', name: 'vitrine-model' });
  } catch {
    return undefined;
  }
  const ready = await new Promise<boolean>((resolve) => {
    worker.addEventListener('message', () => resolve(true), { once: true });
    worker.addEventListener('error', () => resolve(false), { once: true });
  });
  if (!ready) {
    worker.terminate();
    return undefined;
  }
  const line = new Line(worker);
  try {
    const about = await line.ask({ module: await module, plan: await plan });
    return new WorkerHost(line, about as NetworkAbout);
  } catch (refused) {
    worker.terminate();
    throw refused;
  }
}

class WorkerHost implements Host {
  readonly thread = 'worker';

  constructor(
    private readonly line: Line,
    readonly about: NetworkAbout,
  ) {}

  run(inputs: readonly Float32Array[]): Promise<Float32Array[]> {
    return this.line.ask({ inputs }) as Promise<Float32Array[]>;
  }

  close(): void {
    this.line.end(new VitrineError('closed', 'The model was closed. Open it again with `Model.open`.'));
  }
}

/** Questions to a worker, each answered by its number. */
class Line {
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended: VitrineError | undefined;

  constructor(private readonly worker: Worker) {
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#answered(data));
    worker.addEventListener('error', ({ message }) => {
      this.end(new VitrineError('worker', `The model's worker stopped: ${message}. Open the model again.`));
    });
  }

  ask(message: Message): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    const number = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.worker.postMessage({ ...message, number });
    });
  }

  end(reason: VitrineError): void {
    this.#ended ??= reason;
    this.worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #answered(message: FromWorker): void {
    if (!('number' in message)) return;
    const waiting = this.#waiting.get(message.number);
    this.#waiting.delete(message.number);
    if ('error' in message) waiting?.reject(new VitrineError(message.error.code, message.error.message));
    else waiting?.resolve(message.value);
  }
}
