/** Chromium with the measuring page: one page to compare warm engines in, a fresh browser profile for each cold start. */
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

    /** A cold start: milliseconds, and the paths that were loaded for it, pictures left out. */
    async coldStart(told, picture, engine) {
      const { page, close } = await openPage();
      try {
        const paths = [];
        page.on('request', (request) => {
          const { origin, pathname } = new URL(request.url());
          if (origin === new URL(url).origin && !pathname.endsWith('.png')) paths.push(pathname);
        });
        const milliseconds = await page.evaluate(
          ([model, seen, name]) => globalThis.measurements.cold(model, seen, name),
          [told, picture, engine],
        );
        return { milliseconds, paths };
      } finally {
        await close();
      }
    },

    version: browser.version(),

    close: () => browser.close(),
  };
}
