/** What the page offers to the program that drives it. */
import type { PackFiles } from '@vitrine/storefront';
import { type Feed, measureFeed } from './feed.js';
import { measureRanking, type Ranking } from './ranking.js';

export interface Measurements {
  ranking(): Promise<Ranking>;
  feed(): Promise<Feed>;
}

const bytesOf = async (path: string) => new Uint8Array(await (await fetch(path)).arrayBuffer());

async function fetchPack(folder: string): Promise<PackFiles> {
  const manifest = await bytesOf(`${folder}/manifest.json`);
  const { sections }: { sections: { name: string; file: string }[] } = JSON.parse(new TextDecoder().decode(manifest));
  const files = sections.map(async ({ name, file }) => [name, await bytesOf(`${folder}/${file}`)] as const);
  return { manifest, sections: new Map(await Promise.all(files)) };
}

const measurements: Measurements = {
  ranking: async () => measureRanking(await fetchPack('/data/pack'), await (await fetch('/data/sessions.json')).json()),
  feed: async () => measureFeed(new File([await (await fetch('/data/products.json')).blob()], 'products.json')),
};

Object.assign(globalThis, { measurements });
