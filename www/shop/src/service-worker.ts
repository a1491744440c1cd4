/** The shop's service worker: keeps one whole version of the shop for offline use, and pictures as they are seen. */
import { answerFor, type Kept } from './offline/answer';

declare const self: ServiceWorkerGlobalScope;

/** Written in by the build: every file of this version but the pictures. */
declare const __SHELL__: { version: string; files: string[] };

const kept: Kept = {
  origin: self.location.origin,
  shell: `shop-${__SHELL__.version}`,
  pictures: 'shop-pictures',
  files: new Set(__SHELL__.files),
};

self.addEventListener('install', (event) => {
  // All or nothing: where one file fails, this version is not installed and the one before goes on.
  const files = __SHELL__.files.map((file) => new Request(file, { cache: 'no-cache' }));
  event.waitUntil(caches.open(kept.shell).then((cache) => cache.addAll(files)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith('shop-') && name !== kept.shell && name !== kept.pictures) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const answer = answerFor(event.request, kept);
  if (answer) event.respondWith(answer);
});

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const message: unknown = event.data;
  // A new version waits until the shopper agrees: pages of the old one keep loading the old one's files.
  if (message === 'take-over') event.waitUntil(self.skipWaiting());
  // Pictures that the first page loaded before this worker was there.
  if (Array.isArray(message)) {
    const pictures = message.filter((address): address is string => typeof address === 'string');
    event.waitUntil(
      caches.open(kept.pictures).then((cache) => Promise.allSettled(pictures.map((address) => cache.add(address)))),
    );
  }
});
