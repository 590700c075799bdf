"""Outlets, agencies and platforms by name."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from . import OWN_COLUMNS, SETTING, own_rows, rows, split

Kind = Literal["agency", "outlet", "platform"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A row of the table: who publishes, and whether it is an agency whose words others carry."""

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...]
    country: str | None
    hosts: tuple[str, ...] = ()


def all_outlets() -> tuple[Outlet, ...]:
    """Every outlet of the table, and of a person's own (kind "outlet" or "agency")."""
    return _all(os.environ.get(SETTING) or None)


@cache
def _all(own: str | None) -> tuple[Outlet, ...]:
    ours = [
        Outlet(
            row["id"],
            cast(Kind, row["kind"]),
            row["name"],
            tuple(split(row["names"])),
            row["country"] or None,
            tuple(split(row["hosts"])),
        )
        for row in rows("outlets.tsv")
    ]
    theirs = [
        Outlet(row["id"], cast(Kind, row["kind"]), row["name"], tuple(split(row["names"])), row["side"] or None)
        for row in (own_rows(Path(own), OWN_COLUMNS) if own else ())
        if row["kind"] in ("outlet", "agency")
    ]
    return (*ours, *theirs)


@cache
def _index(own: str | None) -> dict[str, Outlet]:
    return {_fold(name): outlet for outlet in _all(own) for name in (outlet.name, *outlet.names)}


def _fold(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"^the | news (?:agency|company)$|[’']s$", "", name.strip().lower()))


def find(name: str) -> Outlet | None:
    """The outlet of a name; case, "the" and "news agency" aside."""
    return _index(os.environ.get(SETTING) or None).get(_fold(name))


@cache
def _hosts(own: str | None) -> dict[str, Outlet]:
    return {host: outlet for outlet in _all(own) for host in outlet.hosts}


def at(host: str) -> Outlet | None:
    """The outlet that publishes at a host ("edition.cnn.com") or at one above it."""
    parts = host.lower().removeprefix("www.").split(".")
    known = _hosts(os.environ.get(SETTING) or None)
    return next((known[name] for i in range(len(parts) - 1) if (name := ".".join(parts[i:])) in known), None)


@cache
def _owners() -> dict[str, str]:
    return {row["outlet"]: row["owner"] for row in rows("owners.tsv")}


def owner(outlet: Outlet) -> str | None:
    """Who owns an outlet; None where the table does not say, which is not to say that it is independent."""
    return _owners().get(outlet.id)


def is_own(article: Mapping[str, Any]) -> bool:
    """Is an article its outlet's own, by what it says of itself? An agency may credit itself in its dateline."""
    own = folded(article["outlet"] or "")
    return not any(c["relation"] in ("first_published", "agency") and folded(c["name"]) != own for c in article["credits"])


def folded(name: str) -> str:
    """A name as origins compare: the table's name where it is known."""
    known = find(name)
    return (known.name if known else name).lower()


def family(name: str) -> str:
    """What outlets of one owner have in common: the owner where we know it, else the outlet's own folded name."""
    outlet = find(name)
    return (owner(outlet) if outlet else None) or folded(name)
