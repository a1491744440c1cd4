/** Small values kept in the browser under the shop's name. */
import { Kept } from '@vitrine/look/kept';

export const kept = new Kept('vitrine-shop:');
