"""Converts float TFLite files, as MediaPipe publishes them, to ONNX.

It reads what other converters refuse in these files: weights kept as float16 behind DEQUANTIZE, sparse weights behind
DENSIFY, HARD_SWISH, and MediaPipe's own operator Convolution2DTransposeBias.
"""
