/** The generated glue of the WebAssembly module, started once in each thread. */
import init, * as glue from '../../wasm/vitrine_storefront.js';
import type { FeedFormatOptions, FeedProgress, FeedReport } from '../feed/types.js';
import type { PackFiles } from '../types.js';

/** Reads a feed part by part and makes a pack of it. */
export interface FeedImport {
  push(chunk: Uint8Array): FeedProgress;
  /** Consumes the import. */
  finish(options: { id: string; created: string }): PackFiles & { report: FeedReport };
  free(): void;
}

/** The classes of the module. */
export interface Glue {
  Engine: typeof glue.Engine;
  FeedImport: new (options: FeedFormatOptions) => FeedImport;
}

/** Starts the module; the second time in the same thread, what runs already is given. */
export async function start(module: WebAssembly.Module): Promise<Glue> {
  await init({ module_or_path: module });
  return glue as unknown as Glue;
}
