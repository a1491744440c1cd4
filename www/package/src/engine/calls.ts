/** Everything that can be asked of the engine, and the form it has on its way to another thread. */
import type {
  CategoryNode,
  Interaction,
  PackAbout,
  ProductPage,
  ProductQuery,
  Recommendations,
  RecommendRequest,
} from '../../wasm/vitrine_storefront.js';
import type { FeedFormatOptions, FeedProgress, ImportedFeed } from '../feed/types.js';
import type { PackFiles, Thread } from '../types.js';

/** The calls, as functions of the thread that computes. */
export interface Calls {
  open(pack: PackFiles): void;
  setEvents(events: readonly Interaction[]): { ignored: string[] };
  recommend(request: RecommendRequest): Recommendations;
  products(query: ProductQuery): ProductPage;
  categories(): CategoryNode[];
  about(): PackAbout;
  feedStart(options: FeedFormatOptions): void;
  feedPush(chunk: Uint8Array): FeedProgress;
  feedFinish(pack: { id: string; created: string }): ImportedFeed;
}

/** The engine as the facade sees it; calls are answered in the order in which they are made. */
export interface Host {
  readonly thread: Thread;
  /** Rejects with a `VitrineError`. */
  call<Name extends keyof Calls>(name: Name, ...parameters: Parameters<Calls[Name]>): Promise<ReturnType<Calls[Name]>>;
  /** Frees the engine; later calls reject. */
  close(): void;
}

/** A call, or with `start` the compiled module that comes before all calls, on its way to a worker. */
export type ToWorker = { start: WebAssembly.Module } | { number: number; name: keyof Calls; parameters: unknown[] };

/** An answer on its way back; `ready` means that the worker's script runs. */
export type FromWorker =
  | { ready: true }
  | { number: number; value: unknown }
  | { number: number; error: { code: string; message: string; section?: string } };
