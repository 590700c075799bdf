"""Quotations whose words a copy changed: each is marked, with the wording of the article that it was copied from.

A copy's quotation is laid beside those of its original that stand in the same sentences. Other words inside the marks mean that
somebody, or a machine, put words into the speaker's mouth: the quotation is no longer verbatim, and the better wording is kept
with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from ..ledger import schema as t
from . import copies, story_views
from .align import Text, passages

ALIKE = 0.35  # share of words in common from which on two quotations of one passage are one quotation
QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)(?:[”\"»“]|$)")
WORD = re.compile(r"\w+")
CARRYING = ("edited", "reworded", "partial", "revision")


def settle(connection: Connection, sketch: str) -> None:
    """Mark anew the quotations of a text's articles, and of those that were made from them."""
    own = set(connection.execute(select(t.articles.c.id).where(t.articles.c.sketch == sketch)).scalars())
    touched = {sketch, *copies.touching(connection, sketch)}
    for edge in story_views.hanging(connection, touched):
        if edge.article in own or edge.of in own:
            _mark(connection, edge.article, edge.of if edge.relation in CARRYING else None)


def _mark(connection: Connection, article: int, of: int | None) -> None:
    """Compare the quotations of an article with those of the one that it was made from."""
    mine = _quotations(connection, article)
    found = _altered(connection, article, of, mine) if of is not None and mine else {}
    values = [{"number": number, "other": found.get(number), "same": bool(row["content"]["verbatim"]) and number not in found}
              for number, row in mine.items()]  # fmt: skip
    if values:
        changed = update(t.attributions).where(t.attributions.c.id == bindparam("number"))
        connection.execute(changed.values(altered=bindparam("other"), verbatim=bindparam("same")), values)


def _quotations(connection: Connection, article: int) -> dict[int, Mapping[str, Any]]:
    columns = select(t.attributions.c.id, t.attributions.c.data)
    rows = connection.execute(columns.where(t.attributions.c.article == article, t.attributions.c.quotation != "none"))
    return {r.id: r.data for r in rows if r.data["content"]["in"] == "body" and r.data["content"]["span"]}


def _altered(connection: Connection, article: int, of: int, mine: Mapping[int, Any]) -> dict[int, dict[str, str]]:
    """For the quotations whose words differ, what the original has."""
    columns = select(t.articles.c.text, t.articles.c.key)
    copy, original = (connection.execute(columns.where(t.articles.c.id == n)).one() for n in (article, of))
    theirs = list(_quotations(connection, of).values())
    met = passages(Text(copy.text), Text(original.text))
    out = {}
    for number, row in mine.items():
        low, high = _ends(row)
        places = [p.b for p in met if p.a[0] < high and low < p.a[1]]
        beside = [q for q in theirs if any(_ends(q)[0] < b and a < _ends(q)[1] for a, b in places)]
        words = _words(row)
        best = max(((_alike(words, _words(q)), q) for q in beside), key=lambda item: item[0], default=None)
        if best is not None and best[0] >= ALIKE and _words(best[1]) != words:
            out[number] = {"wording": best[1]["content"]["text"], "of": original.key}
    return out


def _ends(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["content"]["span"][0][0], row["content"]["span"][-1][1]


def _words(row: Mapping[str, Any]) -> list[str]:
    """The words inside the quotation marks; all words where the marks stand outside."""
    text = row["content"]["text"]
    return WORD.findall(" ".join(QUOTED.findall(text) or [text]).lower().replace("’", "'"))


def _alike(a: list[str], b: list[str]) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
