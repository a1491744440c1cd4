import { Model } from '@vitrine/storefront/models';

globalThis.Model = Model;
