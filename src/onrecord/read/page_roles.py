"""Who "the mayor", "the Kremlin spokesman", "the commission", "the newspaper" or "the Post" is: the person to whom the page gave
that title, the body whose name ends with that word, the outlet named last."""

from __future__ import annotations

import re

from spacy.tokens import Token

from ..tables.words import words
from .cast import Cast, Mention

ROLES = words("actors.page_roles")
BODIES = words("actors.page_bodies")
PAPERS = words("actors.page_outlets")
SHORT = words("actors.short_outlets")
POSSESSIVES = ("'s", "’s")
WORD = re.compile(r"[A-Za-z]+")


def read(cast: Cast) -> None:
    """Add a mention for each "the <role>" that only what the page said before can explain; the last one named is meant."""
    known: dict[str, str] = {}
    by_paragraph: dict[int, list[Mention]] = {}
    for m in cast.mentions:
        by_paragraph.setdefault(m.paragraph, []).append(m)
    for number, paragraph in enumerate(cast.document.paragraphs):
        starts = {m.first: m for m in by_paragraph.get(number, ())}
        for token in paragraph.doc:
            named = starts.get(token.i)
            if named is not None:
                known.update(dict.fromkeys(_named(cast, named), named.actor))
            meant = _meant(cast, known, number, token)
            if meant is None:
                continue
            following = paragraph.doc[token.i + 1] if token.i + 1 < len(paragraph.doc) else None
            if following is None or (following.lower_ not in ("of", "for", "to") and following.pos_ not in ("PROPN", "NOUN")):
                actor, first = meant
                cast.enter(cast.entries[actor], number, first, token.i, over=True)


def _meant(cast: Cast, known: dict[str, str], number: int, token: Token) -> tuple[str, int] | None:
    """Whom a word such as "mayor" or "Post" means after "the", or after the body that he speaks for; and where that begins."""
    shape = token.text == token.lower_ or token.text.istitle()
    actor = known.get(token.lower_ if token.text == token.lower_ else token.text)
    if actor is None or not shape or not token.i or (number, token.i) in cast.at:
        return None
    before = token.nbor(-1)
    if before.lower_ in ("the", "this"):
        return actor, before.i
    body = cast.at.get((number, before.i))  # "the Kremlin spokesman", "Moscow's foreign minister"
    if body is None and before.lower_ in POSSESSIVES and before.i:
        body = cast.at.get((number, before.i - 1))
    country = cast.table.country(before.text) if body is None and before.text[:1].isupper() else None
    owner = body.actor if body else country.id if country else None
    if owner is None or cast.kind(actor) != "person" or owner == actor:
        return None
    mine = {cast.side(actor), cast.entries[actor].side, *(role.of for role in cast.entries[actor].roles)} - {None}
    theirs = {owner, cast.side(owner) if body else owner}
    return (actor, body.first if body else before.i) if mine & theirs else None


def _named(cast: Cast, mention: Mention) -> list[str]:
    """The words by which a mention may be meant later: a person's title before or after the name, a body's last word."""
    doc = cast.document.paragraphs[mention.paragraph].doc
    kind = cast.kind(mention.actor)
    if kind == "person":
        before = doc[max(0, mention.first - 4) : mention.first].text
        after = doc[mention.last + 1 : mention.last + 8].text
        title = re.search(r"([A-Za-z]+)\W*$", before)
        told = [title[1].lower()] if title else []
        if after.startswith(","):
            told += [w.lower() for w in WORD.findall(after.split(",")[1] if "," in after[1:] else after)]
        return [word for word in told if word in ROLES]
    if kind == "outlet":
        short = doc[mention.last].text
        return [*PAPERS, *([short] if mention.last > mention.first and short in SHORT else [])]
    if kind == "organisation":
        return [word for word in (doc[mention.first].lower_, doc[mention.last].lower_) if word in BODIES]
    return []
