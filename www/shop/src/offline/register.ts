/** The page's side of the service worker: registers it, and lets the shopper decide when a new version takes over. */

/** Whether a new version of the shop waits; `change` fires when one does. */
export class Update extends EventTarget {
  #waiting: ServiceWorker | undefined;

  get isThere(): boolean {
    return this.#waiting !== undefined;
  }

  /** Lets the new version take over and opens it. */
  take(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    this.#waiting?.postMessage('take-over');
  }

  /** Notes a worker that is installed while another one runs this page. */
  found(worker: ServiceWorker): void {
    this.#waiting = worker;
    this.dispatchEvent(new Event('change'));
  }
}

export const update = new Update();

/** Registers the service worker where there can be one; the shop works without it, only not offline. */
export function startOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  const register = async () => {
    const registration = await navigator.serviceWorker.register('/service-worker.js');
    if (registration.waiting) update.found(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && navigator.serviceWorker.controller) update.found(worker);
      });
    });
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage(picturesLoaded());
  };
  const start = () => void register().catch((error: unknown) => console.warn('Not available offline:', error));
  if (document.readyState === 'complete') start();
  else window.addEventListener('load', start, { once: true });
}

/** The product pictures that this page has loaded already, before there was a worker to keep them. */
function picturesLoaded(): string[] {
  const addresses = performance.getEntriesByType('resource').map(({ name }) => name);
  return addresses.filter((address) => address.startsWith(`${location.origin}/goods/`));
}
