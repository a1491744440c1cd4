"""`python text_encoder_to_onnx.py WEIGHTS.npz OUT.onnx [--exact]`: the network of USE-multilingual-v3 (Yang et al. 2019).

In: the embeddings of T pieces of text, Tx512. Out: 1x512, of length 1. The table from pieces to embeddings is a file of
its own; a network that takes embeddings instead of numbers needs no operator for it. Weights are rounded to half floats; with `--exact` they are not, for comparison.
"""

import sys

import numpy as np

from onnx_file import OnnxFile

WIDTH = 512
BRANCH = 256
# Length of each n-gram convolution, and how far it looks back.
BRANCHES = [(2, 0), (3, 1), (5, 2)]


class TextEncoder:
    def __init__(self, weights: dict[str, np.ndarray], *, half: bool) -> None:
        self._weights = weights
        self._half = half
        self.file = OnnxFile()
        self._epsilon = self.file.weight(np.float32(weights["eps"]))

    def weight(self, name: str) -> str:
        return self.file.weight(self._weights[name], half=self._half)

    def product(self, name: str, weight: str) -> str:
        return self.file.node("MatMul", [name, self.weight(weight)])

    def normalize(self, name: str, gain: str, bias: str) -> str:
        """Layer normalization over the last axis, in the operators that opset 13 has."""
        node = self.file.node
        centred = node("Sub", [name, node("ReduceMean", [name], axes=[-1], keepdims=1)])
        variance = node("ReduceMean", [node("Mul", [centred, centred])], axes=[-1], keepdims=1)
        deviation = node("Sqrt", [node("Add", [variance, self._epsilon])])
        return node("Add", [node("Mul", [node("Div", [centred, deviation]), gain]), bias])

    def convolve(self, name: str, length: int, back: int, layer: int) -> str:
        """A convolution along the text with ReLU, and what came in added."""
        node = self.file.node
        # [T, in] -> [1, in, T]
        picture = node("Unsqueeze", [node("Transpose", [name], perm=[1, 0]), self.file.integers(0)])
        kernel = self._weights[f"w{layer}_{length}"].reshape(length, BRANCH, BRANCH).transpose(2, 1, 0)
        inputs = [picture, self.file.weight(kernel, half=self._half), self.weight(f"b{layer}_{length}")]
        convolved = node("Relu", [node("Conv", inputs, kernel_shape=[length], pads=[back, length - 1 - back])])
        flat = node("Transpose", [node("Squeeze", [convolved, self.file.integers(0)])], perm=[1, 0])
        return node("Add", [flat, name])

    def branches(self, source: str) -> list[str]:
        """Three projections side by side, normalized together, then convolved each by its own lengths."""
        side_by_side = {
            part: np.concatenate([self._weights[f"{part}{length}"] for length, _ in BRANCHES], axis=-1)
            for part in ("proj", "proj_b", "ln_g", "ln_b")
        }
        projection, shift, gain, bias = (self.file.weight(array, half=self._half) for array in side_by_side.values())
        projected = self.file.node("Add", [self.file.node("MatMul", [source, projection]), shift])
        normalized = self.normalize(projected, gain, bias)
        features = []
        for at, (length, back) in enumerate(BRANCHES):
            limits = [self.file.integers(number) for number in (at * BRANCH, (at + 1) * BRANCH, 1)]
            name = self.file.node("Slice", [normalized, *limits])
            for layer in (1, 2):
                name = self.convolve(name, length, back, layer)
            features.append(name)
        return features

    def pool(self, name: str) -> str:
        """The sum over the text by the root of its length."""
        node = self.file.node
        total = node("ReduceSum", [name, self.file.integers(0)], keepdims=1)
        pieces = node("Gather", [node("Shape", ["emb"]), self.file.integers(0)], axis=0)
        return node("Div", [total, node("Sqrt", [node("Cast", [pieces], to=1)])])

    def head(self, name: str) -> str:
        """Two narrow layers with short cuts around them."""
        node = self.file.node
        first = node("Relu", [self.product(name, "d0")])
        second = node("Relu", [node("Add", [self.product(name, "p1"), self.product(first, "d1")])])
        third = node("Relu", [self.product(second, "d2")])
        return node("Tanh", [node("Add", [self.product(second, "p3"), self.product(third, "d3")])])

    def build(self, path: str) -> None:
        node = self.file.node
        features = node("Concat", ["emb", *self.branches("emb")], axis=1)
        normalized = self.normalize(features, self.weight("ln_g"), self.weight("ln_b"))
        name = node("Add", [self.product(normalized, "cnn_W"), self.weight("cnn_b")])
        name = self.head(self.pool(name))
        squares = node("ReduceSum", [node("Mul", [name, name]), self.file.integers(1)], keepdims=1)
        node("Div", [name, node("Sqrt", [squares])], output="embedding")
        self.file.save(path, {"emb": ["T", WIDTH]}, {"embedding": [1, WIDTH]})


if __name__ == "__main__":
    with np.load(sys.argv[1]) as weights:
        TextEncoder(dict(weights), half="--exact" not in sys.argv).build(sys.argv[2])
