/** The engines that the page compares: ours, and the peers where they were put beside the shop. */
import type { BenchModel } from './models';

export type EngineName = 'ours' | 'litert' | 'ort';

/** Numbers in, all outputs out, in the network's own order. */
export type Run = (input: Float32Array) => Promise<readonly Float32Array[]>;

export interface Engine {
  open(model: BenchModel): Promise<Run>;
}

/** What belongs to an engine, of everything that the page loads. */
const files: Record<EngineName, RegExp> = {
  ours: /\/assets\/bench\/[^/]*\.(js|wasm)$/,
  litert: /\/peers\/litert(\.js|\/)/,
  ort: /\/peers\/ort(\.js|\/)/,
};

const modelFiles: Record<EngineName, (model: BenchModel) => string> = {
  ours: ({ plan }) => plan,
  litert: ({ model }) => `/peers/models/${model}.tflite`,
  ort: ({ model }) => `/peers/models/${model}.onnx`,
};

/** Loads an engine; peers only where their button was pressed. */
export function loadEngine(name: EngineName): Promise<Engine> {
  if (name === 'ours') return import('./ours');
  const address = `/peers/${name}.js`;
  return import(/* @vite-ignore */ address);
}

/** Whether the peers are on this server: `npm run bench -- models` makes them, the shop's build takes them along. */
export async function arePeersThere(): Promise<boolean> {
  const response = await fetch('/peers/peers.json').catch(() => undefined);
  // A server that answers every unknown address with the shop's page says so by the kind of its answer.
  return response?.ok === true && (response.headers.get('content-type')?.includes('json') ?? false);
}

/** Bytes that an engine with this network loaded, unpacked. */
export function bytesOf(name: EngineName, model: BenchModel): number {
  const modelFile = new URL(modelFiles[name](model), location.href).href;
  const loaded = new Map<string, number>();
  for (const entry of performance.getEntriesByType('resource') as PerformanceResourceTiming[]) {
    if (files[name].test(entry.name) || entry.name === modelFile) loaded.set(entry.name, entry.decodedBodySize);
  }
  return [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
}
