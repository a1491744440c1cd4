"""Writing an ONNX graph node by node: what the two converters that start from bare weights share."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 13
IR_VERSION = 8
# Below this many numbers halving the bytes is not worth a Cast.
_SMALL = 64


class OnnxFile:
    """Nodes and weights in the order in which they are added."""

    def __init__(self) -> None:
        self._nodes: list = []
        self._weights: list = []
        self._named = 0

    def weight(self, array: np.ndarray, *, half: bool = False) -> str:
        """Adds numbers; with `half` rounded to float16 and cast back by the graph."""
        name = self._new_name("weight")
        half = half and array.size > _SMALL
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(array, np.float16 if half else None), name))
        return self.node("Cast", [name], to=TensorProto.FLOAT) if half else name

    def integers(self, *values: int) -> str:
        return self.weight(np.array(values, np.int64))

    def node(self, kind: str, inputs: list[str], *, output: str | None = None, **attributes: object) -> str:
        """Adds a node with one output, and gives that output's name."""
        name = output or self._new_name(kind)
        self._nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def save(self, path: str, inputs: dict[str, list], outputs: dict[str, list]) -> None:
        """Writes the file; shapes by name, a text in a shape stands for any length."""
        told = [
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in tensors.items()]
            for tensors in (inputs, outputs)
        ]
        graph = helper.make_graph(self._nodes, "converted", *told, self._weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, path)
        print(f"{path}: {len(self._nodes)} nodes, {model.ByteSize()} bytes")

    def _new_name(self, kind: str) -> str:
        self._named += 1
        return f"{kind.lower()}_{self._named}"
