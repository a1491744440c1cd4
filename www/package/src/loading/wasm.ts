/** Compiles the WebAssembly module from wherever it is given: streaming where that works, from its bytes elsewhere. */
import { VitrineError } from '../error.js';

/** Where the module comes from: an address, its bytes, a compiled module, a response, or a promise of one of these. */
export type WasmSource = Known | Promise<Known>;

type Known = string | URL | BufferSource | WebAssembly.Module | Response;

/** Compiles the module, off the main thread where the browser can. */
export async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  const given = await source;
  if (given instanceof WebAssembly.Module) return given;
  if (typeof given === 'string' || given instanceof URL) return compileResponse(await load(given), String(given));
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) return compileBytes(given, 'the bytes given');
  return compileResponse(given, given.url || 'the response given');
}

async function load(address: string | URL): Promise<Response> {
  try {
    return await fetch(address);
  } catch (cause) {
    throw new VitrineError('wasm', `The WebAssembly module ${address} cannot be loaded: ${cause}`, undefined, {
      cause,
    });
  }
}

async function compileResponse(response: Response, place: string): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw new VitrineError(
      'wasm',
      `The WebAssembly module ${place} cannot be loaded: the server says ${response.status}.`,
    );
  }
  const streams = typeof WebAssembly.compileStreaming === 'function';
  if (streams && response.headers.get('content-type')?.startsWith('application/wasm')) {
    try {
      return await WebAssembly.compileStreaming(response);
    } catch (cause) {
      // A response wrapped by a proxy or a polyfill is refused before a byte of it is read.
      if (response.bodyUsed) throw broken(place, cause);
    }
  }
  return compileBytes(await response.arrayBuffer(), place);
}

async function compileBytes(bytes: BufferSource, place: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw broken(place, cause);
  }
}

function broken(place: string, cause: unknown): VitrineError {
  const advice =
    'If the page has a Content-Security-Policy, allow `wasm-unsafe-eval`; if a bundler moved the file, pass its address as `wasm`.';
  return new VitrineError('wasm', `${place} cannot be used as WebAssembly module: ${cause}. ${advice}`, undefined, {
    cause,
  });
}
