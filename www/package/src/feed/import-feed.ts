/** Makes a shop from a product feed, part by part, in the browser. */
import type { Host } from '../engine/calls.js';
import { openHost } from '../engine/open-host.js';
import { asVitrineError } from '../error.js';
import type { FeedOptions, ImportedFeed } from './types.js';

/** Reads the whole feed. Memory holds one part of it at a time, and the products. */
export async function importFeed(
  feed: Blob | ReadableStream<Uint8Array>,
  options: FeedOptions = {},
): Promise<ImportedFeed> {
  let host: Host | undefined;
  try {
    host = await openHost(options.thread ?? 'worker', options.wasm);
    return await read(host, feed, options);
  } catch (problem) {
    // A file that vanished while it was read, say, throws the browser's own error.
    throw asVitrineError(problem);
  } finally {
    host?.close();
  }
}

async function read(
  host: Host,
  feed: Blob | ReadableStream<Uint8Array>,
  { id = 'my-shop', created = new Date().toISOString(), onProgress, ...options }: FeedOptions,
): Promise<ImportedFeed> {
  const fileName = options.fileName ?? (feed instanceof Blob && 'name' in feed ? String(feed.name) : undefined);
  await host.call('feedStart', {
    language: options.language ?? 'en',
    ...(options.format !== undefined && { format: options.format }),
    ...(fileName !== undefined && { fileName }),
    ...(options.currency !== undefined && { currency: options.currency }),
  });
  const reader = (feed instanceof Blob ? feed.stream() : feed).getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
      const progress = await host.call('feedPush', value);
      onProgress?.({ ...progress, bytes });
    }
  } catch (problem) {
    await reader.cancel(problem).catch(() => {});
    throw problem;
  }
  return host.call('feedFinish', { id, created });
}
