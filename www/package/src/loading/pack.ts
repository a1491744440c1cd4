/** Loads a pack from the folder it is published in; checking its contents is the engine's work. */
import { VitrineError } from '../error.js';
import type { PackFiles } from '../types.js';

/** Takes a pack as it is, or loads the folder at an address: `manifest.json` first, then all sections at once. */
export async function loadPack(pack: string | URL | PackFiles): Promise<PackFiles> {
  if (typeof pack === 'object' && 'manifest' in pack) return pack;
  const folder = folderAddress(pack);
  // Sections are named after their hashes and never change; the manifest does.
  const manifest = await load(new URL('manifest.json', folder), 'no-cache');
  const sections = await Promise.all(
    sectionsOf(manifest).map(async ({ name, file }) => {
      return [name, await load(new URL(file, folder), 'default', name)] as const;
    }),
  );
  return { manifest, sections: new Map(sections) };
}

function folderAddress(address: string | URL): URL {
  const base = typeof location === 'undefined' ? undefined : location.href;
  let folder: URL;
  try {
    folder = new URL(address, base);
  } catch (cause) {
    const advice = base ? 'Give an address of a folder.' : 'Give a whole address: there is no page to start from.';
    throw new VitrineError('pack-missing', `"${address}" is no address of a pack. ${advice}`, undefined, { cause });
  }
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder;
}

async function load(address: URL, cache: RequestCache, section?: string): Promise<Uint8Array> {
  const what = section ? `Section "${section}" of the pack` : 'The manifest of the pack';
  let problem: string;
  try {
    const response = await fetch(address, { cache });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    problem = `the server says ${response.status}`;
  } catch (cause) {
    problem = String(cause);
  }
  throw new VitrineError('pack-missing', `${what} cannot be loaded from ${address.href}: ${problem}.`, section);
}

/** Which files to load. Everything else in the manifest is left to the engine, which says what is wrong with it. */
function sectionsOf(manifest: Uint8Array): { name: string; file: string }[] {
  let sections: unknown;
  try {
    sections = (JSON.parse(new TextDecoder().decode(manifest)) as { sections?: unknown }).sections;
  } catch (cause) {
    throw new VitrineError('pack-manifest', `The manifest of the pack is no JSON: ${cause}. Publish the pack anew.`);
  }
  if (!Array.isArray(sections)) {
    throw new VitrineError('pack-manifest', 'The manifest of the pack lists no sections. Publish the pack anew.');
  }
  return sections.map((section: unknown) => {
    const { name, file } = (section ?? {}) as Record<string, unknown>;
    if (typeof name !== 'string' || typeof file !== 'string' || !/^[\w.-]+$/.test(file)) {
      throw new VitrineError('pack-manifest', 'A section in the manifest has no name or no plain file name.');
    }
    return { name, file };
  });
}
