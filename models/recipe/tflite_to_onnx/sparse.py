"""Sparse constants of TFLite, written out in full (`SparsityParameters` in TFLite's schema)."""

import numpy as np
import tflite

_DENSE = 0
_INDEX_VECTORS = {1: "Int32Vector", 2: "Uint16Vector", 3: "Uint8Vector"}


def densify(tensor: object, values: np.ndarray) -> np.ndarray:
    """Spreads the stored `values` over the tensor's full shape; everything else is zero."""
    sparsity = tensor.Sparsity()
    shape = [int(length) for length in tensor.ShapeAsNumpy()]
    order = [int(axis) for axis in sparsity.TraversalOrderAsNumpy()]
    # Blocks split some axes in two; the inner halves come after all outer axes.
    blocked = [int(axis) for axis in sparsity.BlockMapAsNumpy()] if sparsity.BlockMapLength() else []
    levels = [sparsity.DimMetadata(level) for level in range(sparsity.DimMetadataLength())]
    block_sizes = [levels[order.index(len(shape) + at)].DenseSize() for at in range(len(blocked))]
    outer = list(shape)
    for axis, size in zip(blocked, block_sizes, strict=True):
        outer[axis] //= size
    full = np.zeros(outer + block_sizes, values.dtype)
    for coordinate, index in _stored(levels, order, [0] * full.ndim):
        full[coordinate] = values[index]
    return _unblock(full, len(shape), blocked).reshape(shape)


def _stored(levels: list, order: list[int], coordinate: list[int], level: int = 0, index: int = 0):
    """Every stored value's coordinate and its place among the values."""
    if level == len(levels):
        yield tuple(coordinate), index
        return
    current = levels[level]
    if current.Format() == _DENSE:
        for at in range(current.DenseSize()):
            coordinate[order[level]] = at
            yield from _stored(levels, order, coordinate, level + 1, index * current.DenseSize() + at)
        return
    segments = _vector(current.ArraySegmentsType(), current.ArraySegments())
    indices = _vector(current.ArrayIndicesType(), current.ArrayIndices())
    for at in range(segments[index], segments[index + 1]):
        coordinate[order[level]] = int(indices[at])
        yield from _stored(levels, order, coordinate, level + 1, at)


def _vector(kind: int, table: object) -> np.ndarray:
    vector = getattr(tflite, _INDEX_VECTORS[kind])
    # The module and the class in it have the same name; which of them the package shows depends on its version.
    vector = vector if isinstance(vector, type) else getattr(vector, _INDEX_VECTORS[kind])
    read = vector()
    read.Init(table.Bytes, table.Pos)
    return read.ValuesAsNumpy().astype(np.int64)


def _unblock(full: np.ndarray, axes: int, blocked: list[int]) -> np.ndarray:
    """Puts every inner half behind its outer one."""
    order = []
    for axis in range(axes):
        order.append(axis)
        if axis in blocked:
            order.append(axes + blocked.index(axis))
    return full.transpose(order)
