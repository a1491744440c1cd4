/** The corner shop of tests/parity and the built WebAssembly module, as the tests open them. */
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { type OpenOptions, type PackFiles, Vitrine } from '../../src/index.js';

/** The folder that the shop's pack is in. */
const folder = new URL('../../../../tests/parity/pack/', import.meta.url);

/** The bytes of the module that `cargo xtask wasm` built. */
export const wasm = new Uint8Array(readFileSync(new URL('../../wasm/vitrine_storefront_bg.wasm', import.meta.url)));

/** A file of the shop's pack. */
export const packFile = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));

/** What the shop's manifest says of a section. */
export interface Section {
  name: string;
  file: string;
}

/** The sections that the manifest names. */
export function sectionsOf(manifest: Uint8Array): Section[] {
  return (JSON.parse(new TextDecoder().decode(manifest)) as { sections: Section[] }).sections;
}

/** The pack in memory; every call makes its own, to be damaged at will. */
export function cornerShop(): PackFiles {
  const manifest = packFile('manifest.json');
  const sections = sectionsOf(manifest).map(({ name, file }) => [name, packFile(file)] as const);
  return { manifest, sections: new Map(sections) };
}

/** Opens the shop until the test is over; its session lasts as long unless `options` say otherwise. */
export async function openCornerShop(options: Partial<OpenOptions> = {}): Promise<Vitrine> {
  const shop = await Vitrine.open({ pack: cornerShop(), wasm, session: 'memory', ...options });
  onTestFinished(() => shop.close());
  return shop;
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`It came to be ${JSON.stringify(value)}.`);
    },
    (problem: unknown) => problem,
  );
}

/** The ids of suggestions or products, in order. */
export const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);
