"""From trained weights to what ships: int8 embeddings, three graphs, the encoder's in int8, and a manifest.

python -m training.contacts.export --work build/contacts --examples build/contacts/examples.pkl --out src/onrecord/models/contacts
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import subprocess
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.attribution.export import per_row

from .encoder import END, SHA256, SIZES, START, Text
from .network import FEATURES, WIDTH, Network


class Encode(nn.Module):
    """The encoder over one window."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.text = network.text

    def forward(self, embedded: Tensor, known: Tensor, real: Tensor, first: Tensor) -> Tensor:
        """embedded: P×D; known: P×FEATURES; real: P×1, 0 at the two ends; first: W. Gives W×D."""
        return self.text(embedded + real * self.text.marks(known), first)


def save_embeddings(text: Text, out: Path) -> None:
    """The tables as the program adds them up. What it adds to the two ends, and training does not, is taken off beforehand."""
    known = {name: getattr(text, name).weight.detach() for name in ("case", "quote", "starts")}
    pieces = text.pieces.clone()
    pieces[[START, END]] -= sum((table[0] for table in known.values()), torch.zeros(SIZES.width))
    values, scale = per_row(pieces)
    np.savez(out, pieces=values, scale=scale, positions=text.positions.numpy().astype(np.float16),
             **{name: table.numpy() for name, table in known.items()})  # fmt: skip


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("work", "examples", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, default=Path("build/encoder/mpnet.safetensors"))
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    examples = pickle.loads(args.examples.read_bytes())
    first = examples[0]
    widths = {"actor": first.actor_pairs.shape[-1], "time": first.time_pairs.shape[-1], "same": first.same_pairs.shape[-1]}
    network = Network(**widths)
    network.text.start(args.encoder)
    network.load_state_dict(torch.load(args.work / "network.pt"))
    network.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    save_embeddings(network.text, args.out / "embeddings.npz")
    whole = args.work / "encoder.onnx"
    given = torch.zeros(20, SIZES.width), torch.zeros(20, FEATURES), torch.ones(20, 1), torch.zeros(9, dtype=torch.long)
    torch.onnx.export(
        Encode(network), given, whole,
        input_names=["embedded", "known", "real", "first"], output_names=["words"], dynamo=False, opset_version=17,
        dynamic_axes={"embedded": {0: "p"}, "known": {0: "p"}, "real": {0: "p"}, "first": {0: "w"}, "words": {0: "w"}},
    )  # fmt: skip
    quantize_dynamic(
        whole, args.out / "encoder.onnx", per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"]
    )
    torch.onnx.export(
        network.context, (torch.zeros(9, SIZES.width), torch.zeros(9, FEATURES)), args.out / "context.onnx",
        input_names=["vectors", "features"], output_names=["words", "kinds", "own"], dynamo=False, opset_version=17,
        dynamic_axes={n: {0: "w"} for n in ("vectors", "features", "words", "kinds", "own")},
    )  # fmt: skip
    c, m, t = 3, 4, 2
    shapes = {"words": (c, WIDTH), "named": (m, WIDTH), "times": (t, WIDTH), "actor": (c, m, widths["actor"]),
              "time": (c, t, widths["time"]), "same": (c, c, widths["same"] + 1), "alike": (1 + m + t + c,) * 2}  # fmt: skip
    axes = {"words": "c", "named": "m", "times": "t", "actor": "cm", "time": "ct", "same": "cc", "alike": "nn", "own": "c",
            "actors": "cm", "dates": "ct", "alikes": "cc"}  # fmt: skip
    torch.onnx.export(
        network.table, tuple(torch.zeros(shape) for shape in shapes.values()), args.out / "table.onnx",
        input_names=list(shapes), output_names=["own", "actors", "dates", "alikes"], dynamo=False, opset_version=17,
        dynamic_axes={name: dict(enumerate(letters)) for name, letters in axes.items()},
    )  # fmt: skip
    files = ("embeddings.npz", "encoder.onnx", "context.onnx", "table.onnx")
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    manifest = {
        "format": 1, "files": {n: hashlib.sha256((args.out / n).read_bytes()).hexdigest() for n in files},
        "pages": len(examples), "examples_sha256": hashlib.sha256(args.examples.read_bytes()).hexdigest(), "seed": args.seed,
        "commit": commit,
        "encoder_sha256": SHA256, "licences": {
            "encoder": "all-mpnet-base-v2, Apache-2.0", "weights": "Apache-2.0", "pages": "Apache-2.0, written for the purpose"},
    }  # fmt: skip
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
