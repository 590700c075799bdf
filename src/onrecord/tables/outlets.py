"""Outlets, agencies and platforms by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from . import rows, split

Kind = Literal["agency", "outlet", "platform"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A row of the table: who publishes, and whether it is an agency whose words others carry."""

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...]
    country: str | None


@cache
def all_outlets() -> tuple[Outlet, ...]:
    """Every outlet of the table."""
    return tuple(
        Outlet(row["id"], cast(Kind, row["kind"]), row["name"], tuple(split(row["names"])), row["country"] or None)
        for row in rows("outlets.tsv")
    )


@cache
def _index() -> dict[str, Outlet]:
    return {_fold(name): outlet for outlet in all_outlets() for name in (outlet.name, *outlet.names)}


def _fold(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"^the | news (?:agency|company)$|[’']s$", "", name.strip().lower()))


def find(name: str) -> Outlet | None:
    """The outlet of a name; case, "the" and "news agency" aside."""
    return _index().get(_fold(name))
