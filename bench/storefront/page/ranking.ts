/**
 * One recommendation after a click: the package beside the plain TypeScript peer, in the same page. Each has answered
 * for the session as it was before the click.
 */
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
  /** The same for a session of which the package knew nothing. */
  anew: [number, number];
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

async function timed<Answer>(ask: () => Answer | Promise<Answer>): Promise<{ answer: Answer; time: number }> {
  const start = performance.now();
  const answer = await ask();
  return { answer, time: performance.now() - start };
}

/**
 * @param pack with rules and popularity; its products have attributes only
 * @param sessions item ids that one shopper viewed, oldest first
 */
export async function measureRanking(pack: PackFiles, sessions: readonly (readonly string[])[]): Promise<Ranking> {
  const model = openPeer(pack.manifest, pack.sections);
  const peer = new Peer(model);
  const shop = await Vitrine.open({ pack, session: 'memory', thread: 'main' });
  const times = { package: [] as number[], silent: [] as number[], anew: [] as number[], peer: [] as number[] };
  let differs: string | undefined;

  const click = (item: string, at: number) => shop.observe({ kind: 'view', item, at, id: `click-${at}` });
  const suggest = (words: boolean) => shop.recommend({ scenario: 'home', limit, diversity, words });

  /** What the package answers after the last click, and how long that takes. */
  const after = async (session: readonly string[], words: boolean, knowsWhatWasBefore: boolean) => {
    await shop.privacy.forget();
    await suggest(words);
    for (const [at, item] of session.entries()) {
      if (knowsWhatWasBefore && at === session.length - 1) await suggest(words);
      await click(item, at);
    }
    return timed(() => suggest(words));
  };

  for (let round = 0; round <= rounds; round += 1) {
    for (const session of sessions) {
      const anew = await after(session, false, false);
      const silent = await after(session, false, true);
      const told = await after(session, true, true);
      const events = await shop.events();
      peer.recommend(events.slice(0, -1), limit, diversity);
      const plain = await timed(() => peer.recommend(events, limit, diversity));

      differs ??= difference(anew.answer, plain.answer) ?? difference(silent.answer, plain.answer);
      if (round === 0) continue; // warming up
      times.anew.push(anew.time);
      times.silent.push(silent.time);
      times.package.push(told.time);
      times.peer.push(plain.time);
    }
  }
  shop.close();
  return {
    items: model.items,
    sessions: sessions.length,
    package: summary(times.package),
    silent: summary(times.silent),
    anew: summary(times.anew),
    peer: summary(times.peer),
    ...(differs ? { difference: differs } : {}),
  };
}
