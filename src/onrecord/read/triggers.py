"""Words that speak of a contact, and the parties that the sentence around them names."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from ..records import ContactKind
from .cast import Cast
from .contact_words import REQUESTS, kind_of, refined
from .document import Document
from .parties import PLACE_LINKS, admissible, completed, parties_of
from .tense import verb_of


@dataclass(frozen=True, slots=True)
class Trigger:
    """A contact spoken of at a token. `parties` are actor IDs; `assumed` says that they were taken from before."""

    token: Token
    paragraph: int
    kind: ContactKind
    parties: tuple[str, ...]
    assumed: bool
    place: str | None

    @property
    def request(self) -> bool:
        """Is it a request of one to the other, which may be denied where their meeting is not?"""
        return self.token.lemma_.lower() in REQUESTS


def find(document: Document, actors: Cast) -> list[Trigger]:
    """All contacts spoken of in the body, in text order. A trigger without parties of its own takes the last pair's."""
    out: list[Trigger] = []
    pair: tuple[str, ...] = ()
    pair_at = (-1, -1)  # paragraph and start of the sentence in which they were named
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.where != "body":
            continue
        for token in paragraph.doc:
            kind = kind_of(token)
            if kind is None:
                continue
            named = parties_of(actors, number, token)
            parties, assumed = completed(actors, number, token, named, pair, pair_at == (number, token.sent.start))
            if not admissible(actors, parties):
                continue
            if len(named) >= 2 or not assumed:
                pair, pair_at = parties, (number, token.sent.start)
            out.append(Trigger(token, number, refined(token, kind), parties, assumed, _place(token)))
    return _first_of_phrase(out)


def _place(token: Token) -> str | None:
    """Where: a city or country after "in" or "at" below the trigger or its verb."""
    for head in (token, verb_of(token)):
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in PLACE_LINKS:
                for place in child.children:
                    if place.dep_ == "pobj" and place.ent_type_ in ("GPE", "LOC", "FAC"):
                        return place.text
    return None


def _first_of_phrase(triggers: list[Trigger]) -> list[Trigger]:
    """ "Held talks during a visit": triggers of one phrase stay apart, but a verb over its own noun is one."""
    out: list[Trigger] = []
    for trigger in triggers:
        doubled = any(
            t.paragraph == trigger.paragraph and (t.token == trigger.token.head or trigger.token == t.token.head)
            and t.parties == trigger.parties and t.kind == trigger.kind for t in out
        )  # fmt: skip
        if not doubled:
            out.append(trigger)
    return out
