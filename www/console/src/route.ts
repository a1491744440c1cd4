/** Addresses of the console: they stand behind the `#`, so that any server of files can serve it. */

export type Route =
  | { page: 'devices' }
  | { page: 'device'; id: string }
  | { page: 'add' }
  | { page: 'stock' }
  | { page: 'customers' }
  | { page: 'dead-letters' }
  | { page: 'audit' }
  | { page: 'access' }
  | { page: 'missing' };

const plainPages = new Map<string, Route>([
  ['add', { page: 'add' }],
  ['stock', { page: 'stock' }],
  ['customers', { page: 'customers' }],
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
  return (second === undefined && plainPages.get(first)) || { page: 'missing' };
}

/** The address of a page. */
export function addressOf(route: Exclude<Route, { page: 'missing' }>): string {
  return route.page === 'device' ? `#/devices/${route.id}` : `#/${route.page}`;
}

/** The address of a device. */
export const deviceAddress = (id: string) => addressOf({ page: 'device', id });
