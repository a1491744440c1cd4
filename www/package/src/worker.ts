/** The script of the worker in which the engine computes when `thread: 'worker'` is asked for. */
import { attend, type Scope } from './engine/attend.js';

attend(globalThis as unknown as Scope);
