"""The network: an encoder that is shown what is known of each word, and scores of words, alone and in pairs.

The encoder begins as the attribution reader's. Shapes: P pieces, W words, D width, N pairs.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from training.attribution.network import Encoder, Sizes

FEATURES, WIDTH, PAIR = 69, 160, 96
KINDS, STANCES, OWN = 7, 10, 3
ORDER = ("query", "key", "value", "out", "up", "down")  # of a layer's products in the shipped graph


class Text(nn.Module):
    """Words of a window from their pieces and what is known of them."""

    def __init__(self, shipped: Path) -> None:
        super().__init__()
        self.encoder = Encoder(Sizes())
        with np.load(shipped / "embeddings.npz") as tables:
            for name in tables.files:
                self.register_buffer(f"table_{name}", torch.tensor(tables[name].astype(np.float32)), persistent=False)
        self.marks = nn.Linear(FEATURES, Sizes().width)
        nn.init.normal_(self.marks.weight, std=0.01)
        self.encoder.load_state_dict(weights_of(shipped / "encoder.onnx"), strict=False)

    def embed(self, ids: Tensor, words: Tensor, case: Tensor, quote: Tensor, starts: Tensor, features: Tensor) -> Tensor:
        """ids: P; words: P, the word of each piece, -1 for the two ends; the others: W. Gives P×D."""
        real, place = (words >= 0)[:, None], words.clamp(min=0)
        x = self.table_pieces[ids] * self.table_scale[ids] + self.table_positions[: len(ids)]
        for name, values in (("case", case), ("quote", quote), ("starts", starts)):
            table = getattr(self, f"table_{name}")
            x = x + torch.where(real, table[values[place]], table[0])
        return x + torch.where(real, self.marks(features)[place], torch.zeros(()))

    def forward(self, embedded: Tensor, first: Tensor) -> Tensor:
        """embedded: P×D; first: W, the first piece of each word. Gives W×D."""
        x = self.encoder.drop(self.encoder.norm(embedded))[None]
        for layer in self.encoder.layers:
            x = layer(x, None)
        return x[0].index_select(0, first)


def weights_of(path: Path) -> dict[str, Tensor]:
    """The encoder's weights out of a shipped graph, its int8 matrices back as numbers."""
    graph = onnx.load(str(path)).graph
    known = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    plain = [n for n, v in known.items() if n.startswith("encoder.") and v.dtype == np.float32 and not n.endswith("_scale")]
    out = {n.removeprefix("encoder."): torch.tensor(known[n].copy()) for n in plain}
    matrices = [n.removesuffix("_quantized") for n in known if n.startswith("onnx::MatMul") and n.endswith("_quantized")]
    for place, name in enumerate(matrices):
        values = known[f"{name}_quantized"].astype(np.float32) - known[f"{name}_zero_point"].astype(np.float32)
        out[f"layers.{place // 6}.{ORDER[place % 6]}.weight"] = torch.tensor((values * known[f"{name}_scale"]).T.copy())
    return out


class Context(nn.Module):
    """Words made ready, and what each tells by itself: a kind of contact or none, to come or not, who says so unnamed."""

    def __init__(self) -> None:
        super().__init__()
        self.vectors, self.features = nn.Linear(Sizes().width, WIDTH), nn.Linear(FEATURES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.drop = nn.Dropout(0.2)
        self.kind = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Dropout(0.2), nn.Linear(WIDTH, KINDS))
        self.own = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Dropout(0.2), nn.Linear(WIDTH, 1 + OWN * STANCES + 2))

    def forward(self, vectors: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """vectors: W×D; features: W×FEATURES. Gives W×WIDTH, W×KINDS, and W×(to come; stances of the narrator, of unnamed
        officials, of unnamed reports; no date, the page's day)."""
        x = self.norm(self.drop(self.vectors(vectors)) + self.features(features))
        return x, self.kind(x), self.own(x)


class Pairs(nn.Module):
    """A word that tells of a contact, and another word: any number of scores."""

    def __init__(self, features: int, out: int) -> None:
        super().__init__()
        self.a, self.b = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.ta, self.tb = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.features = nn.Linear(features, PAIR)
        self.more = nn.Sequential(
            nn.GELU(), nn.Dropout(0.2), nn.Linear(PAIR, PAIR), nn.GELU(), nn.Dropout(0.2), nn.Linear(PAIR, out)
        )

    def forward(self, first: Tensor, second: Tensor, features: Tensor) -> Tensor:
        """first, second: N×WIDTH; features: N×F. Gives N×out."""
        return self.more(self.a(first) + self.b(second) + self.ta(first) * self.tb(second) + self.features(features))


class Network(nn.Module):
    """All of it."""

    def __init__(self, shipped: Path, actor: int, time: int, same: int) -> None:
        super().__init__()
        self.text = Text(shipped)
        self.context = Context()
        self.actor = Pairs(actor, 1 + STANCES)
        self.time = Pairs(time, 1)
        self.same = Pairs(same, 1)
        with torch.no_grad():  # most pairs have nothing to do with each other
            self.actor.more[-1].bias.fill_(-4.0)
            self.context.own[-1].bias[1 : 1 + OWN * STANCES] = -4.0
