/** A page of Chromium that sees the repository's own files, for what runs without the shop. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const house = new URL('../../../', import.meta.url);
const kinds = {
  html: 'text/html',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
};

/**
 * Opens an empty page, or the file `start`, beside which every file of the repository is served.
 * @param {{ start?: string, policy?: string }} [how] `policy` is the content security policy of every answer
 */
export async function openTree({ start, policy } = {}) {
  const server = createServer(async ({ url }, response) => {
    const path = url.split('?')[0];
    const file = path === '/' ? start : `.${path}`;
    const empty = path === '/' && !start;
    const body = empty ? '<!doctype html>' : await readFile(fileURLToPath(new URL(file, house))).catch(() => undefined);
    const kind = empty ? kinds.html : (kinds[file.split('.').at(-1)] ?? 'application/octet-stream');
    const headers = { 'content-type': kind, ...(policy && { 'content-security-policy': policy }) };
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: process.env.VITRINE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page, close };
}
