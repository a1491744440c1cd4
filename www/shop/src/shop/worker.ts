/** The shop's worker, where it has one: `/settings.json` says where it is and with which publishable key to ask. */
import type { Assistant } from '@vitrine/storefront/assistant';
import type { Live } from '@vitrine/storefront/live';

/** The connection to the worker as an event source: `change` fires when there is one. */
export class ShopWorker extends EventTarget {
  /** Tells stock; `undefined` where the shop has no worker. */
  live: Live | undefined;
  /** Answers questions; `undefined` where the shop has no worker. */
  assistant: Assistant | undefined;

  /** Looks for the settings; a shop without them is a shop without a worker, and nothing is wrong. */
  async look(): Promise<void> {
    const settings = settingsOf(await read());
    if (!settings) return;
    const [{ Live }, { Assistant }] = await Promise.all([
      import('@vitrine/storefront/live'),
      import('@vitrine/storefront/assistant'),
    ]);
    this.live = Live.open(settings);
    this.assistant = Assistant.open(settings);
    this.dispatchEvent(new Event('change'));
  }
}

export const shopWorker = new ShopWorker();

/** What a settings file must have. */
export function settingsOf(value: unknown): { worker: string; key: string } | undefined {
  const { worker, key } = (value ?? {}) as Record<string, unknown>;
  const isThere = typeof worker === 'string' && URL.canParse(worker, location.href);
  return isThere && typeof key === 'string' && key.startsWith('vsk_') ? { worker, key } : undefined;
}

async function read(): Promise<unknown> {
  try {
    const response = await fetch('/settings.json', { cache: 'no-cache' });
    // Where there is no such file, the server answers with the shop's page.
    const isJson = response.headers.get('content-type')?.includes('json');
    return response.ok && isJson ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
