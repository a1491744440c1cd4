/** Where things lie in the repository. */
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The absolute path of a file or folder given by its path from the root. */
export const inHouse = (path) => root + path;
