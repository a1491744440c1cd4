/** A Vite plugin that bundles the service worker last, with the list of the files that the shop needs offline. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';

/** Product pictures are kept as they are looked at; the bench needs megabytes; the others are not the page's to fetch. */
const left = [/^goods\//, /^assets\/bench\//, /^peers\//, /^_headers$/, /^service-worker\.js$/, /\.map$/];

/** The files in `folder`, as paths from it with slashes, sorted. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** What to keep for offline use, and a name that changes whenever any of it does. */
function shellOf(folder: string): { version: string; files: string[] } {
  const files = filesIn(folder).filter((file) => !left.some((pattern) => pattern.test(file)));
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  return {
    version: hash.digest('hex').slice(0, 16),
    files: files.map((file) => (file === 'index.html' ? '/' : `/${file}`)),
  };
}

/** Adds `service-worker.js` to the built shop. */
export function serviceWorker(): Plugin {
  let root = '';
  let folder = '';
  return {
    name: 'shop-service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = resolve(root, config.build.outDir);
    },
    async closeBundle() {
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: 'warn',
        define: { __SHELL__: JSON.stringify(shellOf(folder)) },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: 'es2022',
          rolldownOptions: {
            input: join(root, 'src/service-worker.ts'),
            output: { entryFileNames: 'service-worker.js', format: 'iife' },
          },
        },
      });
    },
  };
}
