"""`python -m tflite_to_onnx IN.tflite OUT.onnx [--round]`: one file in, one file out."""

import argparse

import onnx

from .convert import convert


def main() -> None:
    parser = argparse.ArgumentParser(prog="tflite_to_onnx", description=__doc__)
    parser.add_argument("tflite")
    parser.add_argument("onnx")
    parser.add_argument(
        "--round",
        action="store_true",
        help="store every weight as float16; without it only those that float16 holds exactly",
    )
    words = parser.parse_args()
    model = convert(words.tflite, round_weights=words.round)
    onnx.save(model, words.onnx)
    print(f"{words.onnx}: {len(model.graph.node)} nodes, {model.ByteSize()} bytes")


main()
