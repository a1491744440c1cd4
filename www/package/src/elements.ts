/** The package's custom elements; importing this file registers them where there are custom elements. */
import { VitrinePrivacy } from './elements/privacy.js';
import { VitrineRecommendations } from './elements/recommendations.js';
import { VitrineStock } from './elements/stock.js';
import type { Product, Recommendation } from './types.js';

export type { Shop } from './elements/shop-watcher.js';
export { VitrinePrivacy, VitrineRecommendations, VitrineStock };

/** A second copy of this package on a page leaves the elements of the first as they are. */
function register(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

if (typeof customElements !== 'undefined') {
  register('vitrine-recommendations', VitrineRecommendations);
  register('vitrine-privacy', VitrinePrivacy);
  register('vitrine-stock', VitrineStock);
}

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-recommendations': VitrineRecommendations;
    'vitrine-privacy': VitrinePrivacy;
    'vitrine-stock': VitrineStock;
  }
  interface HTMLElementEventMap {
    'vitrine-select': CustomEvent<{ id: string; product: Product }>;
    'vitrine-stock': CustomEvent<{ units: number | undefined }>;
    'vitrine-remove': CustomEvent<{ event: string }>;
    'vitrine-update': CustomEvent<{ items: readonly Recommendation[] }>;
  }
}
