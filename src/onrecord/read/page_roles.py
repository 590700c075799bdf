"""Who "the mayor" or "the commission" is: the person whom the page gave that title, the body whose name ends with that word."""

from __future__ import annotations

import re

from ..tables.words import words
from .cast import Cast, Mention

ROLES = words("actors.page_roles")
BODIES = words("actors.page_bodies")
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
            role = token.lower_
            pointed = token.i > 0 and paragraph.doc[token.i - 1].lower_ in ("the", "this")
            if role not in known or not pointed or (number, token.i) in cast.at or token.text != role:
                continue
            following = paragraph.doc[token.i + 1] if token.i + 1 < len(paragraph.doc) else None
            if following is None or (following.lower_ not in ("of", "for", "to") and following.pos_ not in ("PROPN", "NOUN")):
                found = Mention(known[role], number, token.i - 1, token.i)
                cast.mentions.append(found)
                cast.at[number, token.i - 1] = cast.at[number, token.i] = found


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
    if kind == "organisation":
        return [word for word in (doc[mention.first].lower_, doc[mention.last].lower_) if word in BODIES]
    return []
