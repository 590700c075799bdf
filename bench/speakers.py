"""Whom an attribution's source means, against bench/speakers.jsonl: 300 quotations in 46 documents of PolNeAR's dev part.

A row is {"id", "content", "person"}: the document, the content's ranges, and the range where who is meant (a person, an
outlet, a body) is named. Offsets only. How they came to be: a script proposed the source itself where it holds a full name, and
for a surname the full name in the document; these were read through, and mended where wrong. Pronouns and roles were
marked one by one, from what stands before them. Sources that could not be told for sure were left out, so the set is easier
than life. A speaker is right where the actor that the reading gives has a mention at the mark; a reading that gives none has
said "unknown". Where the mark lies in the source itself that shows little, so the figures for those whom the source only
points at stand apart. The errors on these marks were looked at while the reader was made.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MARKS = Path(__file__).with_name("speakers.jsonl")


def touched(ranges: list[list[int]]) -> set[int]:
    """The characters of ranges."""
    return {i for start, end in ranges for i in range(start, end)}


def verdicts(readings: dict[str, Any]) -> list[tuple[str, bool]]:
    """right, wrong, unknown or missed (no attribution of that content) for each mark; and is it outside of the source?"""
    out = []
    for line in MARKS.read_text(encoding="utf-8").splitlines():
        mark = json.loads(line)
        row = readings[mark["id"]]
        content, person = touched(mark["content"]), touched([mark["person"]])
        best, share = None, 0.5
        for a in row["attributions"]:
            mine = touched(a["content"]["at"] or [])
            dice = 2 * len(mine & content) / max(len(mine) + len(content), 1)
            if dice >= share:
                best, share = a, dice
        if best is None:
            out.append(("missed", False))
            continue
        source = best["source"] or {"at": None, "actors": []}
        elsewhere = not touched(source["at"] or []) & person
        places = [touched(m["at"] or []) for a in row["actors"] if a["id"] in source["actors"] for m in a["mentions"]]
        right = any(place & person for place in places)
        out.append(("unknown" if not source["actors"] else "right" if right else "wrong", elsewhere))
    return out


def figures(readings: list[dict[str, Any]]) -> dict[str, float]:
    """Shares in percent, for those whom the source only points at and for all."""
    every = verdicts({row["id"]: row for row in readings})
    out: dict[str, float] = {}
    for name, found in (("pointed at", [v for v, elsewhere in every if elsewhere]), ("all", [v for v, _ in every])):
        given = found.count("right") + found.count("wrong")
        out |= {
            f"{name}: marks": len(found), f"{name}: right, of those given": round(100 * found.count("right") / max(given, 1), 1),
            f"{name}: unknown": round(100 * found.count("unknown") / len(found), 1),
        }  # fmt: skip
    out["missed"] = round(100 * sum(v == "missed" for v, _ in every) / len(every), 1)
    return out
