"""The network: an encoder that is shown what is known of each word (encoder.py), and scores of words, alone and in pairs.

Shapes: W words, D the encoder's width, C words that may tell of a contact.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from .encoder import SIZES, Text

FEATURES, WIDTH = 69, 160
CELL, HEADS, ROUNDS, DROP = 128, 4, 2, 0.2
KINDS, STANCES, OWN = 7, 10, 3
WAYS = 3  # in which a time dates a contact: at, since, until


class Context(nn.Module):
    """Words made ready, and what each tells by itself: a kind of contact or none, to come or not, who says so unnamed."""

    def __init__(self) -> None:
        super().__init__()
        self.vectors, self.features = nn.Linear(SIZES.width, WIDTH), nn.Linear(FEATURES, WIDTH)
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
        self.time_scores, self.same_scores = head(WAYS), head(1)

    def forward(self, words: Tensor, named: Tensor, times: Tensor, actor: Tensor, time: Tensor, same: Tensor,
                alike: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:  # fmt: skip
        """words: C×WIDTH, named: M×WIDTH, times: T×WIDTH; actor: C×M×F, time: C×T×F, same: C×C×(F+1), what is known of pairs;
        alike: (1+M+T+C)², 1 where two columns are one actor. Gives C×(KINDS + those of `Context.own`), C×M×(1+STANCES),
        C×T×WAYS, C×C."""  # fmt: skip
        m, t = named.shape[0], times.shape[0]
        others = torch.cat([named, times, words])
        pairs = torch.cat([self.actor(actor), self.time(time), self.same(same)], dim=1)
        pairs = pairs + self.columns(others)[None] + self.row_times(words)[:, None] * self.column_times(others)[None]
        x = torch.cat([(self.own + self.own_times(words))[:, None], pairs], dim=1) + self.rows(words)[:, None]
        x = self.drop(F.gelu(x))
        for one in self.rounds:
            x = one(x, alike)
        found = self.same_scores(x[:, 1 + m + t :])[:, :, 0]
        return (self.own_scores(x[:, 0]), self.actor_scores(x[:, 1 : 1 + m]), self.time_scores(x[:, 1 + m : 1 + m + t]),
                found + found.transpose(0, 1))  # fmt: skip


class Network(nn.Module):
    """All of it."""

    def __init__(self, actor: int, time: int, same: int) -> None:
        super().__init__()
        self.text = Text(FEATURES)
        self.context = Context()
        self.table = Table(actor, time, same)
        with torch.no_grad():  # most pairs have nothing to do with each other
            self.context.own[-1].bias[1 : 1 + OWN * STANCES] = -4.0
