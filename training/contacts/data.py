"""Pages as the network learns from them: arrays, and what is told in their terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .pages import Gold


@dataclass(slots=True)
class Told:
    """A contact as the network learns it: its words (places in `told`), and what goes with it."""

    words: list[int]
    kind: int
    past: bool
    parties: list[int]  # columns of actors
    missing: int  # parties that are nobody's column
    stances: dict[int, int]  # column → stance; OWN are -1, -2, -3
    times: list[int] | None  # what gives its date, times · WAYS + way; None where nothing is to be learnt
    none: bool  # it has no date of its own
    today: bool
    gold: Gold | None = None


@dataclass(slots=True)
class Example:
    """A page."""

    id: str
    words: Any  # texts, case, quote, starts of each word
    people: set[str]  # family names on the page, in lower case
    features: Any
    body: int  # the first word of the body
    candidates: list[int]  # words that may tell of a contact: told ones, and those of the table
    named: Any  # M×2: column, word
    columns: int
    actor_pairs: Any  # candidates × M × F
    time_words: Any
    time_pairs: Any
    same: Any
    same_pairs: Any
    told: list[Told] = field(default_factory=list)
