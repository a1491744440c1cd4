"""Sums, products and activations; and the two operators that only unpack constants."""

from collections.abc import Callable

import numpy as np
import tflite

from .graph import PLANAR, TO_PLANAR, Graph, Operator

Translate = Callable[[Graph, Operator], None]


def _planar(array: np.ndarray) -> np.ndarray:
    """A constant that meets a picture, whatever its rank, as NCHW."""
    return array.reshape([1] * (4 - array.ndim) + list(array.shape)).transpose(TO_PLANAR)


def _binary(kind: str, options: type) -> Translate:
    def translate(graph: Graph, operator: Operator) -> None:
        layout = graph.common_layout(*operator.inputs)
        inputs = [
            graph.weight(_planar(graph.constant(tensor)))
            if graph.is_constant(tensor) and layout == PLANAR
            else graph.get(tensor, layout)
            for tensor in operator.inputs
        ]
        name = graph.node(kind, inputs)
        activation = operator.options(options).FusedActivationFunction()
        graph.set(operator.outputs[0], layout, graph.activate(name, activation))

    return translate


def _unary(kind: str) -> Translate:
    def translate(graph: Graph, operator: Operator) -> None:
        layout = graph.common_layout(operator.inputs[0])
        graph.set(operator.outputs[0], layout, graph.node(kind, [graph.get(operator.inputs[0], layout)]))

    return translate


def relu6(graph: Graph, operator: Operator) -> None:
    layout = graph.common_layout(operator.inputs[0])
    graph.set(operator.outputs[0], layout, graph.relu6(graph.get(operator.inputs[0], layout)))


def hard_swish(graph: Graph, operator: Operator) -> None:
    """x * clip(x / 6 + 1 / 2, 0, 1): opset 13 has no name for it."""
    layout = graph.common_layout(operator.inputs[0])
    source = graph.get(operator.inputs[0], layout)
    gate = graph.node("HardSigmoid", [source], alpha=1 / 6, beta=0.5)
    graph.set(operator.outputs[0], layout, graph.node("Mul", [source, gate]))


def prelu(graph: Graph, operator: Operator) -> None:
    layout = graph.common_layout(operator.inputs[0])
    slopes = graph.constant(operator.inputs[1])
    slopes = slopes.reshape([1] * (3 - slopes.ndim) + list(slopes.shape))
    if layout == PLANAR:
        slopes = slopes.transpose(2, 0, 1)
    name = graph.node("PRelu", [graph.get(operator.inputs[0], layout), graph.weight(slopes)])
    graph.set(operator.outputs[0], layout, name)


def unpack(graph: Graph, operator: Operator) -> None:
    """Weights stored as half floats or sparsely: read so already."""
    if not graph.is_constant(operator.inputs[0]):
        raise NotImplementedError(f"{operator.name} of something that is computed has no translation")
    graph.alias_constant(operator.outputs[0], operator.inputs[0])


OPERATORS = {
    "ADD": _binary("Add", tflite.AddOptions),
    "SUB": _binary("Sub", tflite.SubOptions),
    "MUL": _binary("Mul", tflite.MulOptions),
    "DIV": _binary("Div", tflite.DivOptions),
    "RELU": _unary("Relu"),
    "LOGISTIC": _unary("Sigmoid"),
    "TANH": _unary("Tanh"),
    "RELU6": relu6,
    "HARD_SWISH": hard_swish,
    "PRELU": prelu,
    "DEQUANTIZE": unpack,
    "DENSIFY": unpack,
}
