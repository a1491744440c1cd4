import { Model } from './node_modules/@vitrine/storefront/dist/models.js';

globalThis.Model = Model;
