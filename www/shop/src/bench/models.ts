/** The networks of the page: their plans, what they are given, and how their answers are drawn. */
import face from '../../../../models/face_landmark.plan?url';
import facePicture from '../../../../models/pictures/face.png?url';
import portraitPicture from '../../../../models/pictures/portrait.png?url';
import posturePicture from '../../../../models/pictures/posture.png?url';
import poseFull from '../../../../models/pose_landmark_full.plan?url';
import poseLite from '../../../../models/pose_landmark_lite.plan?url';
import multiclass from '../../../../models/selfie_multiclass_256x256.plan?url';
import selfie from '../../../../models/selfie_segmentation.plan?url';
import { type Draw, drawBody, drawFace, drawKinds, drawPerson } from './draw';
import type { Case } from './input';

/** One network of the page. */
export interface BenchModel extends Case {
  model: keyof typeof plans;
  plan: string;
  picture: string;
  draw: Draw;
}

const plans = {
  selfie_segmentation: selfie,
  face_landmark: face,
  pose_landmark_lite: poseLite,
  pose_landmark_full: poseFull,
  selfie_multiclass_256x256: multiclass,
};

const network = (model: BenchModel['model'], side: number, picture: string, draw: Draw): BenchModel => ({
  model,
  size: [side, side],
  range: [0, 1],
  plan: plans[model],
  picture,
  draw,
});

/** In the order in which they run: the quick ones first. */
export const benchModels: readonly BenchModel[] = [
  network('selfie_segmentation', 256, portraitPicture, drawPerson),
  network('face_landmark', 192, facePicture, drawFace),
  network('pose_landmark_lite', 256, posturePicture, drawBody),
  network('pose_landmark_full', 256, posturePicture, drawBody),
  network('selfie_multiclass_256x256', 256, portraitPicture, drawKinds),
];
