/** One recommendation after a click: the package beside the plain TypeScript peer, in the same page. */
import { type PackFiles, type Recommendations, Vitrine } from '@vitrine/storefront';
import { Peer, type PeerAnswer } from './peer.js';
import { openPeer } from './peer-model.js';

export interface Ranking {
  items: number;
  sessions: number;
  /** Median and 95th percentile in milliseconds, with a sentence for each reason. */
  package: [number, number];
  /** The same without words: what the peer computes. */
  silent: [number, number];
  peer: [number, number];
  /** The first answer in which the two differ; absent where all are equal to the last digit. */
  difference?: string;
}

const limit = 12;
const diversity = 0.3;
const rounds = 3;

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function summary(times: number[]): [number, number] {
  times.sort((a, b) => a - b);
  return [quantile(times, 0.5), quantile(times, 0.95)];
}

/** Where two answers differ, if anywhere: products, scores, every reason, the receipt. */
function difference(answer: Recommendations, peer: PeerAnswer): string | undefined {
  // What a product looks like is no part of the ranking.
  const text = ({ items, receipt }: Recommendations | PeerAnswer) =>
    JSON.stringify({ items: items.map((item) => ({ ...item, product: item.product.id })), receipt });
  const [ours, theirs] = [text(answer), text(peer)];
  if (ours === theirs) return undefined;
  const at = [...ours].findIndex((character, index) => character !== theirs[index]);
  return `package ${ours.slice(Math.max(0, at - 200), at + 200)}\npeer    ${theirs.slice(Math.max(0, at - 200), at + 200)}`;
}

/**
 * @param pack with rules and popularity; its products have attributes only
 * @param sessions item ids that one shopper viewed, oldest first
 */
export async function measureRanking(pack: PackFiles, sessions: readonly (readonly string[])[]): Promise<Ranking> {
  const model = openPeer(pack.manifest, pack.sections);
  const peer = new Peer(model);
  const shop = await Vitrine.open({ pack, session: 'memory', thread: 'main' });
  const times = { package: [] as number[], silent: [] as number[], peer: [] as number[] };
  let differs: string | undefined;

  for (let round = 0; round <= rounds; round += 1) {
    for (const session of sessions) {
      await shop.privacy.forget();
      for (const [at, item] of session.entries()) await shop.observe({ kind: 'view', item, at });
      const events = await shop.events();

      const start = performance.now();
      const answer = await shop.recommend({ scenario: 'home', limit, diversity, words: false });
      const silent = performance.now();
      await shop.recommend({ scenario: 'home', limit, diversity });
      const middle = performance.now();
      const scored = peer.recommend(events, limit, diversity);
      const end = performance.now();

      differs ??= difference(answer, scored);
      if (round === 0) continue; // warming up
      times.silent.push(silent - start);
      times.package.push(middle - silent);
      times.peer.push(end - middle);
    }
  }
  shop.close();
  return {
    items: model.items,
    sessions: sessions.length,
    package: summary(times.package),
    silent: summary(times.silent),
    peer: summary(times.peer),
    ...(differs ? { difference: differs } : {}),
  };
}
