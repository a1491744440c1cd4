"""Operators that move numbers without changing them, and resizing."""

import numpy as np
import tflite

from .graph import NATIVE, PLANAR, TO_NATIVE, TO_PLANAR, Graph, Operator


def pad(graph: Graph, operator: Operator) -> None:
    layout = graph.common_layout(operator.inputs[0])
    amounts = graph.constant(operator.inputs[1]).astype(np.int64)
    if layout == PLANAR:
        amounts = amounts[TO_PLANAR]
    both = graph.numbers(np.concatenate([amounts[:, 0], amounts[:, 1]]), np.int64)
    name = graph.node("Pad", [graph.get(operator.inputs[0], layout), both], mode="constant")
    graph.set(operator.outputs[0], layout, name)


def _sampling(options: object) -> str:
    if options.AlignCorners():
        return "align_corners"
    return "half_pixel" if options.HalfPixelCenters() else "asymmetric"


def _resize(graph: Graph, operator: Operator, sampling: str, **more: str) -> None:
    source = operator.inputs[0]
    height, width = graph.shape(source)[1:3]
    to_height, to_width = (int(length) for length in graph.constant(operator.inputs[1]))
    scales = graph.numbers([1, 1, to_height / height, to_width / width], np.float32)
    inputs = [graph.get(source, PLANAR), "", scales]
    name = graph.node("Resize", inputs, coordinate_transformation_mode=sampling, **more)
    graph.set(operator.outputs[0], PLANAR, name)


def resize_bilinear(graph: Graph, operator: Operator) -> None:
    _resize(graph, operator, _sampling(operator.options(tflite.ResizeBilinearOptions)), mode="linear")


def resize_nearest(graph: Graph, operator: Operator) -> None:
    sampling = _sampling(operator.options(tflite.ResizeNearestNeighborOptions))
    rounding = "floor" if sampling == "asymmetric" else "round_prefer_ceil"
    _resize(graph, operator, sampling, mode="nearest", nearest_mode=rounding)


def depth_to_space(graph: Graph, operator: Operator) -> None:
    block = operator.options(tflite.DepthToSpaceOptions).BlockSize()
    name = graph.node("DepthToSpace", [graph.get(operator.inputs[0], PLANAR)], blocksize=block, mode="DCR")
    graph.set(operator.outputs[0], PLANAR, name)


def _reshaped(graph: Graph, name: str, output: int) -> None:
    shape = graph.numbers(graph.shape(output), np.int64)
    graph.set(output, NATIVE, graph.node("Reshape", [name, shape]))


def reshape(graph: Graph, operator: Operator) -> None:
    _reshaped(graph, graph.get(operator.inputs[0], NATIVE), operator.outputs[0])


def transpose(graph: Graph, operator: Operator) -> None:
    order = [int(axis) for axis in graph.constant(operator.inputs[1])]
    graph.set(operator.outputs[0], NATIVE, graph.node("Transpose", [graph.get(operator.inputs[0], NATIVE)], perm=order))


def concatenation(graph: Graph, operator: Operator) -> None:
    options = operator.options(tflite.ConcatenationOptions)
    axis = options.Axis() % len(graph.shape(operator.outputs[0]))
    layout = graph.common_layout(*operator.inputs)
    if layout == PLANAR:
        axis = TO_NATIVE[axis]
    name = graph.node("Concat", [graph.get(tensor, layout) for tensor in operator.inputs], axis=axis)
    graph.set(operator.outputs[0], layout, graph.activate(name, options.FusedActivationFunction()))


def strided_slice(graph: Graph, operator: Operator) -> None:
    options = operator.options(tflite.StridedSliceOptions)
    source = operator.inputs[0]
    begin, end, strides = (graph.constant(tensor).astype(np.int64).copy() for tensor in operator.inputs[1:4])
    for axis, length in enumerate(graph.shape(source)[: len(begin)]):
        if options.BeginMask() >> axis & 1:
            begin[axis] = 0
        if options.EndMask() >> axis & 1:
            end[axis] = length
        if options.ShrinkAxisMask() >> axis & 1:
            end[axis] = begin[axis] + 1
    parameters = [begin, end, np.arange(len(begin)), strides]
    inputs = [graph.get(source, NATIVE), *(graph.numbers(numbers, np.int64) for numbers in parameters)]
    _reshaped(graph, graph.node("Slice", inputs), operator.outputs[0])


OPERATORS = {
    "PAD": pad,
    "RESIZE_BILINEAR": resize_bilinear,
    "RESIZE_NEAREST_NEIGHBOR": resize_nearest,
    "DEPTH_TO_SPACE": depth_to_space,
    "RESHAPE": reshape,
    "SQUEEZE": reshape,
    "TRANSPOSE": transpose,
    "CONCATENATION": concatenation,
    "STRIDED_SLICE": strided_slice,
}
