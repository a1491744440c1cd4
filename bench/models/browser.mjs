/** Chromium with the measuring page: one page to compare warm engines in, a fresh browser profile for each cold start. */
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'];

export async function openBrowser(url) {
  const browser = await chromium.launch({ executablePath: process.env.VITRINE_CHROMIUM, args: flags });

  async function openPage() {
    const context = await browser.newContext(); // its caches, also that of compiled code, are empty
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(url);
    return { page, close: () => context.close() };
  }

  return {
    /** Measures in a page, with `what` from measure.ts. */
    async measure(what, ...words) {
      const { page, close } = await openPage();
      try {
        return await page.evaluate(([name, given]) => globalThis.measurements[name](...given), [what, words]);
      } finally {
        await close();
      }
    },

    /** A cold start: milliseconds, and the bytes that were loaded for it, pictures left out. */
    async coldStart(told, engine) {
      const { page, close } = await openPage();
      try {
        const loaded = [];
        page.on('response', (response) => {
          if (!response.url().endsWith('.png')) loaded.push(response.body());
        });
        const milliseconds = await page.evaluate(
          ([model, name]) => globalThis.measurements.cold(model, name),
          [told, engine],
        );
        const bodies = await Promise.all(loaded);
        const raw = bodies.reduce((sum, body) => sum + body.length, 0);
        return { milliseconds, raw, bodies };
      } finally {
        await close();
      }
    },

    close: () => browser.close(),
  };
}

/** What bodies weigh on their way through a server that compresses. */
export const gzipped = (bodies) => bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
