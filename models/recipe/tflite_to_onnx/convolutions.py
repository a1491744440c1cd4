"""Convolutions, transposed ones and pools."""

import numpy as np
import tflite

from .graph import PLANAR, Graph, Operator

_VALID = 1


def _same_padding(length: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    """TFLite's SAME: as many outputs as strides fit, the odd row of padding behind."""
    outputs = -(-length // stride)
    total = max((outputs - 1) * stride + (kernel - 1) * dilation + 1 - length, 0)
    return total // 2, total - total // 2


def _padding(kind: int, size: list[int], kernel: list[int], strides: list[int], dilations: list[int]) -> list[int]:
    """As ONNX writes it: top, left, bottom, right."""
    if kind == _VALID:
        return [0, 0, 0, 0]
    top, bottom = _same_padding(size[0], kernel[0], strides[0], dilations[0])
    left, right = _same_padding(size[1], kernel[1], strides[1], dilations[1])
    return [top, left, bottom, right]


def _convolve(graph: Graph, operator: Operator, options: object, order: list[int], groups: int) -> None:
    source, weights = operator.inputs[:2]
    kernel = graph.constant(weights)
    size = list(kernel.shape[1:3])
    strides = [options.StrideH(), options.StrideW()]
    dilations = [options.DilationHFactor(), options.DilationWFactor()]
    inputs = [graph.get(source, PLANAR), graph.weight(kernel.transpose(order)), *_bias(graph, operator.inputs[2:])]
    name = graph.node(
        "Conv",
        inputs,
        group=groups,
        kernel_shape=size,
        strides=strides,
        dilations=dilations,
        pads=_padding(options.Padding(), graph.shape(source)[1:3], size, strides, dilations),
    )
    graph.set(operator.outputs[0], PLANAR, graph.activate(name, options.FusedActivationFunction()))


def _bias(graph: Graph, rest: list[int]) -> list[str]:
    return [graph.weight(graph.constant(tensor)) for tensor in rest[:1] if tensor >= 0]


def convolution(graph: Graph, operator: Operator) -> None:
    """Weights OHWI -> OIHW."""
    _convolve(graph, operator, operator.options(tflite.Conv2DOptions), [0, 3, 1, 2], groups=1)


def depthwise(graph: Graph, operator: Operator) -> None:
    """Weights 1HWO -> O1HW."""
    channels = graph.shape(operator.inputs[0])[3]
    _convolve(graph, operator, operator.options(tflite.DepthwiseConv2DOptions), [3, 0, 1, 2], groups=channels)


def _transpose_convolve(
    graph: Graph, operator: Operator, source: int, bias: list[int], strides: list[int], output: list[int]
) -> None:
    kernel = graph.constant(operator.inputs[1])
    size = list(kernel.shape[1:3])
    height, width = graph.shape(source)[1:3]
    down = max((height - 1) * strides[0] + size[0] - output[0], 0)
    across = max((width - 1) * strides[1] + size[1] - output[1], 0)
    weights = graph.weight(kernel.transpose(3, 0, 1, 2))  # OHWI -> IOHW
    name = graph.node(
        "ConvTranspose",
        [graph.get(source, PLANAR), weights, *_bias(graph, bias)],
        kernel_shape=size,
        strides=strides,
        pads=[down // 2, across // 2, down - down // 2, across - across // 2],
    )
    graph.set(operator.outputs[0], PLANAR, name)


def transposed(graph: Graph, operator: Operator) -> None:
    options = operator.options(tflite.TransposeConvOptions)
    output = graph.shape(operator.outputs[0])[1:3]
    strides = [options.StrideH(), options.StrideW()]
    _transpose_convolve(graph, operator, operator.inputs[2], operator.inputs[3:], strides, output)


def transposed_with_bias(graph: Graph, operator: Operator) -> None:
    """MediaPipe's own operator; its options are three integers: padding, stride across, stride down."""
    _, across, down = (int(number) for number in np.frombuffer(operator.custom_options()[:12], np.int32))
    source = operator.inputs[0]
    height, width = graph.shape(source)[1:3]
    told = graph.shape(operator.outputs[0])
    # Some files leave the output's shape empty.
    output = told[1:3] if len(told) == 4 else [height * down, width * across]
    _transpose_convolve(graph, operator, source, operator.inputs[2:], [down, across], output)


def _pool(graph: Graph, operator: Operator, kind: str) -> None:
    options = operator.options(tflite.Pool2DOptions)
    source = operator.inputs[0]
    extent = graph.shape(source)[1:3]
    size = [options.FilterHeight(), options.FilterWidth()]
    strides = [options.StrideH(), options.StrideW()]
    if kind == "AveragePool" and size == extent:
        name = graph.node("GlobalAveragePool", [graph.get(source, PLANAR)])
    else:
        pads = _padding(options.Padding(), extent, size, strides, [1, 1])
        name = graph.node(kind, [graph.get(source, PLANAR)], kernel_shape=size, strides=strides, pads=pads)
    graph.set(operator.outputs[0], PLANAR, graph.activate(name, options.FusedActivationFunction()))


def max_pool(graph: Graph, operator: Operator) -> None:
    _pool(graph, operator, "MaxPool")


def average_pool(graph: Graph, operator: Operator) -> None:
    _pool(graph, operator, "AveragePool")


OPERATORS = {
    "CONV_2D": convolution,
    "DEPTHWISE_CONV_2D": depthwise,
    "TRANSPOSE_CONV": transposed,
    "Convolution2DTransposeBias": transposed_with_bias,
    "MAX_POOL_2D": max_pool,
    "AVERAGE_POOL_2D": average_pool,
}
