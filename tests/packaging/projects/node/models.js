import { readFile } from 'node:fs/promises';
import { Model } from '@vitrine/storefront/models';
import { compared } from './compared.js';

const model = await Model.open(await readFile('public/models/convnet.plan'), { thread: 'worker' });
const { buffer, byteOffset, byteLength } = await readFile('public/models/convnet.f32');
console.log(JSON.stringify(await compared(model, buffer.slice(byteOffset, byteOffset + byteLength))));
