"""The conversion from end to end: inputs, every operator in order, outputs."""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from . import convolutions, elementwise, reductions, shapes
from .graph import NATIVE, Graph

OPSET = 13
# The newest that ONNX of that opset asks for; older readers refuse files that claim more.
IR_VERSION = 8

OPERATORS = {
    **convolutions.OPERATORS,
    **elementwise.OPERATORS,
    **reductions.OPERATORS,
    **shapes.OPERATORS,
}


def convert(path: str, round_weights: bool) -> onnx.ModelProto:
    """Reads the file at `path`; raises NotImplementedError that names the operator where one is not known."""
    graph = Graph(pathlib.Path(path).read_bytes(), round_weights)
    inputs = []
    for tensor in graph.input_tensors():
        name = graph.tensor_name(tensor)
        graph.set(tensor, NATIVE, name)
        inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, graph.shape(tensor)))
    for operator in graph.operators():
        translate = OPERATORS.get(operator.name)
        if translate is None:
            shapes_in = [graph.shape(tensor) for tensor in operator.inputs if tensor >= 0]
            raise NotImplementedError(f"{path}: operator {operator.name} on {shapes_in} has no translation")
        translate(graph, operator)
    outputs = []
    for tensor in graph.output_tensors():
        name = graph.tensor_name(tensor)
        graph.nodes.append(helper.make_node("Identity", [graph.get(tensor, NATIVE)], [name]))
        outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, graph.shape(tensor)))
    return assemble(graph, inputs, outputs)


def assemble(graph: Graph, inputs: list, outputs: list) -> onnx.ModelProto:
    used = {name for node in graph.nodes for name in node.input}
    weights = [
        numpy_helper.from_array(np.ascontiguousarray(array), name)
        for name, array in graph.weights.items()
        if name in used
    ]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "converted", inputs, outputs, weights),
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model, full_check=True)
    return model
