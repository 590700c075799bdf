"""Who is who: countries, institutions, leaders and the dated roles that they held; and how names lead to them.

A person's own table, with the columns id, kind, name, names, side, role, of, start and end, goes over ours: rows of a
known id replace it, others are added. `side` is the ID of the state that an actor speaks for.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from ..records import ActorKind
from . import OWN_COLUMNS, SETTING, outlets, own_rows, rows, split

LEADERS = ("president", "prime minister", "chancellor", "supreme leader", "king", "emir", "crown prince")
# How texts name a role, and which roles of the table they can mean; "leader" is whoever leads.
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "president": ("president",), "president-elect": ("president-elect",), "vice president": ("vice president",),
    "prime minister": ("prime minister",), "premier": ("prime minister",), "chancellor": ("chancellor",),
    "leader": LEADERS, "ruler": LEADERS, "head of state": LEADERS, "king": ("king",), "crown prince": ("crown prince",),
    "emir": ("emir",), "supreme leader": ("supreme leader",), "pope": ("pope",), "foreign minister": ("foreign minister",),
    "secretary of state": ("secretary of state",), "defense minister": ("defence minister",),
    "defence minister": ("defence minister",), "secretary-general": ("secretary-general",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """A role held from `start` to `end`; None: since always, or still."""

    title: str
    of: str
    start: date | None
    end: date | None

    def held(self, when: date | None) -> bool:
        """Was it held on that day? An unknown day is taken for today."""
        when = when or date.max
        return (self.start is None or self.start <= when) and (self.end is None or when < self.end)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table."""

    id: str
    kind: ActorKind
    name: str
    side: str | None
    wikidata: str | None
    names: tuple[str, ...]
    roles: tuple[Role, ...] = ()


@dataclass(slots=True)
class Table:
    """All entries, found by ID, by name and by role. Names compare by `fold`."""

    entries: dict[str, Entry] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    by_surname: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    demonyms: dict[str, str] = field(default_factory=dict)
    leaders: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entry: Entry) -> None:
        """Enter a row under all its names."""
        self.entries[entry.id] = entry
        for name in (entry.name, *entry.names):
            self.by_name[fold(name)] = entry.id
            if entry.kind == "person" and entry.roles and len(fold(name).split()) > 1:  # others have to be named in full
                known = self.by_surname[surname(name)]
                if entry.id not in known:
                    known.append(entry.id)
        for role in entry.roles:
            if entry.id not in self.leaders[role.title, role.of]:
                self.leaders[role.title, role.of].append(entry.id)

    def find(self, name: str) -> Entry | None:
        """The entry of a name as a whole."""
        found = self.by_name.get(fold(name))
        return self.entries[found] if found else None

    def country(self, word: str) -> Entry | None:
        """The country of a demonym or name ("Russian", "Kyiv")."""
        found = self.demonyms.get(fold(word)) or self.by_name.get(fold(word))
        entry = self.entries[found] if found else None
        return entry if entry and entry.kind == "country" else None

    def by_family_name(self, name: str, when: date | None) -> Entry | None:
        """The person of that family name who held office last before `when`; None where nobody or several fit."""
        candidates = [self.entries[i] for i in self.by_surname.get(surname(name), ())]
        if len(candidates) <= 1:
            return candidates[0] if candidates else None
        holders = [c for c in candidates if any(role.held(when) for role in c.roles)]
        return holders[0] if len(holders) == 1 else None

    def holder(self, word: str, of: str, when: date | None) -> Entry | None:
        """Who held the role that `word` names for country `of` on that day; for a "leader" who leads."""
        for title in ROLE_WORDS.get(word, (word,)):
            for actor in self.leaders.get((title, of), ()):
                entry = self.entries[actor]
                if any(role.title == title and role.of == of and role.held(when) for role in entry.roles):
                    return entry
        return None


def fold(name: str) -> str:
    """A name as it is compared: no accents, case, article, possessive or doubled spaces."""
    name = re.sub(r"(?:['’]s|['’])$", "", name)
    plain = (unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name).lower()
    plain = re.sub(r"(?<=[a-z])\.", "", plain).replace("-", " ")
    return re.sub(r"^the | {2,}", lambda m: "" if m[0].startswith("the") else " ", plain).strip()


FAMILY_FIRST = frozenset({"xi", "kim", "li", "moon", "wang", "yoon", "lee", "lai", "tsai", "guo", "lin", "mao"})
PARTICLES = frozenset({"bin", "von", "van", "der", "al", "el", "de", "da", "di", "la"})


def surname(name: str) -> str:
    """The family name, folded: the first word of Chinese and Korean names, else the last with its particles."""
    words = fold(name).removesuffix(" jr").split()
    if not words:
        return ""
    if words[0] in FAMILY_FIRST and len(words) > 1:
        return words[0]
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return " ".join(words[start:])


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


@cache
def table(own: str | None = None) -> Table:
    """Our table with a person's own merged over it. Raises `BadRequest` for an unreadable one."""
    roles: dict[str, list[Role]] = defaultdict(list)
    for row in rows("roles.tsv"):
        roles[row["actor"]].append(Role(row["role"], row["of"], _day(row["start"]), _day(row["end"])))
    out = Table()
    for row in rows("countries.tsv"):
        country = Entry(row["id"], "country", row["name"], row["id"], row["wikidata"] or None, tuple(split(row["names"])))
        out.add(country)
        for demonym in split(row["demonyms"]):
            out.demonyms[fold(demonym)] = country.id
    for outlet in outlets.all_outlets():
        if outlet.kind != "platform":
            out.add(Entry(outlet.id, "outlet", outlet.name, None, None, outlet.names))
    for row in rows("actors.tsv"):
        out.add(Entry(row["id"], cast(ActorKind, row["kind"]), row["name"], row["side"] or None, row["wikidata"] or None,
                      tuple(split(row["names"])), tuple(roles.get(row["id"], ()))))  # fmt: skip
    if own:
        _merge_own(out, Path(own))
    return out


def _merge_own(out: Table, path: Path) -> None:
    collected: dict[str, Entry] = {}
    for row in own_rows(path, OWN_COLUMNS):
        if row["kind"] in ("outlet", "agency"):
            continue  # entered with the other outlets
        known = collected.get(row["id"])
        roles = known.roles if known else ()
        if row["role"]:
            roles = (*roles, Role(row["role"], row["of"] or "", _day(row["start"]), _day(row["end"])))
        names = tuple(split(row["names"])) or (known.names if known else ())
        kind = cast(ActorKind, row["kind"])
        side = row["side"] or (row["id"] if kind == "country" else None)
        collected[row["id"]] = Entry(row["id"], kind, row["name"], side, None, names, roles)
    for entry in collected.values():
        out.add(entry)
        if entry.kind == "country":
            for name in entry.names:
                out.demonyms[fold(name)] = entry.id


def current() -> Table:
    """The table in force: ours, with the one that ONRECORD_ACTORS names merged over it."""
    return table(os.environ.get(SETTING) or None)
