/** Addresses of the console: they stand behind the `#`, so that any server of files can serve it. */

export type Route =
  | { page: 'devices' }
  | { page: 'device'; id: string }
  | { page: 'add' }
  | { page: 'stock' }
  | { page: 'customers' }
  | { page: 'forecasts' }
  | { page: 'forecast'; sku: string }
  | { page: 'dead-letters' }
  | { page: 'audit' }
  | { page: 'access' }
  | { page: 'missing' };

const plainPages = new Map<string, Route>([
  ['add', { page: 'add' }],
  ['stock', { page: 'stock' }],
  ['customers', { page: 'customers' }],
  ['forecasts', { page: 'forecasts' }],
  ['dead-letters', { page: 'dead-letters' }],
  ['audit', { page: 'audit' }],
  ['access', { page: 'access' }],
]);

/** The page at what stands behind the `#`; anything unknown is `missing`, never an exception. */
export function routeOf(hash: string): Route {
  const [first, second, ...more] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .filter((step) => step !== '');
  if (first === undefined || (first === 'devices' && second === undefined)) return { page: 'devices' };
  if (first === 'devices' && second !== undefined && more.length === 0) {
    return /^[a-z0-9][a-z0-9-]{0,62}$/.test(second) ? { page: 'device', id: second } : { page: 'missing' };
  }
  if (first === 'forecasts' && second !== undefined && more.length === 0) {
    const sku = decoded(second);
    return sku === undefined ? { page: 'missing' } : { page: 'forecast', sku };
  }
  return (second === undefined && plainPages.get(first)) || { page: 'missing' };
}

/** A step of the address without its percent signs. */
function decoded(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}

/** The address of a page. */
export function addressOf(route: Exclude<Route, { page: 'missing' }>): string {
  if (route.page === 'device') return `#/devices/${route.id}`;
  if (route.page === 'forecast') return `#/forecasts/${encodeURIComponent(route.sku)}`;
  return `#/${route.page}`;
}

/** The address of a device. */
export const deviceAddress = (id: string) => addressOf({ page: 'device', id });

/** The address of a product's forecast. */
export const forecastAddress = (sku: string) => addressOf({ page: 'forecast', sku });
