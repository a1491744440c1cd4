/** Finds files of this package while Vite serves a copy of its JavaScript in dev mode. */

/**
 * Vite's dev server copies the JavaScript of dependencies to `node_modules/.vite/deps` but not the files beside it
 * (vitejs/vite#8427). They are still where npm installed them, and served from there.
 */
export function whereInstalled(address: URL): URL {
  const [before, inside] = address.href.split('/node_modules/.vite/');
  if (inside === undefined) return address;
  const path = inside.startsWith('deps/') ? `dist/${inside.slice('deps/'.length)}` : inside;
  return new URL(`${before}/node_modules/@vitrine/storefront/${path}`);
}
