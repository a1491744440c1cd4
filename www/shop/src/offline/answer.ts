/** What the service worker answers a request with: the kept version of the shop, a kept picture, or the network. */

import { isOfShop } from '../route';

/** What is kept and under which names. */
export interface Kept {
  origin: string;
  /** Cache of one whole version of the shop. */
  shell: string;
  /** Cache of pictures, shared by all versions. */
  pictures: string;
  /** Paths in the shell. */
  files: ReadonlySet<string>;
}

/** Pictures kept at most; the longest kept go first. */
const mostPictures = 400;

/** The answer, or `undefined` where the browser should do what it always does. */
export function answerFor(request: Request, kept: Kept): Promise<Response> | undefined {
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== kept.origin || !isOfShop(address.pathname)) return undefined;
  if (request.mode === 'navigate') return fromShell('/', request, kept);
  if (kept.files.has(address.pathname)) {
    // `reload` is how the page asks for a file anew after the kept one turned out damaged.
    return request.cache === 'reload'
      ? anew(address.pathname, request, kept)
      : fromShell(address.pathname, request, kept);
  }
  return address.pathname.startsWith('/goods/') ? picture(request, kept) : undefined;
}

async function fromShell(path: string, request: Request, kept: Kept): Promise<Response> {
  const cache = await caches.open(kept.shell);
  return (await cache.match(path)) ?? fetch(request);
}

async function anew(path: string, request: Request, kept: Kept): Promise<Response> {
  const response = await fetch(request);
  if (response.ok) await (await caches.open(kept.shell)).put(path, response.clone());
  return response;
}

async function picture(request: Request, kept: Kept): Promise<Response> {
  const cache = await caches.open(kept.pictures);
  const found = await cache.match(request.url);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request.url, response.clone());
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - mostPictures)).map((key) => cache.delete(key)));
  }
  return response;
}
