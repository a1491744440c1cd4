/** Serves a folder under the strictest policy that lets WebAssembly run. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** Nothing but files of the same origin; WebAssembly may compile, JavaScript may not evaluate text. */
export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

const kinds = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/**
 * @param {string[]} folders looked through in this order
 * @param {Record<string, string>} [others] content types that differ from the usual ones, by extension
 */
export async function serve(folders, others = {}) {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = normalize(new URL(url, 'http://page').pathname);
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const kind = others[extname(name)] ?? kinds[extname(name)] ?? 'application/octet-stream';
    for (const folder of folders) {
      const body = await readFile(join(folder, name)).catch(() => undefined);
      if (body) return response.writeHead(200, { 'content-type': kind, 'content-security-policy': policy }).end(body);
    }
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
