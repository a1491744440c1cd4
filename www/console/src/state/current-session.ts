/** The session of this page. */
import { Session } from './session';

export const session = new Session();
