"""The words that introduce what somebody says or thinks, from tables/cues.tsv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.tokens import Token

from ..tables import rows

CueClass = Literal["say", "ask", "deny", "accuse", "think"]
PARENTHETICAL = frozenset("say add note tell report state write explain reply announce claim inform insist warn think believe argue".split())
# Nouns that stand for somebody's words: "reports that", "remarks by", "speculation about".
NOUNS = frozenset(
    "report claim statement remark comment allegation speculation rumor rumour announcement assertion suggestion accusation "
    "warning promise denial confirmation prediction belief fear hope account".split()
)
NEEDS_CLAUSE = frozenset("call point find show post continue add quote cite support plan intend know understand feel describe consider".split())
TAKES_OBJECT = frozenset(
    "deny reject refute dismiss dispute announce confirm report claim disclose reveal propose support oppose criticize criticise condemn "
    "praise demand fear describe mention acknowledge admit predict expect want plan welcome cite urge promise pledge know doubt".split()
)


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
