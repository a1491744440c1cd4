/** The shopper's choices of language and light. */
import { Preferences } from '@vitrine/look/preferences';
import { kept } from './shop/kept';

export const preferences = new Preferences(kept);
