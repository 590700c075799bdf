"""The network: a small BERT encoder, a score for each word as head of a cue, and, for each cue, a role for each word.

Roles are labelled once for every cue (as semantic roles are for every predicate), so that attributions may nest and share
a source, and content may be in pieces. Shapes: B windows, P pieces, W words, C cues, D the encoder's width.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

ROLES = ("none", "source", "cue", "content")
REACH = 64  # words on either side of the cue that have a distance of their own


@dataclass(frozen=True)
class Sizes:
    """The encoder's sizes (MiniLM-L6) and the head's."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    role_width: int = 128
    eps: float = 1e-12


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, s: Sizes) -> None:
        super().__init__()
        self.heads = s.heads
        self.query, self.key, self.value = (nn.Linear(s.width, s.width) for _ in range(3))
        self.out = nn.Linear(s.width, s.width)
        self.norm1, self.norm2 = (nn.LayerNorm(s.width, eps=s.eps) for _ in range(2))
        self.up, self.down = nn.Linear(s.width, s.inner), nn.Linear(s.inner, s.width)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """x: B×P×D; bias: what is added to the weight of a piece for another, as B×1×1×P
        or 1×H×P×P; None where nothing is."""
        b, p, d = x.shape
        q, k, v = (f(x).view(b, p, self.heads, d // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value))
        bias = None if bias is None else bias.to(q.dtype)
        mixed = F.scaled_dot_product_attention(q, k, v, bias).transpose(1, 2).reshape(b, p, d)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """From embedded pieces to words, and each word's score as a cue."""

    def __init__(self, s: Sizes) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(s.width, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(s) for _ in range(s.layers))
        self.cue = nn.Sequential(nn.Linear(s.width, s.role_width), nn.GELU(), nn.Linear(s.role_width, 1))
        self.tags = nn.Linear(s.width, len(ROLES) - 1)  # is the word in any source, cue, content? Only used in training

    def forward(self, embedded: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """embedded: B×P×D; mask: B×P, 1 for pieces; first: B×W, the first piece of each word. Gives B×W×D and B×W."""
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        x = self.drop(self.norm(embedded))
        for layer in self.layers:
            x = layer(x, bias)
        words = torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        return words, self.cue(words).squeeze(-1)


class Roles(nn.Module):
    """For each cue, the role of each word of its window."""

    def __init__(self, s: Sizes) -> None:
        super().__init__()
        n = s.role_width
        self.word, self.head = nn.Linear(s.width, n), nn.Linear(s.width, n)
        self.word_times, self.head_times = nn.Linear(s.width, n), nn.Linear(s.width, n)
        self.distance = nn.Embedding(2 * REACH + 1, n)
        self.mix = nn.Linear(n, n)
        self.convs = nn.ModuleList(nn.Conv1d(n, n, 5, padding=2 * d, dilation=d) for d in (1, 2, 4))
        self.norms = nn.ModuleList(nn.LayerNorm(n) for _ in range(3))
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(n, len(ROLES))

    def forward(self, words: Tensor, cues: Tensor, distance: Tensor, mask: Tensor) -> Tensor:
        """words: C×W×D; cues: C×D; distance: C×W from 0 to 2·REACH; mask: C×W, 1 for words. Gives C×W×roles."""
        x = self.word(words) + self.head(cues).unsqueeze(1) + self.distance(distance)
        return self.label(x + self.word_times(words) * self.head_times(cues).unsqueeze(1), mask)

    def label(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x: C×W×N, words as each cue sees them. Gives C×W×roles."""
        x = self.drop(self.mix(F.gelu(x)))
        for conv, norm in zip(self.convs, self.norms, strict=True):
            if mask is not None:
                x = x * mask.unsqueeze(-1)
            x = norm(x + self.drop(F.gelu(conv(x.transpose(1, 2)).transpose(1, 2))))
        return self.out(x)


class Network(nn.Module):
    """Embeddings, encoder and roles together."""

    def __init__(self, s: Sizes = Sizes()) -> None:
        super().__init__()
        self.pieces = nn.Embedding(s.vocabulary, s.width)
        self.positions = nn.Embedding(s.positions, s.width)
        self.kind = nn.Parameter(torch.zeros(s.width))  # BERT's first token type
        self.case, self.quote, self.starts = nn.Embedding(3, s.width), nn.Embedding(4, s.width), nn.Embedding(2, s.width)
        self.encoder, self.roles = Encoder(s), Roles(s)
        for table in (self.case, self.quote, self.starts):
            nn.init.zeros_(table.weight)
        nn.init.normal_(self.roles.distance.weight, std=0.02)

    def embed(self, ids: Tensor, case: Tensor, quote: Tensor, starts: Tensor) -> Tensor:
        """All B×P. Gives B×P×D, before the first normalisation."""
        places = self.positions.weight[: ids.shape[1]]
        return self.pieces(ids) + places + self.kind + self.case(case) + self.quote(quote) + self.starts(starts)

    def load_bert(self, weights: dict[str, Tensor]) -> None:
        """Take the weights of a BERT encoder of the same sizes (names as Hugging Face writes them)."""
        own = {
            "pieces.weight": "embeddings.word_embeddings.weight",
            "positions.weight": "embeddings.position_embeddings.weight",
            "encoder.norm.weight": "embeddings.LayerNorm.weight", "encoder.norm.bias": "embeddings.LayerNorm.bias",
        }  # fmt: skip
        parts = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                 "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                 "down": "output.dense", "norm2": "output.LayerNorm"}  # fmt: skip
        for n in range(len(self.encoder.layers)):
            for mine, theirs in parts.items():
                for kind in ("weight", "bias"):
                    own[f"encoder.layers.{n}.{mine}.{kind}"] = f"encoder.layer.{n}.{theirs}.{kind}"
        state = self.state_dict()
        state.update({mine: weights[theirs] for mine, theirs in own.items()})
        state["kind"] = weights["embeddings.token_type_embeddings.weight"][0]
        self.load_state_dict(state)
