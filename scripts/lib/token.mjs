/** Access tokens: 256 random bits for a person, their hash for the worker. */
import { createHash, randomBytes } from 'node:crypto';

/** A new owner's token: `vat_` and 43 characters. */
export const newToken = () => `vat_${randomBytes(32).toString('base64url')}`;

/** What the worker knows of a token, in hexadecimal. */
export const tokenHash = (token) => createHash('sha256').update(token).digest('hex');
