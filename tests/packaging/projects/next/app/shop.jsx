'use client';

import { Vitrine } from '@vitrine/storefront';
import '@vitrine/storefront/elements';
import { useEffect, useRef } from 'react';

export function Shop() {
  const row = useRef(null);
  useEffect(() => {
    const thread = new URLSearchParams(location.search).get('thread') ?? 'main';
    Vitrine.open({ pack: '/pack/', thread }).then((shop) => {
      row.current.shop = shop;
      globalThis.shop = shop;
    });
  }, []);
  return <vitrine-recommendations ref={row} limit="4" />;
}
