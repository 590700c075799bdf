"""Where a story's information entered: the people and media whose word its pages carry, each once however many pages do.

A page's sources are weighed by what it gives as theirs: words, quotation marks, stances on contacts. What is quoted inside
another's words enters with the other; who only asks is no source. Institutions and the people who speak for them are one; so are
a name that one page alone knows and the fuller one of another page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from ..tables import actors as actors_table
from ..tables import outlets
from ..tables.words import words
from . import occasions, origins
from .occasions import Occasion

QUOTED = 15  # what quotation marks add to the words of an attribution
LEAST = 20  # a source of less is mentioned, not a source
STANCE = LEAST  # what a stance on a contact counts: who takes one, or reports it, is a source
SHARE = 0.15  # … or of less than this share of the page's first one
MOST = 3  # sources of a page: what more it names, it has from them, or in passing
SPELT = 0.75  # likeness of two spellings of a first name (Caroline, Karoline)
RELATIVE = re.compile(r",?\s+(?:who|which|that)$")
STATEMENT, REPORT, OWN = "statement", "report", "own reporting"


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody whose word a page carries. `key` is the same on every page; `weight` tells how much the page rests on them."""

    key: str
    name: str
    kind: str
    side: str | None
    actor: str
    weight: float = 0.0
    occasion: Occasion = field(default_factory=Occasion)


def of_page(article: Mapping[str, Any], said: Iterable[Mapping[str, Any]], contacts: Iterable[Mapping[str, Any]],
            actors: Mapping[str, Mapping[str, Any]]) -> list[Source]:  # fmt: skip
    """The sources of one article, heaviest first; its own outlet, or what it credits, where it names none."""
    weights: dict[str, float] = defaultdict(float)
    others: dict[str, Mapping[str, Any]] = {}
    theirs: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    said = list(said)
    for row in said:
        if _nested(row, said) or not row["source"] or _asks(row):
            continue
        size = len(row["content"]["text"].split())
        marked = QUOTED if row["content"]["quotation"] != "none" and size >= 3 else 0
        who = row["source"]["actors"][:1]  # a joint statement is one
        other = None if who else _otherwise(row["source"]["text"])
        if other:
            others[other["id"]], who = other, [other["id"]]
        for actor in who:
            weights[actor] += size + marked
            theirs[actor].append(row)
    for contact in contacts:
        for position in contact["positions"]:
            if position["actor"] and position["attribution"] and position["stance"] != "no_comment":  # words of theirs
                weights[position["actor"]] += STANCE
    actors = {**others, **actors}
    known = {a: w for a, w in weights.items() if a in actors}
    _fold_institutions(known, actors)
    top = max(known.values(), default=0)
    kept = sorted((a for a, w in known.items() if w >= LEAST and w >= SHARE * top), key=lambda a: (-known[a], a))[:MOST]
    if not kept:
        own = origins.own_origin(article)
        return [Source(f"own:{outlets.folded(own)}", own, OWN, None, "", 1)]
    return [_source(a, actors[a], known[a], occasions.of_page(article, theirs[a], news=a == kept[0])) for a in kept]


def _otherwise(text: str) -> Mapping[str, Any] | None:
    """Whom a source means that reading left without an actor: an outlet ("the FT, which"), or a state's bodies and officials
    without a name ("a senior Saudi official", "the Turkish presidency"), which are one; None for others."""
    outlet = outlets.find(RELATIVE.sub("", text))
    if outlet and outlet.kind != "platform":
        return {"id": outlet.id, "name": outlet.name, "kind": "outlet", "side": None}
    spoken = [word.strip(",.") for word in text.replace("'s", "").replace("’s", "").split()]
    if not words("origins.bodies") & {word.lower() for word in spoken}:
        return None
    country = next(filter(None, (actors_table.current().country(w) for w in spoken if w[:1].isupper())), None)
    if country is None:
        return None
    return {"id": f"unnamed:{country.id}", "name": f"officials of {country.name}", "kind": "organisation", "side": country.id}


def _source(actor: str, row: Mapping[str, Any], weight: float, occasion: Occasion) -> Source:
    return Source(actor, row["name"], REPORT if row["kind"] == "outlet" else STATEMENT, row["side"], actor, weight, occasion)


def _asks(row: Mapping[str, Any]) -> bool:
    return bool(row["cue"]) and bool(words("origins.asking") & set(row["cue"]["text"].lower().split()))


def _nested(row: Mapping[str, Any], said: list[Any]) -> bool:
    """Does an attribution stand inside words that another is quoted with?"""
    span = row["content"]["span"]
    cue = row["cue"]["span"] if row["cue"] else None
    if not span or not cue:
        return False
    low, high = cue[0][0], cue[-1][1]
    for other in said:
        outer = other["content"]["span"]
        if other is row or not outer or other["content"]["in"] != row["content"]["in"] or not other["source"]:
            continue
        if outer[0][0] <= low and high <= outer[-1][1] and other["content"]["quotation"] != "none":
            return True
    return False


def _fold_institutions(weights: dict[str, float], actors: Mapping[str, Mapping[str, Any]]) -> None:
    """Give what a country or institution said to the one who speaks for it on the page, where somebody does."""
    for actor in sorted(weights):
        if actors[actor]["kind"] not in ("country", "organisation"):
            continue
        side = actors[actor]["side"] or actor
        people = [p for p in weights if actors[p]["kind"] == "person" and actors[p]["side"] == side]
        if people:
            weights[max(people, key=lambda p: (weights[p], p))] += weights.pop(actor)


def as_one(pages: Mapping[Any, list[Source]]) -> dict[str, Source]:
    """By key, the source of a story that stands for each: a person for the institution, a full name for a part of it, one outlet
    for all of its owner's."""  # fmt: skip
    each: dict[str, list[Source]] = defaultdict(list)
    for sources in pages.values():
        for source in sources:
            each[source.key].append(source)
    stands = {key: found[0] for key, found in each.items()}
    people = [s for s in stands.values() if s.kind == STATEMENT and s.actor and not _is_side(s)]
    for key, source in sorted(stands.items()):
        if _is_side(source):
            same = [p for p in people if p.side == (source.side or source.actor)]
        else:
            fuller = (p for p in people if p.key != key and _part_of(source.name, p.name))
            same = [p for p in fuller if key.startswith("local:") and (not p.key.startswith("local:") or p.name > source.name)]
        if same:
            stands[key] = max(same, key=lambda p: (len(each[p.key]), p.key))
    media: dict[str, list[Source]] = defaultdict(list)
    for source in stands.values():
        if source.kind in (OWN, REPORT):
            media[outlets.family(source.name)].append(source)
    for family in media.values():  # outlets of one owner are one
        best = max(family, key=lambda s: (len(each[s.key]), s.key))
        stands.update(dict.fromkeys((s.key for s in family), best))
    return stands


def by_occasion(pages: Mapping[Any, list[Source]]) -> dict[Any, list[Source]]:
    """The sources of a story as one (`as_one`), those apart who spoke on several occasions: "Dmitry Peskov, 19 February 2025"."""
    stands = as_one(pages)
    carried: dict[str, dict[Any, Occasion]] = defaultdict(dict)
    for page, sources in pages.items():
        for source in sources:
            carried[stands[source.key].key].setdefault(page, source.occasion)
    days = {key: occasions.parted(found) for key, found in carried.items() if stands[key].kind == STATEMENT}

    def on(page: Any, source: Source) -> Source:
        day = days.get(source.key, {}).get(page)
        if day is None:
            return source
        return replace(source, key=f"{source.key}@{day.replace(' ', '-')}", name=f"{source.name}, {day}")

    return {page: list(dict.fromkeys(on(page, stands[s.key]) for s in sources)) for page, sources in pages.items()}


def _part_of(name: str, fuller: str) -> bool:
    """Can a name mean the one of the other: the same family name and no other first name, spelling aside, or one word of it?"""
    a, b = name.lower().split(), fuller.lower().split()
    if not a or not b:
        return False
    if len(a) == 1:
        return a[0] in b
    return a[-1] == b[-1] and (len(b) == 1 or SequenceMatcher(None, a[0], b[0]).ratio() >= SPELT)


def shared(pages: dict[Any, list[Source]]) -> dict[Any, list[Source]]:
    """The same, but a page that names nobody has the source that most pages of its story have: unknown is not independent."""
    carried: dict[str, list[Source]] = defaultdict(list)
    for found in pages.values():
        for source in found:
            if source.kind != OWN:
                carried[source.key].append(source)
    if not carried:
        return pages
    leading = max(carried.values(), key=lambda c: (len(c), sum(s.weight for s in c), c[0].key))[0]
    return {page: [leading] if found[0].kind == OWN else found for page, found in pages.items()}


def _is_side(source: Source) -> bool:
    """Is it a country or one of its institutions, rather than a person or an outlet?"""
    return bool(source.actor) and (source.actor == source.side or source.actor.startswith(f"{source.side}-"))
