"""Operators that add up along axes: means, sums, softmax, matrix products."""

import numpy as np
import tflite

from .graph import NATIVE, PLANAR, TO_NATIVE, Graph, Operator


def _axes(graph: Graph, operator: Operator) -> list[int]:
    rank = len(graph.shape(operator.inputs[0]))
    return sorted(int(axis) % rank for axis in np.atleast_1d(graph.constant(operator.inputs[1])))


def mean(graph: Graph, operator: Operator) -> None:
    source, output = operator.inputs[0], operator.outputs[0]
    keep = operator.options(tflite.ReducerOptions).KeepDims()
    axes = _axes(graph, operator)
    if axes != [1, 2] or len(graph.shape(source)) != 4:
        name = graph.node("ReduceMean", [graph.get(source, NATIVE)], axes=axes, keepdims=int(keep))
        graph.set(output, NATIVE, name)
        return
    pooled = graph.node("GlobalAveragePool", [graph.get(source, PLANAR)])
    if keep:
        graph.set(output, PLANAR, pooled)
    else:
        graph.set(output, NATIVE, graph.node("Reshape", [pooled, graph.numbers(graph.shape(output), np.int64)]))


def total(graph: Graph, operator: Operator) -> None:
    keep = operator.options(tflite.ReducerOptions).KeepDims()
    axes = _axes(graph, operator)
    layout = graph.common_layout(operator.inputs[0]) if keep else NATIVE
    if layout == PLANAR:
        axes = sorted(TO_NATIVE[axis] for axis in axes)
    inputs = [graph.get(operator.inputs[0], layout), graph.numbers(axes, np.int64)]
    graph.set(operator.outputs[0], layout, graph.node("ReduceSum", inputs, keepdims=int(keep)))


def softmax(graph: Graph, operator: Operator) -> None:
    if operator.options(tflite.SoftmaxOptions).Beta() != 1:
        raise NotImplementedError("SOFTMAX with another beta than 1 has no translation")
    graph.set(operator.outputs[0], NATIVE, graph.node("Softmax", [graph.get(operator.inputs[0], NATIVE)], axis=-1))


def fully_connected(graph: Graph, operator: Operator) -> None:
    options = operator.options(tflite.FullyConnectedOptions)
    source, output = operator.inputs[0], operator.outputs[0]
    weights = graph.constant(operator.inputs[1])
    name = graph.get(source, NATIVE)
    if len(graph.shape(source)) != 2:
        name = graph.node("Reshape", [name, graph.numbers([-1, weights.shape[1]], np.int64)])
    bias = [graph.weight(graph.constant(tensor)) for tensor in operator.inputs[2:3] if tensor >= 0]
    name = graph.node("Gemm", [name, graph.weight(weights), *bias], transB=1)
    name = graph.activate(name, options.FusedActivationFunction())
    if len(graph.shape(output)) != 2:
        name = graph.node("Reshape", [name, graph.numbers(graph.shape(output), np.int64)])
    graph.set(output, NATIVE, name)


OPERATORS = {"MEAN": mean, "SUM": total, "SOFTMAX": softmax, "FULLY_CONNECTED": fully_connected}
