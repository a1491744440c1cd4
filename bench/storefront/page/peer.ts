/**
 * The plain TypeScript peer: the formula of `crates/recommend` with typed arrays, as one would write it by hand.
 *
 * It answers what the package answers without words: the same products, reasons and receipt, for sessions of views and
 * the scenario `home`. Scores are counts of 2^-40 in doubles, which hold them exactly, so its answers must equal the
 * module's to the last digit.
 */
import type { Interaction, Reason, Receipt } from '@vitrine/storefront';
import type { PeerModel, PeerProduct } from './peer-model.js';
import { endOf, type Rows, startOf, weightAt } from './rows.js';

export interface PeerAnswer {
  items: { id: string; score: number; reasons: Reason[]; product: PeerProduct }[];
  receipt: Receipt;
}

interface Signal {
  event: Interaction;
  item: number;
  rule: number;
  content: number;
}

interface Candidate {
  item: number;
  score: number;
  penalty: number;
  /** The better item that it is most like, and how much. */
  beside: number;
  likeness: number;
}

const one = 2 ** 40;
const history = 50;
const pool = 4;

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
  readonly #buyable: number;
  #count = 0;

  constructor(model: PeerModel) {
    this.#model = model;
    this.#scores = new Float64Array(model.items);
    this.#touched = new Uint32Array(model.items);
    this.#profile = new Float64Array(model.features);
    this.#allowed = model.buyable.slice();
    this.#buyable = model.buyable.reduce((sum, buyable) => sum + buyable, 0);
  }

  /** The best products for what was viewed, oldest first; what was viewed is left out where enough others remain. */
  recommend(events: readonly Interaction[], limit: number, diversity: number): PeerAnswer {
    const { numbers, buyable, pack, items } = this.#model;
    const viewed = new Set<number>();
    const known: { event: Interaction; item: number }[] = [];
    for (const event of events) {
      const item = numbers.get(event.item);
      if (item === undefined) continue;
      known.push({ event, item });
      if (buyable[item]) viewed.add(item);
    }
    const leaveOut = this.#buyable - viewed.size >= limit;
    if (leaveOut) for (const item of viewed) this.#allowed[item] = 0;
    const signals = this.#signals(known);
    this.#accumulate(signals);
    const answer = this.#choose(this.#best(limit * pool), limit, Math.round(diversity * 2 ** 20), signals);
    for (let at = 0; at < this.#count; at += 1) this.#scores[this.#touched[at] as number] = 0;
    this.#count = 0;
    if (leaveOut) for (const item of viewed) this.#allowed[item] = 1;

    const filtered: Record<string, number> = {};
    if (this.#buyable < items) filtered.stock = items - this.#buyable;
    if (leaveOut && viewed.size > 0) filtered.viewed = viewed.size;
    const candidates = this.#buyable - (leaveOut ? viewed.size : 0);
    const counted = signals.map(({ event }) => event.id);
    const receipt: Receipt = {
      scenario: 'home',
      pack,
      candidates,
      filtered,
      events: counted,
      without: [],
      unknown: [],
    };
    return { items: answer, receipt };
  }

  #signals(known: readonly { event: Interaction; item: number }[]): Signal[] {
    const { settings, scales, observations } = this.#model;
    const signals: Signal[] = [];
    let step = 1;
    for (let at = known.length - 1; at >= Math.max(0, known.length - history); at -= 1) {
      const { event, item } = known[at] as { event: Interaction; item: number };
      const seen = observations[item] as number;
      const doubt = seen > 0 ? settings.confidence / (settings.confidence + seen) : 1;
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
      const score = scores[item] as number;
      if (score === 0) this.#touched[this.#count++] = item;
      scores[item] = score + multiplier * (weights[at] as number);
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
  #best(count: number): Candidate[] {
    const { popularity, order } = this.#model;
    const [scores, allowed, touched] = [this.#scores, this.#allowed, this.#touched];
    const prior = this.#priorMultiplier;
    const best: Candidate[] = [];
    let floor = Number.NEGATIVE_INFINITY;
    const take = (item: number, score: number) => {
      const last = best[count - 1];
      if (last && score === last.score && item > last.item) return;
      if (last) best.pop();
      let at = best.length;
      for (; at > 0; at -= 1) {
        const other = best[at - 1] as Candidate;
        if (other.score > score || (other.score === score && other.item < item)) break;
      }
      best.splice(at, 0, { item, score, penalty: 0, beside: item, likeness: 0 });
      floor = best[count - 1]?.score ?? floor;
    };
    for (let at = 0; at < this.#count; at += 1) {
      const item = touched[at] as number;
      const score = (scores[item] as number) + prior * (popularity[item] as number);
      if (score >= floor && allowed[item]) take(item, score);
    }
    let left = count;
    for (let at = 0; at < order.length && left > 0; at += 1) {
      const item = order[at] as number;
      const score = prior * (popularity[item] as number);
      if (score < floor) break;
      if (scores[item] !== 0 || !allowed[item]) continue;
      take(item, score);
      left -= 1;
    }
    return best;
  }

  /** The sum over the features that both items have of the products of their weights. */
  #likeness(a: number, b: number): number {
    const { indices, weights, ends } = this.#model.featuresOf;
    let [left, right] = [a === 0 ? 0 : (ends[a - 1] as number), b === 0 ? 0 : (ends[b - 1] as number)];
    const [leftEnd, rightEnd] = [ends[a] as number, ends[b] as number];
    let sum = 0;
    while (left < leftEnd && right < rightEnd) {
      const [here, there] = [indices[left] as number, indices[right] as number];
      if (here === there) sum += (weights[left] as number) * (weights[right] as number);
      if (here <= there) left += 1;
      if (there <= here) right += 1;
    }
    return sum;
  }

  /** Greedily by score minus what likeness to a better item costs. */
  #choose(left: Candidate[], limit: number, strength: number, signals: readonly Signal[]) {
    const answer: PeerAnswer['items'] = [];
    while (answer.length < limit && left.length > 0) {
      let best = 0;
      for (let at = 1; at < left.length; at += 1) {
        const [a, b] = [left[at] as Candidate, left[best] as Candidate];
        const lead = a.score - a.penalty - (b.score - b.penalty);
        if (lead > 0 || (lead === 0 && a.item < b.item)) best = at;
      }
      const [chosen] = left.splice(best, 1) as [Candidate];
      answer.push(this.#explain(chosen, signals));
      if (strength === 0 || answer.length === limit) continue;
      for (const candidate of left) {
        if (candidate.score <= 0) continue;
        const likeness = Math.min(this.#likeness(chosen.item, candidate.item), 2 ** 20);
        if (likeness <= candidate.likeness) continue;
        candidate.likeness = likeness;
        candidate.beside = chosen.item;
        candidate.penalty = scaled(scaled(candidate.score, strength), likeness);
      }
    }
    return answer;
  }

  #explain(chosen: Candidate, signals: readonly Signal[]): PeerAnswer['items'][0] {
    const { rules, popularity, products } = this.#model;
    const reasons: Reason[] = [];
    for (const { event: cause, item: from, rule, content } of signals) {
      const { id: event, item, kind } = cause;
      const followed = rule * weightAt(rules, from, chosen.item);
      if (followed !== 0) {
        reasons.push({ source: 'sequence', amount: followed / one, event, item, kind, sentence: '' });
      }
      const alike = content * this.#likeness(from, chosen.item);
      if (alike !== 0) reasons.push({ source: 'content', amount: alike / one, event, item, kind, sentence: '' });
    }
    const prior = this.#priorMultiplier * (popularity[chosen.item] as number);
    if (prior !== 0) reasons.push({ source: 'popularity', amount: prior / one, sentence: '' });
    if (chosen.penalty !== 0) {
      const { id: item } = products[chosen.beside] as PeerProduct;
      reasons.push({ source: 'diversity', amount: -chosen.penalty / one, item, sentence: '' });
    }
    reasons.sort((a, b) => b.amount - a.amount);
    const product = products[chosen.item] as PeerProduct;
    return { id: product.id, score: (chosen.score - chosen.penalty) / one, reasons, product };
  }
}
