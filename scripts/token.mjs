/** `npm run token`: a new owner token for the worker, and the hash that the worker is given. Neither is kept here. */
import { newToken, tokenHash } from './lib/token.mjs';

const token = newToken();
console.log(`Token, for you alone:        ${token}`);
console.log(`OWNER_TOKEN_SHA256, for the worker: ${tokenHash(token)}`);
