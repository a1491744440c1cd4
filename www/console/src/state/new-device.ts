/** From what the merchant fills in to what the worker takes: a device, or what is wrong with which field. */
import type { Config, Kind, NewDevice } from '../api/types';
import type { Key } from '../words';

/** Fields of the form, as text. */
export type Fields = Record<string, string>;

/** The field that is wrong and the text that says why. */
export interface Wrong {
  field: string;
  why: Key;
}

export const kinds: readonly Kind[] = ['scale', 'rfid', 'footfall', 'cold-chain', 'vehicle'];

const identifier = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** 1 to 64 printable ASCII characters without spaces, quotes and slashes. */
const sku = /^(?!.*["'`/\\])[!-~]{1,64}$/;

/** The numbers that belong to a kind; `needed` must be there. */
export const numbersOf: Partial<
  Record<Kind, { name: Exclude<keyof Config, 'tags'>; needed?: boolean; least?: number }[]>
> = {
  scale: [
    { name: 'unitGrams', needed: true, least: 0.001 },
    { name: 'tareGrams', least: 0 },
    { name: 'noiseGrams', least: 0 },
  ],
  'cold-chain': [{ name: 'minCelsius' }, { name: 'maxCelsius' }],
};

/** The device that the fields describe, or what is wrong with them. */
export function deviceOf(fields: Fields): { device: NewDevice } | { wrong: Wrong[] } {
  const wrong: Wrong[] = [];
  const text = (name: string) => (fields[name] ?? '').trim();
  const bad = (field: string, why: Key) => void wrong.push({ field, why });
  const kind = kinds.find((known) => known === text('kind')) ?? 'scale';

  if (!identifier.test(text('id'))) bad('id', 'wrong.id');
  if (!identifier.test(text('site'))) bad('site', 'wrong.id');
  const config: Config = {};
  for (const { name, needed, least } of numbersOf[kind] ?? []) {
    const given = text(name);
    if (given === '') {
      if (needed) bad(name, 'wrong.needed');
      continue;
    }
    const value = Number(given.replace(',', '.'));
    if (!Number.isFinite(value)) bad(name, 'wrong.number');
    else if (least !== undefined && value < least) bad(name, least > 0 ? 'wrong.positive' : 'wrong.negative');
    else config[name] = value;
  }
  if (kind === 'scale' && !sku.test(text('sku'))) bad('sku', 'wrong.sku');
  if (kind === 'rfid') {
    const tags = tagsOf(text('tags'));
    if (tags) config.tags = tags;
    else bad('tags', 'wrong.tags');
  }
  if (config.minCelsius !== undefined && config.maxCelsius !== undefined && config.minCelsius >= config.maxCelsius) {
    bad('maxCelsius', 'wrong.range');
  }
  const algorithm = text('algorithm') === 'v1a' ? 'v1a' : 'v1';
  const publicKey = algorithm === 'v1a' ? text('publicKey') : '';
  if (publicKey !== '' && !/^whpk_[A-Za-z0-9+/]{43}=$/.test(publicKey)) bad('publicKey', 'wrong.publicKey');
  if (wrong.length > 0) return { wrong };
  return {
    device: {
      id: text('id'),
      kind,
      site: text('site'),
      ...(text('name') !== '' && { name: text('name') }),
      ...(kind === 'scale' && { sku: text('sku') }),
      ...(Object.keys(config).length > 0 && { config }),
      ordering: text('ordering') === 'time' ? 'time' : 'sequence',
      key: { algorithm, ...(publicKey !== '' && { publicKey }) },
    },
  };
}

/** Lines such as `04012345678901 tee-navy`; `undefined` where one is none. No lines are no tags. */
function tagsOf(text: string): Record<string, string> | undefined {
  const tags = new Map<string, string>();
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [, gtin, product] = /^(\d{14})[\s=:,;]+(\S+)$/.exec(line) ?? [];
    if (gtin === undefined || product === undefined || !sku.test(product)) return undefined;
    tags.set(gtin, product);
  }
  return Object.fromEntries(tags);
}
