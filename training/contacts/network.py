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
from torch.nn import functional as F  # noqa: N812

from training.attribution.network import Encoder, Sizes

FEATURES, WIDTH = 69, 160
CELL, HEADS, ROUNDS, DROP = 128, 4, 2, 0.2
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


class Looking(nn.Module):
    """Cells look at the other cells of their row."""

    def __init__(self) -> None:
        super().__init__()
        self.norm, self.all, self.out = nn.LayerNorm(CELL), nn.Linear(CELL, 3 * CELL), nn.Linear(CELL, CELL)
        self.drop = nn.Dropout(DROP)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """x: R×N×CELL; bias: HEADS×N×N, what is added to the weight of a cell for another. Gives R×N×CELL."""
        r, n, _ = x.shape
        query, key, value = self.all(self.norm(x)).reshape(r, n, 3, HEADS, CELL // HEADS).permute(2, 0, 3, 1, 4)
        weight = query @ key.transpose(2, 3) / (CELL // HEADS) ** 0.5
        weight = torch.softmax(weight if bias is None else weight + bias, dim=-1)
        return x + self.drop(self.out((weight @ value).transpose(1, 2).reshape(r, n, CELL)))


class Round(nn.Module):
    """Each cell looks along its row, then along its column, then thinks."""

    def __init__(self) -> None:
        super().__init__()
        self.row, self.column = Looking(), Looking()
        self.alike = nn.Parameter(torch.ones(HEADS))
        self.think = nn.Sequential(
            nn.LayerNorm(CELL), nn.Linear(CELL, 2 * CELL), nn.GELU(), nn.Dropout(DROP), nn.Linear(2 * CELL, CELL)
        )

    def forward(self, x: Tensor, alike: Tensor) -> Tensor:
        """x: C×N×CELL; alike: N×N, 1 where two columns are one actor. Gives C×N×CELL."""
        x = self.row(x, alike * self.alike[:, None, None])
        x = self.column(x.transpose(0, 1), None).transpose(0, 1)
        return x + self.think(x)


def head(out: int, bias: float = 0.0) -> nn.Sequential:
    """Scores of a cell."""
    last = nn.Linear(CELL, out)
    nn.init.constant_(last.bias, bias)
    return nn.Sequential(nn.LayerNorm(CELL), nn.Linear(CELL, CELL), nn.GELU(), nn.Dropout(DROP), last)


class Table(nn.Module):
    """Words that may tell of a contact, a row each; what they may go with, a column each: themselves, the M actors named, the
    T times, the C such words. Cells look at each other before they are scored."""  # fmt: skip

    def __init__(self, actor: int, time: int, same: int) -> None:
        super().__init__()
        self.rows, self.columns = nn.Linear(WIDTH, CELL), nn.Linear(WIDTH, CELL)
        self.row_times, self.column_times = nn.Linear(WIDTH, CELL), nn.Linear(WIDTH, CELL)
        self.own, self.own_times = nn.Parameter(torch.zeros(CELL)), nn.Linear(WIDTH, CELL)
        self.actor, self.time, self.same = nn.Linear(actor, CELL), nn.Linear(time, CELL), nn.Linear(same + 1, CELL)
        self.drop = nn.Dropout(DROP)
        self.rounds = nn.ModuleList(Round() for _ in range(ROUNDS))
        self.own_scores, self.actor_scores = head(KINDS + 1 + OWN * STANCES + 2), head(1 + STANCES, -4.0)
        self.time_scores, self.same_scores = head(1), head(1)

    def forward(self, words: Tensor, named: Tensor, times: Tensor, actor: Tensor, time: Tensor, same: Tensor,
                alike: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:  # fmt: skip
        """words: C×WIDTH, named: M×WIDTH, times: T×WIDTH; actor: C×M×F, time: C×T×F, same: C×C×(F+1), what is known of pairs;
        alike: (1+M+T+C)², 1 where two columns are one actor. Gives C×(KINDS + those of `Context.own`), C×M×(1+STANCES), C×T,
        C×C."""  # fmt: skip
        m, t = named.shape[0], times.shape[0]
        others = torch.cat([named, times, words])
        pairs = torch.cat([self.actor(actor), self.time(time), self.same(same)], dim=1)
        pairs = pairs + self.columns(others)[None] + self.row_times(words)[:, None] * self.column_times(others)[None]
        x = torch.cat([(self.own + self.own_times(words))[:, None], pairs], dim=1) + self.rows(words)[:, None]
        x = self.drop(F.gelu(x))
        for one in self.rounds:
            x = one(x, alike)
        found = self.same_scores(x[:, 1 + m + t :])[:, :, 0]
        return (self.own_scores(x[:, 0]), self.actor_scores(x[:, 1 : 1 + m]), self.time_scores(x[:, 1 + m : 1 + m + t])[:, :, 0],
                found + found.transpose(0, 1))  # fmt: skip


class Network(nn.Module):
    """All of it."""

    def __init__(self, shipped: Path, actor: int, time: int, same: int) -> None:
        super().__init__()
        self.text = Text(shipped)
        self.context = Context()
        self.table = Table(actor, time, same)
        with torch.no_grad():  # most pairs have nothing to do with each other
            self.context.own[-1].bias[1 : 1 + OWN * STANCES] = -4.0
