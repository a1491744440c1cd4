"""A TFLite graph being rewritten: its constants, and the ONNX name of each tensor in each layout that was asked for.

TFLite keeps pictures as NHWC, ONNX as NCHW. Every 4-D tensor may therefore exist twice; a Transpose appears only where
one layout exists and the other is asked for, so that a chain of convolutions has none inside.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import tflite
from onnx import TensorProto, helper

from .sparse import densify

NATIVE = "NHWC"
PLANAR = "NCHW"
TO_PLANAR = [0, 3, 1, 2]
TO_NATIVE = [0, 2, 3, 1]

# Numbers of TFLite's schema.
_NUMPY_TYPES = {0: np.float32, 1: np.float16, 2: np.int32, 3: np.uint8, 4: np.int64, 9: np.int8}
_BUILTIN_NAMES = {value: name for name, value in vars(tflite.BuiltinOperator).items() if isinstance(value, int)}
_ACTIVATION_NONE, _ACTIVATION_RELU, _ACTIVATION_RELU6 = 0, 1, 3
# Below this many numbers halving the bytes is not worth a Cast.
_SMALL = 16


@dataclass
class Operator:
    """One operator: tensors by their number (-1 is absent)."""

    name: str
    inputs: list[int]
    outputs: list[int]
    raw: object

    def options(self, kind: type) -> object:
        """The options of a builtin operator."""
        options, table = kind(), self.raw.BuiltinOptions()
        options.Init(table.Bytes, table.Pos)
        return options

    def custom_options(self) -> bytes:
        return self.raw.CustomOptionsAsNumpy().tobytes()


class Graph:
    def __init__(self, file: bytes, round_weights: bool) -> None:
        self._model = tflite.Model.GetRootAsModel(file, 0)
        self._graph = self._model.Subgraphs(0)
        self._round = round_weights
        self._named = 0
        self._names: dict[tuple[int, str], str] = {}
        self._constants: dict[int, np.ndarray] = {}
        self.nodes: list = []
        self.weights: dict[str, np.ndarray] = {}
        for tensor in range(self._graph.TensorsLength()):
            self._read_constant(tensor)

    def _read_constant(self, tensor: int) -> None:
        raw = self._graph.Tensors(tensor)
        buffer = self._model.Buffers(raw.Buffer())
        if not buffer.DataLength() or raw.Type() not in _NUMPY_TYPES:
            return
        flat = np.frombuffer(buffer.DataAsNumpy().tobytes(), _NUMPY_TYPES[raw.Type()])
        sparse = raw.Sparsity() is not None
        self._constants[tensor] = densify(raw, flat) if sparse else flat.reshape(self.shape(tensor))

    # What the file says.

    def input_tensors(self) -> list[int]:
        return [int(tensor) for tensor in self._graph.InputsAsNumpy()]

    def output_tensors(self) -> list[int]:
        return [int(tensor) for tensor in self._graph.OutputsAsNumpy()]

    def operators(self) -> Iterator[Operator]:
        for index in range(self._graph.OperatorsLength()):
            raw = self._graph.Operators(index)
            code = self._model.OperatorCodes(raw.OpcodeIndex())
            # Old files have only the deprecated, narrower field.
            builtin = _BUILTIN_NAMES[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
            name = code.CustomCode().decode() if code.CustomCode() else builtin
            inputs, outputs = raw.InputsAsNumpy(), raw.OutputsAsNumpy()
            yield Operator(name, [int(tensor) for tensor in inputs], [int(tensor) for tensor in outputs], raw)

    def tensor_name(self, tensor: int) -> str:
        return self._graph.Tensors(tensor).Name().decode()

    def shape(self, tensor: int) -> list[int]:
        raw = self._graph.Tensors(tensor)
        return [int(length) for length in raw.ShapeAsNumpy()] if raw.ShapeLength() else []

    # Constants.

    def is_constant(self, tensor: int) -> bool:
        return tensor in self._constants

    def constant(self, tensor: int) -> np.ndarray:
        """The numbers of a constant; half floats as floats."""
        array = self._constants[tensor]
        return array.astype(np.float32) if array.dtype == np.float16 else array

    def alias_constant(self, tensor: int, source: int) -> None:
        """Makes `tensor` the same numbers as `source`, which must be a constant."""
        self._constants[tensor] = self.constant(source)

    def weight(self, array: np.ndarray) -> str:
        """Adds numbers to the file, as float16 behind a Cast where that loses nothing (or loss was asked for)."""
        array = np.ascontiguousarray(array)
        name = self._new_name("weight")
        if array.dtype == np.float32 and array.size > _SMALL:
            half = array.astype(np.float16)
            if self._round or np.array_equal(half.astype(np.float32), array):
                self.weights[name] = half
                return self.node("Cast", [name], to=TensorProto.FLOAT)
        self.weights[name] = array
        return name

    def numbers(self, values: object, kind: type) -> str:
        """Adds parameters of an operator, such as a shape: kept exactly as they are."""
        name = self._new_name("value")
        self.weights[name] = np.array(values, kind)
        return name

    # Tensors and layouts.

    def set(self, tensor: int, layout: str, name: str) -> None:
        self._names[tensor, layout] = name

    def get(self, tensor: int, layout: str) -> str:
        """The name of a tensor in a layout; only 4-D tensors have two."""
        if len(self.shape(tensor)) != 4:
            layout = NATIVE
        if (tensor, layout) not in self._names:
            self._names[tensor, layout] = self._make(tensor, layout)
        return self._names[tensor, layout]

    def _make(self, tensor: int, layout: str) -> str:
        if self.is_constant(tensor):
            array = self.constant(tensor)
            return self.weight(array.transpose(TO_PLANAR) if layout == PLANAR else array)
        if layout == PLANAR:
            return self.node("Transpose", [self._names[tensor, NATIVE]], perm=TO_PLANAR)
        return self.node("Transpose", [self._names[tensor, PLANAR]], perm=TO_NATIVE)

    def common_layout(self, *tensors: int) -> str:
        """The layout in which operators that do not care should work: planar once any of their inputs is."""
        pictures = all(len(self.shape(tensor)) == 4 for tensor in tensors if not self.is_constant(tensor))
        planar = any((tensor, PLANAR) in self._names for tensor in tensors)
        return PLANAR if pictures and planar else NATIVE

    # Nodes.

    def node(self, kind: str, inputs: list[str], **attributes: object) -> str:
        """Adds a node with one output, and gives that output's name."""
        name = self._new_name(kind)
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def activate(self, name: str, activation: int) -> str:
        """Adds the activation that a TFLite operator has inside it."""
        if activation == _ACTIVATION_NONE:
            return name
        if activation == _ACTIVATION_RELU:
            return self.node("Relu", [name])
        if activation == _ACTIVATION_RELU6:
            return self.relu6(name)
        raise NotImplementedError(f"fused activation {activation} has no translation")

    def relu6(self, name: str) -> str:
        return self.node("Clip", [name, self.numbers(0, np.float32), self.numbers(6, np.float32)])

    def _new_name(self, kind: str) -> str:
        self._named += 1
        return f"{kind.lower()}_{self._named}"
