/** The measured models as the page is told them. */
import { allModels } from '../../models/recipe/list.mjs';
import { asked } from './asked.mjs';

/** Height and width of the inputs that are measured. */
const sizes = {
  selfie_segmentation: [256, 256],
  face_landmark: [192, 192],
  pose_landmark_lite: [256, 256],
  pose_landmark_full: [256, 256],
  selfie_multiclass_256x256: [256, 256],
};

/** Everything that something was asked of, or those whose ids are given. */
export const cases = (ids) =>
  allModels
    .filter(({ id }) => id in asked && (ids.length === 0 || ids.includes(id)))
    .map((model) => ({
      model,
      asked: asked[model.id],
      told: { model: model.id, range: model.input.range, size: sizes[model.id] },
      picture: `/pictures/${model.picture}.png`,
    }));
