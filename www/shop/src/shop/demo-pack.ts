/** The demo shop's pack, fetched past every cache and without a part that arrived damaged. */
import type { PackFiles } from '@vitrine/storefront';

export const demoPack = '/packs/demo/';

/** Parts without which there is still a shop: its suggestions then go by likeness alone. */
const sparable = new Set(['rules', 'popularity']);

interface Manifest {
  sections: { name: string; file: string }[];
}

/** Whether the shop can go on without this part. */
export const isSparable = (section: string | undefined): section is string =>
  section !== undefined && sparable.has(section);

/** Fetches the whole pack anew, leaving out the sections named. Throws what `fetch` throws, or says what is missing. */
export async function fetchAnew(without: readonly string[] = []): Promise<PackFiles> {
  const text = new TextDecoder().decode(await bytesOf(`${demoPack}manifest.json`));
  const manifest = JSON.parse(text) as Manifest;
  const sections = manifest.sections.filter(({ name }) => !without.includes(name));
  const bytes = await Promise.all(
    sections.map(async ({ name, file }) => [name, await bytesOf(demoPack + file)] as const),
  );
  return {
    manifest: new TextEncoder().encode(JSON.stringify({ ...manifest, sections })),
    sections: new Map(bytes),
  };
}

async function bytesOf(address: string): Promise<Uint8Array> {
  const response = await fetch(address, { cache: 'reload' });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
