/** The engines by name; each is loaded only when it is asked for, so that its cold start contains its own code and no other. */
import type { Engine } from './engine.js';

export const engines = {
  litert: (): Promise<Engine> => import('./litert.js'),
  ort: (): Promise<Engine> => import('./ort.js'),
};

export type EngineName = keyof typeof engines;
