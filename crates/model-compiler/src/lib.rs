//! Makes plans for the model runtime out of ONNX and NNEF models.
