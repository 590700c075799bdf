"""Contacts asserted on ordinary news: PolNeAR's dev articles, most of which tell of none. Each contact was judged by hand.

    python -m bench.asserted READINGS.jsonl     lists what nobody has judged yet, as rows for bench/asserted.jsonl

A contact is right where the page tells of one of this kind (a visit for a meeting is right, a call for a meeting is not), past or
to come as given, in which each of these took part, and they are not all of one government. Dates and stances are not judged here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "asserted.jsonl"
Key = tuple[str, str, bool, tuple[str, ...]]


def key(page: str, contact: dict[str, Any]) -> Key:
    """What a judgement is about."""
    return page, contact["kind"], contact["past"], tuple(sorted(contact.get("names") or contact["parties"]))


def judged() -> dict[Key, bool]:
    """The judgements."""
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return {key(row["page"], row): row["right"] for row in rows}


def figures(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Of the contacts in readings, how many were judged, and the share of those that are right."""
    known = judged()
    every = [key(row["id"], contact) for row in rows for contact in row.get("contacts", [])]
    right = [known[k] for k in every if k in known]
    return {
        "found": len(every),
        "not judged": len(every) - len(right),
        "right, of those judged": round(100 * sum(right) / max(len(right), 1), 1),
    }


if __name__ == "__main__":
    before = judged()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        reading = json.loads(line)
        for found in reading.get("contacts", []):
            page, kind, past, parties = key(reading["id"], found)
            if (page, kind, past, parties) not in before:
                said = " / ".join(p["text"] for p in found["positions"])
                print(
                    json.dumps(
                        {"page": page, "kind": kind, "past": past, "parties": parties, "right": None, "said": said},
                        ensure_ascii=False,
                    )
                )
