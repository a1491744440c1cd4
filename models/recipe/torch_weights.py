"""Reads the weights out of a PyTorch file of the old kind (before 1.6), without PyTorch and without running its code."""

import pickle
import struct
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_MAGIC = 0x1950A86A20F9469CFC6C
_TYPES = {"FloatStorage": "<f4", "LongStorage": "<i8"}


@dataclass(frozen=True)
class _View:
    """A tensor: a part of a storage, by shape and strides."""

    key: str
    kind: str
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class _Reader(pickle.Unpickler):
    """Builds nothing but ordered dictionaries and views; any other class is refused."""

    def __init__(self, file: object) -> None:
        super().__init__(file)
        self.kinds: dict[str, str] = {}

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if module == "torch._utils" and name.startswith("_rebuild_tensor"):
            return lambda storage, offset, shape, strides, *_: _View(*storage, offset, shape, strides)
        if module == "torch" and name in _TYPES:
            return name
        raise pickle.UnpicklingError(f"the file wants {module}.{name}, which no file of weights needs")

    def persistent_load(self, told: tuple) -> tuple[str, str]:
        _, kind, key, *_ = told
        self.kinds[key] = _TYPES[kind]
        return key, _TYPES[kind]


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """Every tensor by its name."""
    with path.open("rb") as file:
        if _Reader(file).load() != _MAGIC:
            raise ValueError(f"{path} is no PyTorch file of the kind before 1.6")
        for _ in ("protocol version", "machine"):
            _Reader(file).load()
        reader = _Reader(file)
        views = reader.load()
        storages = {key: _storage(file, reader.kinds[key]) for key in _Reader(file).load()}
    return {name: _take(view, storages) for name, view in views.items() if isinstance(view, _View)}


def _storage(file: object, kind: str) -> np.ndarray:
    (count,) = struct.unpack("<q", file.read(8))
    return np.frombuffer(file.read(count * np.dtype(kind).itemsize), kind)


def _take(view: _View, storages: dict[str, np.ndarray]) -> np.ndarray:
    numbers = storages[view.key][view.offset :]
    # The weights came from TensorFlow and still lie in its order: only the strides tell.
    strides = [step * numbers.itemsize for step in view.strides]
    return np.ascontiguousarray(np.lib.stride_tricks.as_strided(numbers, view.shape, strides))
