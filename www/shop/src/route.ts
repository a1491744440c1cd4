/** Addresses of the shop: which page an address is, and the address of a page. */

/** How a category is narrowed and ordered; all of it is in the address, so that it can be shared and gone back to. */
export interface View {
  sort: 'featured' | 'price-ascending' | 'price-descending' | 'title';
  inStock: boolean;
  /** Attribute key -> wanted values. */
  attributes: Record<string, string[]>;
  /** Pages of products shown. */
  pages: number;
}

export type Route =
  | { page: 'home' }
  | { page: 'category'; path: string[]; view: View }
  | { page: 'product'; id: string }
  | { page: 'basket' }
  | { page: 'privacy' }
  | { page: 'your-shop' }
  | { page: 'bench' }
  | { page: 'missing' };

export const plainView: View = { sort: 'featured', inStock: false, attributes: {}, pages: 1 };

const sorts: readonly string[] = ['price-ascending', 'price-descending', 'title'];
// A map: an address such as `/constructor` must not find what every object has.
const plainPages = new Map<string, Route>([
  ['basket', { page: 'basket' }],
  ['privacy', { page: 'privacy' }],
  ['your-shop', { page: 'your-shop' }],
  ['bench', { page: 'bench' }],
]);

/** The page at an address; anything unknown is `missing`, never an exception. */
export function routeOf(address: URL): Route {
  const steps = address.pathname.split('/').filter((step) => step !== '');
  const decoded = steps.map(stepOf);
  if (decoded.includes(undefined)) return { page: 'missing' };
  const [first, ...named] = decoded as string[];
  if (first === undefined) return { page: 'home' };
  if (first === 'all') return { page: 'category', path: named, view: viewOf(address.searchParams) };
  if (first === 'item' && named.length === 1 && named[0] !== undefined) return { page: 'product', id: named[0] };
  return (named.length === 0 && plainPages.get(first)) || { page: 'missing' };
}

/** What the same server has beside the shop: its worker, the merchant's console, and what tells where the worker is. */
const beside = /^\/(?:v1|console)(?:\/|$)|^\/(?:healthz|metrics|openapi\.json|settings\.json)$/;

/** Whether a path of this server is the shop's. */
export const isOfShop = (path: string) => !beside.test(path);

/** The address of a page, from the root. */
export function addressOf(route: Exclude<Route, { page: 'missing' }>): string {
  switch (route.page) {
    case 'home':
      return '/';
    case 'category':
      return `/${['all', ...route.path].map(encodeURIComponent).join('/')}${searchOf(route.view)}`;
    case 'product':
      return `/item/${encodeURIComponent(route.id)}`;
    default:
      return `/${route.page}`;
  }
}

/** The address of a category as it first opens. */
export const categoryAddress = (path: string[]) => addressOf({ page: 'category', path, view: plainView });

/** The address of a product. */
export const productAddress = (id: string) => addressOf({ page: 'product', id });

function stepOf(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}

function viewOf(search: URLSearchParams): View {
  const sort = search.get('sort') ?? '';
  const attributes = new Map<string, string[]>();
  for (const [name, value] of search) {
    const key = name.startsWith('by.') ? name.slice(3) : '';
    if (key) attributes.set(key, [...(attributes.get(key) ?? []), value]);
  }
  const pages = Number(search.get('pages'));
  return {
    sort: sorts.includes(sort) ? (sort as View['sort']) : 'featured',
    inStock: search.has('in-stock'),
    attributes: Object.fromEntries(attributes),
    pages: Number.isInteger(pages) && pages >= 1 && pages <= 100 ? pages : 1,
  };
}

function searchOf(view: View): string {
  const search = new URLSearchParams();
  if (view.sort !== 'featured') search.set('sort', view.sort);
  if (view.inStock) search.set('in-stock', '');
  for (const [key, values] of Object.entries(view.attributes)) {
    for (const value of values) search.append(`by.${key}`, value);
  }
  if (view.pages > 1) search.set('pages', String(view.pages));
  return search.size > 0 ? `?${search}` : '';
}
