"""Whom an attribution's source means, against marks made by hand: bench/speakers.jsonl.

A row is {"id", "content", "person"}: a document of PolNeAR's dev part, the content's ranges, and the range where the person
(or outlet, or body) who is meant is named in full. Offsets only. A speaker is right where the actor that the reading gives has
a mention there; a reading that gives none has said "unknown".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MARKS = Path(__file__).with_name("speakers.jsonl")


def touched(ranges: list[list[int]]) -> set[int]:
    """The characters of ranges."""
    return {i for start, end in ranges for i in range(start, end)}


def verdicts(readings: dict[str, Any]) -> list[str]:
    """right, wrong, unknown or missed (no attribution of that content) for each mark."""
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
            out.append("missed")
            continue
        actors = (best["source"] or {}).get("actors") or []
        places = [touched(m["at"] or []) for actor in row["actors"] if actor["id"] in actors for m in actor["mentions"]]
        out.append("unknown" if not actors else "right" if any(place & person for place in places) else "wrong")
    return out


def figures(readings: list[dict[str, Any]]) -> dict[str, float]:
    """Shares in percent: of the speakers that were given, how many are right; and how many were not given."""
    found = verdicts({row["id"]: row for row in readings})
    given = found.count("right") + found.count("wrong")
    return {
        "marks": len(found), "right, of the speakers given": round(100 * found.count("right") / max(given, 1), 1),
        "right, of all found": round(100 * found.count("right") / max(len(found) - found.count("missed"), 1), 1),
        "unknown": round(100 * found.count("unknown") / len(found), 1),
        "missed": round(100 * found.count("missed") / len(found), 1),
    }  # fmt: skip
