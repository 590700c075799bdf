"""Names of authors out of a byline ("By Jane Q. Doe and John Roe, AP Sports Writer")."""

from __future__ import annotations

import re

from ..tables import outlets
from ..tables.words import words

BY = re.compile(r"^\s*(?:(?:written|posted|story|words|reported|analysis|opinion|published|article|report|text)\s+by|"
                r"by|von|por|par|di|от|автор|"
                r"about|author|authors|автор статьи|publicado por|escrito por)\s*:?\s+", re.I)  # fmt: skip
PARTS = re.compile(r"\s*(?:[,;|/•·&@\n]| - | – | — |(?<=\s)(?:and|AND|und|et|y|e|with|и)(?=\s))\s*")
STOPS = re.compile(
    r"\s+(?:updated|published|posted|on|at|for|in|\d|follow|@|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d).*$",
    re.I,
)
NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:\s+(?:[^\W\d_][\w'’.-]*)){1,3}")
PARTICLES = words("bylines.particles")
MAX_BYLINE = 400


def names_in(text: str, *, sure: bool = False) -> list[str]:
    """The authors that a byline names. With `sure` the text is known to be of authors, so that a single name is one too."""
    text = re.sub(r"[^\S\n]+", " ", text[:MAX_BYLINE]).strip()
    began = BY.match(text)
    text = BY.sub("", text)
    out: list[str] = []
    staff: list[str] = []  # "Jerusalem Post Staff": a byline where no person is named
    roles = words("bylines.roles")
    for part in PARTS.split(text):
        part = STOPS.sub("", BY.sub("", part)).strip(" .:")
        if not part or len(part) > 50:
            continue
        tokens = part.split()
        if any(token.lower().strip(".") in roles for token in re.split(r"[\s-]+", part)):
            kept = [part] if sure and not out and 2 <= len(tokens) <= 4 and all(t[:1].isupper() for t in tokens) else []
            staff += kept
            continue
        whole, part = part, _without_outlet(tokens)
        tokens = part.split()
        if not part:  # "Jane Doe, Reuters"
            staff.append(whole)
            continue
        if NAME.fullmatch(part) and all(_large(token) for token in tokens):
            out.append(_cased(part))
        elif (
            (sure or began)
            and not out
            and len(tokens) <= 4
            and tokens[0][:1].isupper()
            and part.isprintable()
            and "." not in part[:-1]
        ):
            out.append(part)
    return list(dict.fromkeys(out or staff[:1]))


def _without_outlet(tokens: list[str]) -> str:
    """A name without the outlet's after it ("Kevin McCoy USA TODAY")."""
    for i in range(len(tokens)):
        if outlets.find(" ".join(tokens[i:])) is not None:
            return " ".join(tokens[:i])
    return " ".join(tokens)


def _large(token: str) -> bool:
    return token[:1].isupper() or token.lower() in PARTICLES or not token.isascii()


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 5 else name
