"""Where a contact's information entered, first version: who is named as asserting it, and whom of them we have read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..records import UNNAMED_OFFICIALS, UNNAMED_REPORTS
from ..tables import outlets

ASSERTING = frozenset({"affirms", "reports", "plans", "conditions", "hints", "cancels"})


@dataclass(frozen=True, slots=True)
class Origin:
    """An outlet or agency through which an assertion entered; `read` if an article of its own is in the ledger."""

    name: str
    read: bool


def of_positions(positions: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]], held: frozenset[str]) -> list[Origin]:
    """Origins of (position, article) pairs. `held` are the folded names of outlets whose own articles we have.

    A reporter is an origin; what a side says enters through whoever it was told to; what an article says itself
    enters with the article, or with the agency or outlet whose copy it is. Outlets of one owner are one origin.
    """
    positions = list(positions)
    stands_for = _of_copies([article for _, article in positions])
    names: dict[str, str] = {}
    for position, article in positions:
        if position["stance"] not in ASSERTING:
            continue
        name = _origin(position, stands_for[article["sketch"]])
        if name is not None:
            names.setdefault(outlets.folded(name), name)
            if name in {a["address"] for _, a in positions}:
                held = held | {outlets.folded(name)}  # a page of no known outlet stands for itself, and we have it
    families: dict[str, dict[str, str]] = {}
    for key, name in names.items():
        families.setdefault(outlets.family(name), {})[name] = key
    found = (Origin(", ".join(sorted(members)), not held.isdisjoint(members.values())) for members in families.values())
    return sorted(found, key=lambda o: o.name)


def _of_copies(articles: list[Mapping[str, Any]]) -> dict[str, str]:
    """What each text stands for, by its sketch: one origin for all its copies, whatever names they run under. An agency that
    one of them is of, or credits, goes before all; then one that credits another knows best, then the earliest."""
    out: dict[str, str] = {}
    order = sorted(
        articles, key=lambda a: (not _agency(own_origin(a)), outlets.is_own(a), str(a["published"] or "9"), own_origin(a))
    )
    for article in order:
        out.setdefault(article["sketch"], own_origin(article))
    return out


def _agency(name: str) -> bool:
    known = outlets.find(name)
    return known is not None and known.kind == "agency"


def _origin(position: Mapping[str, Any], own: str) -> str | None:
    if position["name"] == UNNAMED_REPORTS:
        return None  # nobody is named
    if position["stance"] == "reports" and position["name"] != UNNAMED_OFFICIALS:
        return str(position["name"])
    via = position.get("via")
    known = outlets.find(via) if via else None
    return known.name if known else own


def own_origin(article: Mapping[str, Any]) -> str:
    """What an article stands for: the agency or first publisher that it credits, else its outlet, else itself."""
    for relation in ("first_published", "agency"):
        for credit in article["credits"]:
            if credit["relation"] == relation:
                return str(credit["name"])
    return str(article["outlet"] or article["address"])
