/** The merchant's choices of language and light, kept apart from the shop's. */
import { Kept } from '@vitrine/look/kept';
import { Preferences } from '@vitrine/look/preferences';

export const preferences = new Preferences(new Kept('vitrine-console:'));
