"""Who is mentioned: names from the table, people and bodies met on the page, role phrases, pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from ..tables import outlets
from ..tables.actors import LEADERS, PARTICLES, ROLE_WORDS, Entry, Table, current, fold, surname
from ..tables.words import words
from . import page_outlets, page_roles
from .cast import Cast, Mention, local_id
from .document import Document, Paragraph

TITLES = re.compile(
    r"^(?:(?:the|mr|mrs|ms|dr|sir|lord|president(?:-elect)?|prime minister|crown prince|king|premier|chancellor|secretary|"
    r"foreign minister|minister|sen|senator|rep|gov|governor|gen|general|ambassador|spokesman|spokeswoman|leader)\.? )+",
    re.I,
)
ROLE = re.compile(r"\b(" + "|".join(sorted(map(re.escape, ROLE_WORDS), key=len, reverse=True)) + r")s?\b", re.I)
MINISTRY = re.compile(
    r"\b(foreign|defen[cs]e|interior|unification|communications?|information|culture|trade|economy|finance|energy|justice)"
    r" ministry\b|\b(presidency|embassy|prime minister['’]s office)\b",
    re.I,
)  # bodies of a state, as they follow its name
STAFF = frozenset({"office", "team", "campaign", "administration"})
COMMON = words("actors.common_surnames")  # leaders' family names that are ordinary words or names as well
POSSESSIVES = ("'s", "’s", "’", "'")
SPEAKER_ROLES = re.compile(
    r"\b(spokes(?:man|woman|person)|representative|aide|adviser|advisor|envoy|negotiator|official)\b", re.I
)


def read(document: Document) -> Cast:
    """Find and link all mentions."""
    cast = Cast(document, current())
    local: dict[str, str] = {}
    for paragraph in document.paragraphs:  # who is named in full anywhere is meant by the surname everywhere
        for entity in paragraph.doc.ents:
            if entity.label_ == "PERSON" and paragraph.where == "body":
                _full_name(cast, entity, local)
    for number in sorted(range(len(document.paragraphs)), key=lambda n: document.paragraphs[n].where == "title"):
        paragraph = document.paragraphs[number]
        _known(cast, number, paragraph, local)
        page_outlets.read(cast, number, paragraph)
        _entities(cast, number, paragraph, local)
        _roles(cast, number, paragraph, document.published)
        _staff(cast, number, paragraph)
    page_roles.read(cast)
    cast.mentions.sort(key=lambda m: (m.paragraph, m.first))
    _local_sides(cast)
    return cast


def _known(cast: Cast, number: int, paragraph: Paragraph, local: dict[str, str]) -> None:
    """Names of the table, longest first; they begin with a capital, and common words such as "time" need NER too."""
    doc, table = paragraph.doc, cast.table
    i = 0
    while i < len(doc):
        if not (doc[i].text[0].isupper() or doc[i].text[0].isdigit()):
            i += 1
            continue
        for width in range(min(6, len(doc) - i), 0, -1):
            entry = table.find(doc[i : i + width].text)
            if entry is None or doc[i + width - 1].is_punct:
                continue
            if width == 1 and not _plausible(doc[i], entry, local):
                break
            cast.enter(entry, number, i, i + width - 1)
            i += width - 1
            break
        i += 1


def _plausible(token: Token, entry: Entry, local: dict[str, str]) -> bool:
    """Is a one-word name meant as one? Not part of a longer name, and no ordinary word at a sentence's start."""
    if token.text.isupper() and len(token) == 2 and token.text not in ("US", "UN", "EU", "UK", "AP", "RT"):
        return False
    entity = token.ent_type_
    neighbours = [t for t in (token.nbor(-1) if token.i else None, token.nbor(1) if token.i + 1 < len(token.doc) else None) if t]
    if entity == "PERSON" and any(n.ent_type_ == "PERSON" for n in neighbours):
        return False
    if entry.kind == "outlet":
        return bool(entity in ("ORG", "PERSON", "GPE", "PRODUCT", "WORK_OF_ART", "NORP")) or token.pos_ == "PROPN"
    return token.pos_ in ("PROPN", "NOUN", "ADJ") and token.lower_ not in local


def _entities(cast: Cast, number: int, paragraph: Paragraph, local: dict[str, str]) -> None:
    for entity in paragraph.doc.ents:
        if entity.label_ == "PERSON":
            _person(cast, number, entity, local)
        elif entity.label_ == "NORP" or entity.label_ == "GPE":
            country = cast.table.country(entity.text)
            if country and entity.label_ == "GPE":
                cast.enter(country, number, entity.start, entity.end - 1)
        elif entity.label_ == "ORG" and len(entity) <= 6:
            _organisation(cast, number, entity, local)
    for token in paragraph.doc:  # what the recogniser overlooked of people already named, and of leaders
        if token.pos_ != "PROPN" or (number, token.i) in cast.at:
            continue
        name = fold(token.text)
        if name in local:
            cast.enter(cast.entries[local[name]], number, token.i, token.i)
        elif len(name) > 4 and name not in COMMON and token.dep_ != "compound":
            leader = cast.table.by_family_name(name, cast.document.published)
            if leader is not None and any(role.title in LEADERS for role in leader.roles):
                cast.enter(leader, number, token.i, token.i)


def _full_name(cast: Cast, entity: TokenSpan, local: dict[str, str]) -> None:
    """Remember the surname of a person who is named with more than it."""
    first, last = _name_within(entity)
    name = entity.doc[first : last + 1].text.strip()
    if first < last and _is_name(entity, name):
        entry = _of_full_name(cast.table, name)
        if entry is None or entry.kind == "person":
            local.setdefault(surname(name), entry.id if entry else local_id(name))
            if entry is None:
                cast.entries.setdefault(local_id(name), Entry(local_id(name), "person", name, None, None, ()))
            else:
                cast.entries.setdefault(entry.id, entry)


def _of_full_name(table: Table, name: str) -> Entry | None:
    """The table's entry; in a headline's "Rip Donald Trump" it is at the end."""
    words = name.split()
    return table.find(name) or (table.find(" ".join(words[-2:])) if len(words) > 2 else None)


def _name_within(entity: TokenSpan) -> tuple[int, int]:
    """First and last token of the name in an entity, without titles and possessives."""
    first, last = entity.start, entity.end - 1
    while last > first and entity.doc[last].text in POSSESSIVES:
        last -= 1
    while first < last and (
        TITLES.match(entity.doc[first].text + " ") or entity.doc[first].is_punct or entity.doc[first].text in POSSESSIVES
    ):
        first += 1
    return first, last


def _is_name(entity: TokenSpan, name: str) -> bool:
    return bool(re.search(r"[A-Za-zÀ-ž]{2}", name)) and len(name) <= 60 and not any(t.like_num for t in entity)


def _person(cast: Cast, number: int, entity: TokenSpan, local: dict[str, str]) -> None:
    first, last = _name_within(entity)
    name = entity.doc[first : last + 1].text.strip()
    if not _is_name(entity, name):
        return
    words_ = fold(name).split()
    short = set(words_[:-1]) <= PARTICLES  # "Assad", "al-Assad"
    key = " ".join(words_) if short else surname(name)
    if short and key in local:
        cast.enter(cast.entries[local[key]], number, first, last)
        return
    entry = _of_full_name(cast.table, name)
    if entry is None and len(fold(name).split()) == 1:
        entry = cast.table.by_family_name(name, cast.document.published)
    if entry is None:
        entry = cast.entries.get(local_id(name), Entry(local_id(name), "person", name, None, None, ()))
    if entry.kind == "person":
        local.setdefault(key, entry.id)
    cast.enter(entry, number, first, last)


def _organisation(cast: Cast, number: int, entity: TokenSpan, local: dict[str, str]) -> None:
    last = entity.end - 1
    while last > entity.start and entity.doc[last].text in POSSESSIVES:
        last -= 1
    owners = [t.i for t in entity.doc[entity.start : last] if t.text in POSSESSIVES]
    first = owners[-1] + 1 if owners else entity.start + (entity[0].lower_ == "the")
    name = entity.doc[first : last + 1].text
    entry = cast.table.find(name)
    if entry is None and first == last:  # surnames are often taken for bodies
        known = local.get(fold(name))
        entry = cast.entries[known] if known else cast.table.by_family_name(name, cast.document.published)
        if entry is not None:
            local.setdefault(surname(name), entry.id)
    if entry is None:
        platform = outlets.find(name)
        if not name[:1].isupper() or len(name) < 3 or MINISTRY.search(name) or platform is not None:
            return
        entry = cast.entries.get(local_id(name), Entry(local_id(name), "organisation", name, None, None, ()))
    cast.enter(entry, number, first, last)


def _roles(cast: Cast, number: int, paragraph: Paragraph, when: date | None) -> None:
    """ "The Russian leader", "Ukraine's president", "the Russian Foreign Ministry": role and country together."""
    doc = paragraph.doc
    for pattern, ministry in ((MINISTRY, True), (ROLE, False)):
        for match in pattern.finditer(doc.text):
            span = doc.char_span(*match.span(), alignment_mode="expand")
            if span is None or any((number, t.i) in cast.at for t in span):
                continue
            following = doc[span.end] if span.end < len(doc) else None
            if following is not None and following.pos_ == "PROPN" and not ministry and following.i - span.end < 1:
                continue  # "President Putin": the name is the mention
            country, first = _country_before(cast.table, doc, span.start)
            if country is None:
                continue
            if ministry:
                words_ = fold(match[0])
                foreign = cast.table.entries.get(f"{country.id}-mfa") if words_ == "foreign ministry" else None
                entry = foreign or Entry(f"local:{country.id}-{words_.replace(' ', '-')}", "organisation",
                                         doc[first : span.end].text, country.id, None, ())  # fmt: skip
            else:
                day = _year_near(doc, span.end) or when
                found = cast.table.holder(match[1].lower(), country.id, day)
                if found is None:
                    continue
                entry = found
            cast.enter(entry, number, first, span.end - 1, over=True)


def _staff(cast: Cast, number: int, paragraph: Paragraph) -> None:
    """ "Netanyahu's office", "the Trump team": who works for a person is a body of its own, on the same side."""
    for token in paragraph.doc:
        if token.lower_ not in STAFF or token.text != token.lower_ or not token.i or (number, token.i) in cast.at:
            continue
        last = token.i - (2 if token.nbor(-1).text in POSSESSIVES and token.i > 1 else 1)
        owner = cast.at.get((number, last))
        if owner is None or owner.last != last or cast.kind(owner.actor) != "person":
            continue
        person = cast.entries[owner.actor]
        entry = Entry(f"local:{person.id.removeprefix('local:')}-{token.lower_}", "organisation",
                      f"{person.name}'s {token.lower_}", person.side or person.id, None, ())  # fmt: skip
        cast.enter(entry, number, owner.first, token.i, over=True)


def _country_before(table: Table, doc: object, start: int) -> tuple[Entry | None, int]:
    """The country named just before a role: "Russian leader", "U.S. president", "Ukraine's president"."""
    words = doc[max(0, start - 4) : start]  # type: ignore[index]
    tokens = [t for t in words if t.text not in ("'s", "’s")]
    for width in (2, 1):
        if len(tokens) >= width:
            entry = table.country(" ".join(t.text for t in tokens[-width:]))
            if entry:
                return entry, tokens[-width].i
    return None, start


def _year_near(doc: object, end: int) -> date | None:
    """A role "in February 2022" is held by who held it then."""
    match = re.match(r"\W+in (?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b", doc[end:].text[:40] if end < len(doc) else "")  # type: ignore[index,arg-type]
    match = match or re.match(r"in (?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b", doc[end:].text[:40] if end < len(doc) else "")  # type: ignore[index,arg-type]
    return date(int(match[1]), 2, 15) if match else None


def _local_sides(cast: Cast) -> None:
    """People met on the page speak for the state or body that their title names, before the name or after it: "Kremlin aide Ivan
    Petrov"; "Ivan Petrov, a spokesman for the Turkish presidency"; for whom they work: "Macron's adviser Ivan Petrov"."""
    for m in list(cast.mentions):
        entry = cast.entries[m.actor]
        if entry.kind != "person" or entry.side:
            continue
        doc = cast.document.paragraphs[m.paragraph].doc
        owner = _owner(cast, m, reversed(doc[max(0, m.first - 6) : m.first])) or _owner(cast, m, _apposition(doc, m.last + 1))
        if owner is not None:
            cast.entries[m.actor] = Entry(
                entry.id, entry.kind, entry.name, owner.side or owner.id, None, entry.names, entry.roles
            )


def _apposition(doc: Doc, start: int) -> list[Token]:
    """The tokens between a comma and the next mark or verb."""
    if start >= len(doc) or doc[start].text != ",":
        return []
    after = doc[start + 1 : start + 14]
    end = next((n for n, t in enumerate(after) if t.is_punct or t.pos_ in ("VERB", "AUX") or t.lower_ == "who"), len(after))
    return list(after[:end])


def _owner(cast: Cast, m: Mention, tokens: Iterable[Token]) -> Entry | None:
    """The state, body or person whose title, spokesman or adviser some tokens speak of: the nearest named among them."""
    near = list(tokens)
    text = " ".join(t.text for t in sorted(near, key=lambda t: t.i))
    if not (SPEAKER_ROLES.search(text) or ROLE.search(text) or re.search(r"minister|ambassador", text, re.I)):
        return None
    sent = {"to", "in", "for"} if re.search(r"ambassador|envoy|representative", text, re.I) else set()
    for token in near:
        if token.text in (".", ";"):
            return None
        mention = cast.at.get((m.paragraph, token.i))
        owner = cast.table.country(token.text) or (cast.entries[mention.actor] if mention and mention.actor != m.actor else None)
        leads = token.nbor(-2 if token.i > 1 and token.nbor(-1).lower_ == "the" else -1) if token.i else token
        if owner is None or leads.lower_ in sent:
            continue  # "Ukraine's ambassador to France"
        works = owner.kind == "person" and token.i + 1 < len(token.doc) and token.nbor(1).text in POSSESSIVES
        if owner.kind in ("country", "organisation") or (works and owner.side):
            return owner
    return None
