'use client';

import { Model } from '@vitrine/storefront/models';
import { useEffect } from 'react';

// Rendered on the server as well: the import above must be safe there.
export default function Page() {
  useEffect(() => {
    globalThis.Model = Model;
  }, []);
  return <main>{typeof Model.open}</main>;
}
