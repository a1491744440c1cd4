/**
 * The plain TypeScript peer: the formula of `crates/recommend` with typed arrays, as one would write it by hand.
 *
 * Scores are counts of 2^-40 in doubles, which hold them exactly, so its answers must equal the module's to the last digit.
 */
import type { PeerModel } from './peer-model.js';
import { endOf, type Rows, startOf, weightAt } from './rows.js';

export interface Part {
  source: 'sequence' | 'content' | 'popularity' | 'diversity';
  amount: number;
  /** Index in the history, or the item that is repeated. */
  cause?: number;
  features?: number[];
}

export interface Scored {
  id: string;
  score: number;
  parts: Part[];
}

interface Signal {
  event: number;
  item: number;
  rule: number;
  content: number;
}

const one = 2 ** 40;
const history = 50;
const pool = 4;
const namedFeatures = 3;

/** floor(score x numerator / 2^20) without leaving the exact range of doubles. */
function scaled(score: number, numerator: number): number {
  const high = Math.floor(score / 2 ** 20);
  return high * numerator + Math.floor(((score - high * 2 ** 20) * numerator) / 2 ** 20);
}

export class Peer {
  readonly #model: PeerModel;
  readonly #scores: Float64Array;
  readonly #touched: Uint32Array;
  readonly #profile: Float64Array;
  readonly #allowed: Uint8Array;
  #count = 0;

  constructor(model: PeerModel) {
    this.#model = model;
    this.#scores = new Float64Array(model.items);
    this.#touched = new Uint32Array(model.items);
    this.#profile = new Float64Array(model.features);
    this.#allowed = new Uint8Array(model.items).fill(1);
  }

  /** The best items for what was viewed, oldest first; what was viewed is left out. */
  recommend(viewed: readonly number[], limit: number, diversity: number): Scored[] {
    for (const item of viewed) this.#allowed[item] = 0;
    const signals = this.#signals(viewed);
    this.#accumulate(signals);
    const candidates = this.#best(limit * pool);
    const answer = this.#choose(candidates, limit, Math.round(diversity * 2 ** 20), signals);
    for (let at = 0; at < this.#count; at += 1) this.#scores[this.#touched[at] as number] = 0;
    this.#count = 0;
    for (const item of viewed) this.#allowed[item] = 1;
    return answer;
  }

  #signals(viewed: readonly number[]): Signal[] {
    const { settings, scales, observations } = this.#model;
    const signals: Signal[] = [];
    let step = 1;
    for (let event = viewed.length - 1; event >= Math.max(0, viewed.length - history); event -= 1) {
      const item = viewed[event] as number;
      const known = observations[item] as number;
      const doubt = known > 0 ? settings.confidence / (settings.confidence + known) : 1;
      const rule = Math.round((step * (scales[item] as number) * one) / 65535);
      signals.push({ event, item, rule, content: Math.round(step * settings.content * doubt * 2 ** 20) });
      step *= settings.decay;
    }
    return signals;
  }

  #add(rows: Rows, row: number, multiplier: number): void {
    const scores = this.#scores;
    const { indices, weights } = rows;
    for (let at = startOf(rows, row), end = endOf(rows, row); at < end; at += 1) {
      const item = indices[at] as number;
      if (scores[item] === 0) this.#touched[this.#count++] = item;
      scores[item] = (scores[item] as number) + multiplier * (weights[at] as number);
    }
  }

  #accumulate(signals: readonly Signal[]): void {
    const { rules, featuresOf, itemsOf } = this.#model;
    const profile = this.#profile;
    const wanted: number[] = [];
    for (const { item, rule, content } of signals) {
      if (rule > 0) this.#add(rules, item, rule);
      for (let at = startOf(featuresOf, item), end = endOf(featuresOf, item); at < end; at += 1) {
        const feature = featuresOf.indices[at] as number;
        if (profile[feature] === 0) wanted.push(feature);
        profile[feature] = (profile[feature] as number) + content * (featuresOf.weights[at] as number);
      }
    }
    for (const feature of wanted) {
      this.#add(itemsOf, feature, profile[feature] as number);
      profile[feature] = 0;
    }
  }

  get #priorMultiplier(): number {
    return Math.round((this.#model.settings.prior * one) / 65535);
  }

  /** The best `count` allowed items, best first, ties by number: a list kept in order by insertion. */
  #best(count: number): { item: number; score: number }[] {
    const { popularity, order } = this.#model;
    const prior = this.#priorMultiplier;
    const best: { item: number; score: number }[] = [];
    const take = (item: number) => {
      const score = (this.#scores[item] as number) + prior * (popularity[item] as number);
      const last = best[best.length - 1];
      if (best.length === count && last && (score < last.score || (score === last.score && item > last.item))) return;
      if (best.length === count) best.pop();
      let at = best.length;
      for (; at > 0; at -= 1) {
        const other = best[at - 1] as { item: number; score: number };
        if (other.score > score || (other.score === score && other.item < item)) break;
      }
      best.splice(at, 0, { item, score });
    };
    for (let at = 0; at < this.#count; at += 1) {
      const item = this.#touched[at] as number;
      if (this.#allowed[item]) take(item);
    }
    let left = count;
    for (let at = 0; at < order.length && left > 0; at += 1) {
      const item = order[at] as number;
      if (this.#scores[item] !== 0 || !this.#allowed[item]) continue;
      take(item);
      left -= 1;
    }
    return best;
  }

  /** Features that both items have, with the product of their weights. */
  #shared(a: number, b: number): [feature: number, product: number][] {
    const rows = this.#model.featuresOf;
    const found: [number, number][] = [];
    let other = startOf(rows, b);
    const end = endOf(rows, b);
    for (let at = startOf(rows, a); at < endOf(rows, a); at += 1) {
      const feature = rows.indices[at] as number;
      while (other < end && (rows.indices[other] as number) < feature) other += 1;
      if (other < end && rows.indices[other] === feature) {
        found.push([feature, (rows.weights[at] as number) * (rows.weights[other] as number)]);
      }
    }
    return found;
  }

  /** Greedily by score minus what likeness to a better item costs. */
  #choose(candidates: { item: number; score: number }[], limit: number, strength: number, signals: readonly Signal[]) {
    const left = candidates.map(({ item, score }) => ({ item, score, penalty: 0, beside: item, likeness: 0 }));
    const answer: Scored[] = [];
    while (answer.length < limit && left.length > 0) {
      let best = 0;
      for (let at = 1; at < left.length; at += 1) {
        const [a, b] = [left[at], left[best]] as [(typeof left)[0], (typeof left)[0]];
        const lead = a.score - a.penalty - (b.score - b.penalty);
        if (lead > 0 || (lead === 0 && a.item < b.item)) best = at;
      }
      const [chosen] = left.splice(best, 1) as [(typeof left)[0]];
      answer.push(this.#explain(chosen, signals));
      for (const candidate of left) {
        if (strength === 0 || candidate.score <= 0) continue;
        const products = this.#shared(chosen.item, candidate.item).reduce((sum, [, product]) => sum + product, 0);
        const likeness = Math.min(products, 2 ** 20);
        if (likeness <= candidate.likeness) continue;
        candidate.likeness = likeness;
        candidate.beside = chosen.item;
        candidate.penalty = scaled(scaled(candidate.score, strength), likeness);
      }
    }
    return answer;
  }

  #explain(
    chosen: { item: number; score: number; penalty: number; beside: number },
    signals: readonly Signal[],
  ): Scored {
    const { rules, popularity, ids } = this.#model;
    const parts: Part[] = [];
    for (const { event, item, rule, content } of signals) {
      const amount = rule * weightAt(rules, item, chosen.item);
      if (amount !== 0) parts.push({ source: 'sequence', amount: amount / one, cause: event });
      const shared = this.#shared(item, chosen.item);
      const alike = content * shared.reduce((sum, [, product]) => sum + product, 0);
      if (alike === 0) continue;
      shared.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      const features = shared.slice(0, namedFeatures).map(([feature]) => feature);
      parts.push({ source: 'content', amount: alike / one, cause: event, features });
    }
    const prior = this.#priorMultiplier * (popularity[chosen.item] as number);
    if (prior !== 0) parts.push({ source: 'popularity', amount: prior / one });
    if (chosen.penalty !== 0) parts.push({ source: 'diversity', amount: -chosen.penalty / one, cause: chosen.beside });
    parts.sort((a, b) => b.amount - a.amount);
    return { id: ids[chosen.item] as string, score: (chosen.score - chosen.penalty) / one, parts };
  }
}
