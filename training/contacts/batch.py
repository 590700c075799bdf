"""Pages as tensors, and several pages as one: every place counted on over the pages of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from onrecord.read.contact_table import alike, square

from .data import Example
from .network import OWN, WAYS


@dataclass(slots=True)
class Ready:
    """A page's tensors. Every index is counted from the page's start; `sizes` says how far the next page's are moved on."""

    example: Example
    tensors: dict[str, Tensor]
    sizes: dict[str, int]
    table: dict[str, Tensor]  # what the table is given, by the names of its inputs; words as their places


@dataclass(slots=True)
class Batch:
    """Pages together (W words, C candidates, A and T pairs, N told words); what is learnt of them beside what is given."""

    features: Tensor
    candidates: Tensor  # C, words
    kinds: Tensor  # C
    is_rest: Tensor  # W, 1 for words that are no candidates
    party_segment: Tensor  # A, a candidate with an actor
    parties: Tensor  # is that actor a party?
    party_weight: Tensor
    told: Tensor  # N, candidates
    ahead: Tensor  # N
    stance_rows: Tensor  # those of A whose candidate is told
    stance_segment: Tensor  # … their contact with an actor
    own_segment: Tensor  # N·OWN, a contact with one of OWN
    stances: Tensor  # segments of actors, then those of OWN
    time_rows: Tensor  # those of the cells of times, WAYS each, whose candidate is told
    time_segment: Tensor  # 2N + T·WAYS, a told word
    time_right: Tensor  # of these the right ones
    same: Tensor  # cells of two told words
    is_same: Tensor
    contacts: int
    columns: int


# What each index counts, so that pages can be put together; the others are values.
COUNTS = {
    "candidates": "words", "party_segment": "party", "told": "candidates", "stance_rows": "pairs", "stance_segment": "columns",
    "own_segment": "own", "time_rows": "cells", "same": "squares", "time_told": "told", "time_right_own": "time_own",
    "time_right_pairs": "time_pairs",
}  # fmt: skip


def ready(e: Example) -> Ready:
    """A page's tensors."""
    t = torch.as_tensor
    owner = {w: n for n, told in enumerate(e.told) for w in told.words}
    count, mentions, times = len(e.candidates), len(e.named), len(e.time_words) * WAYS
    words = torch.tensor(e.candidates, dtype=torch.long)
    told = [c for c in range(count) if c in owner]
    place = {c: n for n, c in enumerate(told)}
    rest = torch.ones(len(e.features))
    rest[words] = 0
    rest[: e.body] = 0
    column = t(e.named[:, 0]) if mentions else torch.zeros(0, dtype=torch.long)
    pair_candidate = torch.arange(count).repeat_interleave(mentions)
    parties, weight = torch.zeros(count, e.columns), torch.zeros(count, e.columns)
    stances = torch.zeros(len(e.told), e.columns, dtype=torch.long)
    own = torch.zeros(len(e.told), OWN, dtype=torch.long)
    for n, contact in enumerate(e.told):
        for w in contact.words:
            parties[w, contact.parties] = 1
            weight[w] = 0 if contact.missing else 1 / len(contact.words)
        for who, stance in contact.stances.items():
            (stances if who >= 0 else own)[n, who if who >= 0 else -1 - who] = stance + 1
    rows = torch.tensor([i for i, c in enumerate(pair_candidate.tolist()) if c in owner], dtype=torch.long)
    contact_of = torch.tensor([owner.get(c, 0) for c in range(count)], dtype=torch.long)
    same = [(i, j) for i, j in e.same.tolist() if i in owner and j in owner]
    tensors: dict[str, Any] = {
        "features": t(e.features).float(), "candidates": words,
        "kinds": torch.tensor([e.told[owner[c]].kind if c in owner else 0 for c in range(count)], dtype=torch.long),
        "is_rest": rest,
        "party_segment": pair_candidate * e.columns + column.repeat(count),
        "parties": parties.flatten(), "party_weight": weight.flatten(), "told": torch.tensor(told, dtype=torch.long),
        "ahead": torch.tensor([float(not e.told[owner[c]].past) for c in told]), "stance_rows": rows,
        "stance_segment": contact_of[pair_candidate[rows]] * e.columns + column.repeat(count)[rows],
        "own_segment": torch.tensor([owner[c] * OWN + k for c in told for k in range(OWN)], dtype=torch.long),
        "actor_stances": stances.flatten(), "own_stances": own.flatten(),
        "time_rows": torch.tensor([c * times + k for c in told for k in range(times)], dtype=torch.long),
        "time_told": torch.arange(len(told)).repeat_interleave(times),
        "same": torch.tensor([i * count + j for i, j in same], dtype=torch.long),
        "is_same": torch.tensor([float(owner[i] == owner[j]) for i, j in same]),
    }  # fmt: skip
    own_right, pair_right = [], []
    for c in told:
        contact = e.told[owner[c]]
        if contact.times is not None:
            own_right += [place[c] * 2] * contact.none + [place[c] * 2 + 1] * contact.today
            pair_right += [place[c] * times + i for i in contact.times]
    tensors["time_right_own"] = torch.tensor(own_right, dtype=torch.long)
    tensors["time_right_pairs"] = torch.tensor(pair_right, dtype=torch.long)
    sizes = {"words": len(e.features), "party": count * e.columns, "pairs": count * mentions, "columns": len(e.told) * e.columns,
             "candidates": count, "cells": count * times, "squares": count * count, "own": len(e.told) * OWN,
             "told": len(told), "time_own": 2 * len(told), "time_pairs": len(told) * times, "contacts": len(e.told)}  # fmt: skip
    return Ready(e, tensors, sizes, table_of(e))


def table_of(e: Example) -> dict[str, Tensor]:
    """What the table of a page is given."""
    t = torch.as_tensor
    c, n = len(e.candidates), len(e.time_words)
    return {"words": torch.tensor(e.candidates, dtype=torch.long), "named": t(e.named[:, 1]),
            "times": t(e.time_words).long(), "actor": t(e.actor_pairs).float(), "time": t(e.time_pairs).float(),
            "same": t(square(e.same, e.same_pairs, c)), "alike": t(alike(e.named[:, 0], n + c))}  # fmt: skip


def batch_of(pages: list[Ready]) -> Batch:
    """Pages put together."""
    moved: dict[str, list[Tensor]] = {}
    at = dict.fromkeys(pages[0].sizes, 0)
    for page in pages:
        for name, value in page.tensors.items():
            moved.setdefault(name, []).append(value + at[COUNTS[name]] if name in COUNTS else value)
        for name, size in page.sizes.items():
            at[name] += size
    x = {name: torch.cat(values) for name, values in moved.items()}
    segment = torch.cat([torch.arange(at["told"]).repeat_interleave(2), x.pop("time_told")])
    right = torch.cat([x.pop("time_right_own"), x.pop("time_right_pairs") + 2 * at["told"]])
    stances = torch.cat([x.pop("actor_stances"), x.pop("own_stances")])
    return Batch(**x, time_segment=segment, time_right=right, stances=stances, contacts=at["contacts"], columns=at["columns"])
