"""The network of both layout readers: bags of hashed words and numbers of each unit, mixed along the page, to one score a unit.

Shapes: B pages, S units (blocks or stretches), K hashed words of a unit, F numbers.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812


class Mix(nn.Module):
    """Units looking at their neighbours, `dilation` apart, and at the page as a whole."""

    def __init__(self, width: int, dilation: int, drop: float) -> None:
        super().__init__()
        self.conv = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.norm = nn.LayerNorm(width)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: B×S×D; mask: B×S×1."""
        y = self.conv((x * mask).transpose(1, 2)).transpose(1, 2)
        return self.norm(x + self.drop(F.gelu(y)))


class Layout(nn.Module):
    """Scores (before the sigmoid) for the units of a page."""

    def __init__(self, bags: tuple[int, ...], numbers: int, table: int, *, dim: int = 16, width: int = 64,
                 dilations: tuple[int, ...] = (1, 2, 4, 8, 1, 2, 4, 8), drop: float = 0.15) -> None:  # fmt: skip
        super().__init__()
        self.bags = bags
        self.table = nn.Embedding(table, dim, padding_idx=0)
        nn.init.normal_(self.table.weight, std=0.1)
        with torch.no_grad():
            self.table.weight[0].zero_()
        self.enter = nn.Linear(dim * len(bags) + numbers, width)
        self.mixes = nn.ModuleList(Mix(width, d, drop) for d in dilations)
        self.whole = nn.Linear(2 * width, width)
        self.drop = nn.Dropout(drop)
        self.middle = nn.Linear(width, width)
        self.out = nn.Linear(width, 1)

    def forward(self, numbers: Tensor, ids: Tensor, mask: Tensor) -> Tensor:
        """numbers: B×S×F; ids: B×S×K; mask: B×S, 1 where a unit is. Gives B×S."""
        mask = mask.unsqueeze(-1)
        vectors = self.table(ids)
        bags = [part.sum(2) / (part.abs().sum(3) > 0).sum(2, keepdim=True).clamp(min=1).to(part.dtype).sqrt()
                for part in torch.split(vectors, self.bags, dim=2)]  # fmt: skip
        x = F.gelu(self.enter(self.drop(torch.cat([numbers, *bags], -1))))
        for i, mix in enumerate(self.mixes):
            x = mix(x, mask)
            if i == len(self.mixes) // 2 - 1:
                mean = (x * mask).sum(1, keepdim=True) / mask.sum(1, keepdim=True)
                most = (x * mask + (mask - 1) * 1e4).amax(1, keepdim=True)
                x = x + self.whole(torch.cat([mean, most], -1))
        return self.out(F.gelu(self.middle(x))).squeeze(-1)
