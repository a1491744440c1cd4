/** The worker that turns a dropped feed into a pack, so that the page stays quick meanwhile. */
import { type FeedReport, type PackFiles, Vitrine, VitrineError } from '@vitrine/storefront';

/** What the page sends: the feed, and what the feed itself does not say. */
export interface FeedOrder {
  file: File;
  id: string;
  created: string;
  language: 'en' | 'zh';
  currency: string;
}

/** What comes back: bytes read so far, then either the pack or why there is none. */
export type FeedNews =
  | { is: 'reading'; read: number }
  | { is: 'done'; pack: PackFiles; report: FeedReport }
  | { is: 'failed'; code: string; message: string };

const tell = (news: FeedNews) => self.postMessage(news);

self.addEventListener('message', ({ data }: MessageEvent<FeedOrder>) => {
  const { file, id, created, language, currency } = data;
  let read = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        read += chunk.byteLength;
        tell({ is: 'reading', read });
        controller.enqueue(chunk);
      },
    }),
  );
  Vitrine.fromFeed(counted, { id, created, language, currency, fileName: file.name }).then(
    ({ pack, report }) => tell({ is: 'done', pack, report }),
    (error: unknown) => {
      const { code, message } = error instanceof VitrineError ? error : { code: 'feed', message: String(error) };
      tell({ is: 'failed', code, message });
    },
  );
});
