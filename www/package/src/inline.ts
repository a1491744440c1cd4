/** The WebAssembly module as a part of the JavaScript, for pages that cannot serve a `.wasm` file. */
import packed from 'module:packed';

/**
 * The bytes of the module, to give as `wasm`. A page loads about half as much again as with the file.
 *
 * ```ts
 * const shop = await Vitrine.open({ pack: '/packs/demo/', wasm: inlineModule() });
 * ```
 */
export async function inlineModule(): Promise<Uint8Array<ArrayBuffer>> {
  const gzip = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const bytes = new Blob([gzip]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(bytes).arrayBuffer());
}
