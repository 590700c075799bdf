"""How two words of a scene hang together by the parse, as numbers: how far each is below where their ways to the root meet, and
in which role the one stands in its clause."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from .pieces import Floats

UP, DOWN = 6, 4  # steps told apart, the last standing for all beyond
ROLES = ("nsubj", "nsubjpass", "dobj", "dative", "poss", "amod", "attr", "agent", "with", "to", "by", "from", "between", "of",
         "in", "for", "other")  # fmt: skip
PATHS = UP + DOWN + 1
PARTS = frozenset({"conj", "appos", "compound", "nmod", "flat"})  # a word in another's place
AGAIN = frozenset({"the", "this", "that", "these", "those", "their", "its", "his", "her", "both"})
ANOTHER = frozenset({"another", "second", "third", "next", "previous", "earlier", "last", "latest", "further", "new", "other",
                     "more", "first", "future", "past", "separate", "later"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """A word's way up its tree: token numbers, its own first."""

    paragraph: int
    sentence: int
    steps: tuple[int, ...]
    role: int  # among ROLES


def way(number: int, token: Token) -> Way:
    """The way of a token of paragraph `number`, from the word in whose place it stands."""
    for _ in range(4):
        if token.dep_ not in PARTS or token.head == token:
            break
        token = token.head
    name = token.head.lower_ if token.dep_ == "pobj" else token.dep_
    role = ROLES.index(name) if name in ROLES else len(ROLES) - 1
    steps = [token.i]
    sentence = token.sent.start
    while len(steps) <= UP and token.head != token:
        token = token.head
        steps.append(token.i)
    return Way(number, sentence, tuple(steps), role)


def between(a: list[Way], b: list[Way]) -> Floats:
    """How each of `a` hangs together with each of `b`: A×B×PATHS, the last for those of other sentences."""
    out = np.zeros((len(a), len(b), PATHS), np.float32)
    for i, first in enumerate(a):
        for j, second in enumerate(b):
            if (first.paragraph, first.sentence) != (second.paragraph, second.sentence):
                out[i, j, -1] = 1
                continue
            meet = next((s for s in first.steps if s in second.steps), None)
            up = first.steps.index(meet) if meet is not None else UP
            down = second.steps.index(meet) if meet is not None else DOWN
            out[i, j, min(up, UP - 1)] = out[i, j, UP + min(down, DOWN - 1)] = 1
    return out


def roles(ways: list[Way]) -> Floats:
    """One-hot roles, N×ROLES."""
    return np.eye(len(ROLES), dtype=np.float32)[[w.role for w in ways]]


def pointed(token: Token) -> tuple[bool, bool]:
    """Does a word point back ("the call", "their talks"), and does it tell itself from others ("another call")?"""
    children = {c.lower_ for c in token.children if c.i < token.i}
    return bool(children & AGAIN), bool(children & ANOTHER)
