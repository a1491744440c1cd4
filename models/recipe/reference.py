"""`python reference.py ORIGINAL INPUT OUT_FOLDER [OPTIONS]`: what the original answers to one input.

ORIGINAL is a TFLite file, which LiteRT runs, or an ONNX file with unrounded weights, which ONNX's own reference does.
INPUT is a picture, or for the text encoder its weights, of which some rows are the input. Writes `input.f32` and one file
`N.f32` for each output, in the model's order: little-endian floats.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
from PIL import Image

# Pieces of text, by their numbers; any will do.
PIECES = [1000, 17, 4211, 90, 33333, 7, 70001, 512, 25000]
TABLES = 17


def from_picture(path: str, shape: list[int], low: float, high: float) -> np.ndarray:
    """The nearest pixel for each place, so that every program gets the same numbers."""
    planar = shape[1] == 3
    height, width = shape[2:] if planar else shape[1:3]
    pixels = np.asarray(Image.open(path).convert("RGB"))
    rows = np.arange(height) * pixels.shape[0] // height
    columns = np.arange(width) * pixels.shape[1] // width
    numbers = low + (high - low) * pixels[rows][:, columns].astype(np.float64) / 255
    return (numbers.transpose(2, 0, 1) if planar else numbers).reshape(shape).astype(np.float32)


def from_table(path: str) -> np.ndarray:
    """Embeddings of pieces of text: bytes, dealt out over 17 tables, each with its own scale and offset."""
    with np.load(path) as weights:
        rows = [
            weights[f"q{piece % TABLES + 1}"][piece // TABLES] * weights["scale"][piece % TABLES] + weights["lo"][piece % TABLES]
            for piece in PIECES
        ]
    return np.stack(rows).astype(np.float32)


def run_litert(path: str, numbers: np.ndarray) -> list[np.ndarray]:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(path, num_threads=1)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], numbers)
    interpreter.invoke()
    return [interpreter.get_tensor(output["index"]) for output in interpreter.get_output_details()]


def run_onnx(path: str, numbers: np.ndarray) -> list[np.ndarray]:
    from onnx.reference import ReferenceEvaluator

    session = ReferenceEvaluator(onnx.load(path))
    return session.run(None, {session.input_names[0]: numbers})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("original")
    parser.add_argument("input")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shape", type=int, nargs="+")
    parser.add_argument("--range", type=float, nargs=2)
    words = parser.parse_args()
    numbers = from_table(words.input) if words.shape is None else from_picture(words.input, words.shape, *words.range)
    run = run_litert if words.original.endswith(".tflite") else run_onnx
    words.folder.mkdir(parents=True, exist_ok=True)
    numbers.tofile(words.folder / "input.f32")
    for place, output in enumerate(run(words.original, numbers)):
        output.astype("<f4").tofile(words.folder / f"{place}.f32")


main()
