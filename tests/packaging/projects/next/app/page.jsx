import { formatPrice } from '@vitrine/storefront';
import { Shop } from './shop';

// Rendered on the server: the import above must be safe there.
export default function Page() {
  return (
    <main>
      <p id="rendered">{formatPrice({ minor: 1990, currency: 'EUR' }, 'en')}</p>
      <Shop />
    </main>
  );
}
