/**
 * Expands the patterns into training utterances: `node crates/assistant/sets/make.mjs`. The same patterns give the same files.
 *
 * Utterances that were written out are taken as they are. Every pattern gives up to `PER_PATTERN` different utterances; every third English one is written a second time with the
 * slips of a quick typist, so that the classifier meets them.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const PER_PATTERN = 16;
/** How often an English utterance that was written out is there with slips, beside itself. */
const SLIPS = 2;
const here = (name) => new URL(name, import.meta.url);

/** Mulberry32: the same numbers everywhere. */
function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function read(name) {
  const lists = {};
  const patterns = [];
  for (const line of readFileSync(here(name), 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const at = line.indexOf(':');
    const [head, tail] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (head.startsWith('@')) lists[head.slice(1)] = tail.split('|');
    else patterns.push({ command: head, pattern: tail });
  }
  return { lists, patterns };
}

/** A text by which two are alike. */
const bare = (text) => text.toLowerCase().replace(/[\s.,!?。，！？]/g, '');

/** One utterance of a pattern. */
function expand(pattern, lists, draw) {
  let text = pattern;
  for (let left = 100; left > 0; left -= 1) {
    const list = /\{(\w+)\}/.exec(text);
    if (!list) break;
    const items = lists[list[1]];
    if (!items) throw new Error(`there is no list @${list[1]}, which "${pattern}" takes from`);
    text = text.replace(list[0], () => items[draw(items.length)]);
  }
  for (let inner = /\(([^()]*)\)/.exec(text); inner; inner = /\(([^()]*)\)/.exec(text)) {
    const items = inner[1].split('|');
    text = text.replace(inner[0], () => items[draw(items.length)]);
  }
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ([,.?!])/g, '$1')
    .replace(/^[\s,]+/, '')
    .trim();
}

/** Swaps, drops or doubles a letter inside a word of five letters or more. */
function slip(text, draw) {
  const words = text.split(' ');
  const long = words.map((word, at) => [word, at]).filter(([word]) => /^[a-z]{5,}$/i.test(word));
  if (long.length === 0) return undefined;
  const [word, at] = long[draw(long.length)];
  const place = 1 + draw(word.length - 2);
  const kinds = [
    word.slice(0, place) + word[place + 1] + word[place] + word.slice(place + 2),
    word.slice(0, place) + word.slice(place + 1),
    word.slice(0, place) + word[place] + word.slice(place),
  ];
  words[at] = kinds[draw(kinds.length)];
  return words.join(' ');
}

/** Utterances of the test sets, which training must not meet. */
const held = new Set(
  ['test', 'scope', 'independent']
    .flatMap((set) => ['en', 'zh'].map((language) => here(`${set}.${language}.jsonl`)))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
    .map((line) => bare(JSON.parse(line).text)),
);

for (const [language, seed] of [['en', 20], ['zh', 21]]) {
  const { lists, patterns } = read(`patterns.${language}.txt`);
  const draw = random(seed);
  const rows = new Map();
  for (const [number, { command, pattern }] of patterns.entries()) {
    const row = { command, group: `${language}${number}` };
    const own = new Set();
    for (let tries = 0; tries < PER_PATTERN * 6 && own.size < PER_PATTERN; tries += 1) own.add(expand(pattern, lists, draw));
    for (const text of own) {
      if (!rows.has(text) && !held.has(bare(text))) rows.set(text, row);
      const slipped = language === 'en' && draw(3) === 0 ? slip(text, draw) : undefined;
      if (slipped && !rows.has(slipped) && !held.has(bare(slipped))) rows.set(slipped, row);
    }
  }
  for (const [number, line] of readFileSync(here(`written.${language}.jsonl`), 'utf8').trim().split('\n').entries()) {
    const { text, command } = JSON.parse(line);
    const slips = language === 'en' ? Array.from({ length: SLIPS }, () => slip(text, draw)) : [];
    for (const one of [text, ...slips]) {
      if (one && !rows.has(one) && !held.has(bare(one))) rows.set(one, { command, group: `${language}w${number}` });
    }
  }
  const lines = [...rows].map(([text, row]) => JSON.stringify({ text, ...row }));
  writeFileSync(here(`train.${language}.jsonl`), `${lines.join('\n')}\n`);
  console.log(`train.${language}.jsonl: ${lines.length} utterances`);
}
