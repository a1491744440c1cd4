/** The environment that every program of the house runs in: our own tools first on the path. */
import { delimiter } from 'node:path';
import { inHouse } from './house.mjs';

const environment = {
  ...process.env,
  PATH: [inHouse('node_modules/.bin'), inHouse('build/tools/bin'), process.env.PATH].join(delimiter),
  WRANGLER_SEND_METRICS: 'false',
  NEXT_TELEMETRY_DISABLED: '1',
  ...(process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1', CARGO_TERM_COLOR: 'always' } : {}),
};

/** A copy of it, with more added. */
export const environmentWith = (more = {}) => ({ ...environment, ...more });

/** Sets a variable for every program started from now on. */
export const remember = (name, value) => {
  environment[name] = value;
};
