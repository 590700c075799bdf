"""Outlets that no table knows: "the weekly Polska Gazeta", "the Harbour Sentinel", "Vremya, a Moscow daily". What a paper is
called, or what stands beside its name, tells."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from ..tables.actors import Entry
from ..tables.words import words
from .cast import Cast, local_id
from .document import Paragraph

KINDS = words("actors.page_outlets") | words("actors.outlet_kinds")  # "daily", "broadcaster": before or after a name
SHAPES = words("actors.outlet_shapes")  # "Herald", "Kurier": the last word of a name
WITHIN = frozenset({"of", "and", "&", "-", "’", "'", "e", "de", "la", "le", "el", "al", "di"})
LONGEST = 5  # words of a name


def read(cast: Cast, number: int, paragraph: Paragraph) -> None:
    """Add the outlets of a paragraph."""
    doc = paragraph.doc
    for token in doc:
        if (number, token.i) in cast.at:
            continue
        if token.lower_ in KINDS and token.text == token.lower_:
            span = _name(cast, number, doc, token.i + 1)
            if span is not None and not _clause(doc[span[0]]):
                _enter(cast, number, doc, *span)
        elif token.text in SHAPES and token.i:
            first = _back(cast, number, doc, token.i)
            if first < token.i:
                _enter(cast, number, doc, first, token.i)
        elif token.text == "," and _is_outlet(doc, token.i + 1):
            first = _back(cast, number, doc, token.i)
            if first < token.i:
                _enter(cast, number, doc, first, token.i - 1)


def _named(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ", "X") and token.ent_type_ not in ("DATE", "TIME")


def _name(cast: Cast, number: int, doc: Doc, start: int) -> tuple[int, int] | None:
    """The first and last token of the name that begins at `start`, if one does."""
    end = start
    while end < min(len(doc), start + LONGEST) and (number, end) not in cast.at:
        joins = end > start and doc[end].lower_ in WITHIN and end + 1 < len(doc) and doc[end + 1].text[:1].isupper()
        if not _named(doc[end]) and not joins:
            break
        end += 1
    return (start, end - 1) if end > start else None


def _clause(token: Token) -> bool:
    """Is a name the subject of a clause about what stands before ("the paper Moscow signed")?"""
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "relcl"


def _back(cast: Cast, number: int, doc: Doc, last: int) -> int:
    """Where the name that ends before or with `last` begins; `last` itself where there is none."""
    first = last
    while first > max(0, last - LONGEST) and _named(doc[first - 1]):
        standing = cast.at.get((number, first - 1))
        longer = standing is not None and standing.first < first - 1 and doc[standing.first].lower_ != "the"
        if standing is not None and (longer or cast.kind(standing.actor) == "person"):
            break  # a place may be part of a paper's name
        first -= 1
    return first


def _is_outlet(doc: Doc, start: int) -> bool:
    """ ", a Moscow daily", ", the city's newspaper,": does an outlet's kind stand in the first words after a comma?"""
    after = doc[start : start + 5]
    kind = next((t for t in after if t.lower_ in KINDS and t.dep_ not in ("compound", "amod")), None)
    return (
        bool(len(after))
        and after[0].lower_ in ("a", "an", "the")
        and kind is not None
        and all(not t.is_punct for t in doc[start : kind.i])
    )


def _enter(cast: Cast, number: int, doc: Doc, first: int, last: int) -> None:
    name = doc[first : last + 1].text
    following = last + 1
    goes_on = following < len(doc) and (
        (number, following) in cast.at or doc[following].text == "-" or doc[following].ent_type_ == "PERSON"
    )
    if goes_on or (first == last and len(name) < 3):  # "Prime Minister | Abe", "Post-Debate"
        return
    entry = Entry(local_id(name), "outlet", name, None, None, ())
    cast.entries[entry.id] = entry
    cast.enter(entry, number, first, last, over=True)
