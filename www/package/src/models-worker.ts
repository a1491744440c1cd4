/** The script of the worker in which a model runs when `thread: 'worker'` is asked for. */
import { attend, type Scope } from './models/attend.js';

attend(globalThis as unknown as Scope);
