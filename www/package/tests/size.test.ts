/** What the package adds to a page beside the module stays small: at most 30 KB of JavaScript after gzip. */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';

/** Bytes after `gzip -9`. */
const most = 30_000;

/** An entry as it is published: everything it imports is in it, comments for people apart from licences are not. */
async function bundled(entry: string): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL(`../src/${entry}`, import.meta.url)),
    platform: 'browser',
    resolve: { conditionNames: ['browser', 'production', 'import'] },
    logLevel: 'warn',
  });
  try {
    const { output } = await build.generate({
      format: 'esm',
      codeSplitting: false,
      comments: { legal: true, annotation: true, jsdoc: false },
    });
    expect(output).toHaveLength(1);
    return output[0].code;
  } finally {
    await build.close();
  }
}

test('the main entry fits into its budget before anybody minifies it', async () => {
  const code = await bundled('index.ts');
  expect(code).toContain('vitrine_storefront_bg.wasm');
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(most);
});

test('the live connection is an entry of its own, small, and with nothing of the others in it', async () => {
  const code = await bundled('live.ts');
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(6_000);
  expect(code).toContain('WebSocket');
  expect(code).not.toMatch(/WebAssembly\.compile|LitElement/);
});

test('the assistant is an entry of its own, with nothing of the engine in it', async () => {
  const code = await bundled('assistant.ts');
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(24_000); // Lit is 9,000 of it
  expect(code).toContain('v1/chat');
  expect(code).not.toMatch(/WebAssembly\.compile|indexedDB/);
});

test('who does not use the elements does not load them, nor Lit', async () => {
  expect(await bundled('index.ts')).not.toMatch(/LitElement|adoptedStyleSheets/);
});

test('the main entry has no code to send: it fetches by plain GET, and nothing else', async () => {
  const code = await bundled('index.ts');
  expect(code).not.toMatch(/sendBeacon|XMLHttpRequest|WebSocket|EventSource|RTCPeerConnection|method:/);
  expect(code.match(/\bfetch\(/g)).toHaveLength(3);
});
