"""Word lists that the code tests against, by name: `words("tense.plan_verbs")`. They stand in words.tsv."""

from __future__ import annotations

from functools import cache

from . import rows


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {row["list"]: frozenset(row["words"].split(" ")) for row in rows("words.tsv")}


def words(name: str) -> frozenset[str]:
    """The words of a list. `KeyError` where there is none of that name."""
    return _lists()[name]
