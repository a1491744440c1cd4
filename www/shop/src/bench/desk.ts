/** Runs the networks one after the other and keeps what came of it. */
import { simdOfThisBrowser } from '@vitrine/storefront/models';
import { arePeersThere, bytesOf, type EngineName, loadEngine } from './engines';
import { inputOf, loadPicture } from './input';
import { type BenchModel, benchModels } from './models';
import { breathe, timeOf } from './time';

/** What is known of one network on one engine. */
export type Standing =
  | { is: 'waiting' }
  | { is: 'running' }
  | { is: 'done'; milliseconds: number; bytes: number }
  | { is: 'failed'; message: string };

export type Peers = 'not asked' | 'absent' | 'there';

const peers: readonly EngineName[] = ['litert', 'ort'];

/** The measurement as an event source: `change` fires at every step. */
export class BenchDesk extends EventTarget {
  busy = false;
  peers: Peers = 'not asked';
  /** By network and engine. */
  readonly #standings = new Map<string, Standing>();
  /** What our engine answered, by network; there as soon as it has run once. */
  readonly answers = new Map<string, readonly Float32Array[]>();

  /** The vector instructions this browser has, or why it cannot run networks at all. */
  readonly simd = (() => {
    try {
      return simdOfThisBrowser();
    } catch (problem) {
      return problem as Error;
    }
  })();

  standing(model: BenchModel, engine: EngineName): Standing | undefined {
    return this.#standings.get(`${model.model} ${engine}`);
  }

  get isDone(): boolean {
    return !this.busy && benchModels.every((model) => this.standing(model, 'ours')?.is === 'done');
  }

  /** Measures our engine. */
  run(): Promise<void> {
    return this.#measure(['ours']);
  }

  /** Fetches the peers and measures them. */
  async runPeers(): Promise<void> {
    this.peers = (await arePeersThere()) ? 'there' : 'absent';
    this.#changed();
    if (this.peers === 'there') await this.#measure(peers);
  }

  async #measure(engines: readonly EngineName[]): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const pairs = benchModels.flatMap((model) => engines.map((engine) => [model, engine] as const));
    for (const [model, engine] of pairs) this.#note(model, engine, { is: 'waiting' });
    for (const [model, engine] of pairs) {
      this.#note(model, engine, { is: 'running' });
      await breathe();
      this.#note(model, engine, await this.#one(model, engine));
    }
    this.busy = false;
    this.#changed();
  }

  async #one(model: BenchModel, name: EngineName): Promise<Standing> {
    try {
      const engine = await loadEngine(name);
      const input = inputOf(await loadPicture(model.picture), model);
      const run = await engine.open(model);
      const answer = await run(input);
      if (name === 'ours') {
        this.answers.set(model.model, answer);
        this.#changed();
      }
      return { is: 'done', milliseconds: await timeOf(() => run(input)), bytes: bytesOf(name, model) };
    } catch (problem) {
      return { is: 'failed', message: problem instanceof Error ? problem.message : String(problem) };
    }
  }

  #note(model: BenchModel, engine: EngineName, standing: Standing): void {
    this.#standings.set(`${model.model} ${engine}`, standing);
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

export const benchDesk = new BenchDesk();
