/** Where the shop's worker is. */

/** Its address, ending in a slash; `undefined` where there is none in `worker`. */
export function workerAddress(worker: string | URL): URL | undefined {
  const base = globalThis.location?.href;
  if (!URL.canParse(String(worker), base)) return undefined;
  const address = new URL(worker, base);
  if (!address.pathname.endsWith('/')) address.pathname += '/';
  address.search = address.hash = '';
  return /^https?:$/.test(address.protocol) ? address : undefined;
}
