/** What was asked of the models, and which models it was asked of. */

const small = { relaxed: 0.8, plain: 0.6, cold: 0.25 };

/** Ratios at most: relaxed-simd against LiteRT.js, plain simd128 against ONNX Runtime, cold start against LiteRT.js. */
export const asked = {
  selfie_segmentation: small,
  face_landmark: small,
  pose_landmark_lite: small,
  pose_landmark_full: small,
  selfie_multiclass_256x256: { relaxed: 1, plain: 0.8, cold: 0.5 },
};
