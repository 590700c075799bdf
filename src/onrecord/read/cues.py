"""The words that introduce what somebody says or thinks, from tables/cues.tsv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.tokens import Token

from ..tables import rows
from ..tables.words import words

CueClass = Literal["say", "ask", "deny", "accuse", "think"]
PARENTHETICAL = words("cues.parenthetical")
# Nouns that stand for somebody's words: "reports that", "remarks by", "speculation about".
NOUNS = words("cues.nouns")
NEEDS_CLAUSE = words("cues.needs_clause")
TAKES_OBJECT = words("cues.takes_object")


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of the table."""

    lemma: str
    kind: CueClass


@cache
def cues() -> dict[str, Cue]:
    """All cue verbs by lemma."""
    return {row["lemma"]: Cue(row["lemma"], cast(CueClass, row["class"])) for row in rows("cues.tsv")}


def cue_of(token: Token) -> Cue | None:
    """The cue that a token is: a verb of the table, no adjective before a noun ("announced calls")."""
    if token.pos_ not in ("VERB", "AUX", "NOUN") or (token.pos_ == "NOUN" and token.tag_ not in ("VBD", "VBZ")):
        return None
    if token.dep_ in ("amod", "compound"):
        return None
    return cues().get(token.lemma_.lower())
