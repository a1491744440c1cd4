"""`python efficientnet_to_onnx.py WEIGHTS.pth OUT.onnx [--exact]`: EfficientNet-Lite0 (Tan & Le 2019) from its weights alone.

Input 1x3x224x224, (value - 127) / 128; output the 1280 numbers that the classifier would read.
Weights are rounded to half floats; with `--exact` they are not, for comparison.
"""

import sys
from pathlib import Path

import numpy as np

from onnx_file import OnnxFile
from torch_weights import read_weights

SIZE = 224
# (repeats, kernel, stride, expansion, channels in, channels out), as in the paper's table, widths fixed for Lite0.
STAGES = [
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
]
BATCH_NORM_EPSILON = 1e-3


class EfficientNet:
    def __init__(self, weights: dict[str, np.ndarray], *, half: bool) -> None:
        self._weights = weights
        self._half = half
        self.file = OnnxFile()
        self.size = SIZE

    def convolve(self, name: str, weights: str, norm: str, *, stride: int = 1, groups: int = 1, linear: bool = False) -> str:
        """A convolution with the batch normalization behind it folded in, ReLU6 unless `linear`."""
        scale, shift, mean, variance = (
            self._weights[f"{norm}.{part}"] for part in ("weight", "bias", "running_mean", "running_var")
        )
        scale = scale / np.sqrt(variance + BATCH_NORM_EPSILON)
        kernel = (self._weights[f"{weights}.weight"] * scale[:, None, None, None]).astype(np.float32)
        bias = (shift - mean * scale).astype(np.float32)
        length = kernel.shape[2]
        # TensorFlow's SAME: the odd row of padding comes behind.
        outputs = -(-self.size // stride)
        padding = max((outputs - 1) * stride + length - self.size, 0)
        before, behind = padding // 2, padding - padding // 2
        self.size = outputs
        convolved = self.file.node(
            "Conv",
            [name, self.file.weight(kernel, half=self._half), self.file.weight(bias, half=self._half)],
            kernel_shape=[length, length],
            strides=[stride, stride],
            pads=[before, before, behind, behind],
            group=groups,
        )
        if linear:
            return convolved
        limits = [self.file.weight(np.array(limit, np.float32)) for limit in (0, 6)]
        return self.file.node("Clip", [convolved, *limits])

    def block(self, name: str, index: int, stride: int, expansion: int, inside: int, out: int) -> str:
        """An inverted residual: widen, filter each channel, narrow; added to what came in where shapes agree."""
        part = f"_blocks.{index}"
        wide = name
        if expansion != 1:
            wide = self.convolve(wide, f"{part}._expand_conv", f"{part}._bn0")
        groups = inside * expansion
        wide = self.convolve(wide, f"{part}._depthwise_conv", f"{part}._bn1", stride=stride, groups=groups)
        narrow = self.convolve(wide, f"{part}._project_conv", f"{part}._bn2", linear=True)
        return self.file.node("Add", [narrow, name]) if stride == 1 and inside == out else narrow

    def build(self, path: str) -> None:
        name = self.convolve("input", "_conv_stem", "_bn0", stride=2)
        index = 0
        for repeats, _, stride, expansion, inside, out in STAGES:
            for repeat in range(repeats):
                first = repeat == 0
                name = self.block(name, index, stride if first else 1, expansion, inside if first else out, out)
                index += 1
        name = self.file.node("GlobalAveragePool", [self.convolve(name, "_conv_head", "_bn1")])
        self.file.node("Flatten", [name], output="embedding")
        self.file.save(path, {"input": [1, 3, SIZE, SIZE]}, {"embedding": [1, 1280]})


if __name__ == "__main__":
    EfficientNet(read_weights(Path(sys.argv[1])), half="--exact" not in sys.argv).build(sys.argv[2])
