"""W3C Web Annotations, one JSON object a line: each position with a selector that finds its words on the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def of_positions(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """An annotation for each position of each contact."""
    for row in rows:
        for number, p in enumerate(row["positions"]):
            out.write(json.dumps(_annotation(row, number, p), ensure_ascii=False) + "\n")


def _annotation(row: Mapping[str, Any], number: int, p: Mapping[str, Any]) -> dict[str, Any]:
    stance = p["stance"].replace("_", " ") + (" (hedged)" if p["hedged"] else "")
    words = f"{p['name']} {stance}: {row['kind']}, {' – '.join(row['names'])}"
    return {
        "@context": CONTEXT,
        "id": f"urn:onrecord:position:{row['id']}-{number}",
        "type": "Annotation",
        "motivation": "classifying",
        "created": p["captured"],
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": p["stance"]},
            {"type": "TextualBody", "purpose": "describing", "value": words},
        ],
        "target": {"source": p["url"] or f"urn:sha256:{p['page_sha256']}", "selector": _selector(p)},
    }


def _selector(p: Mapping[str, Any]) -> dict[str, Any]:
    """By its words where the page is HTML; by its place in the page's text where it is text."""
    if p.get("selector"):
        return {"type": "TextQuoteSelector", **{k: p["selector"][k] for k in ("exact", "prefix", "suffix")}}
    quoted = {"type": "TextQuoteSelector", "exact": p["text"]}
    if not p["at"]:
        return quoted
    return quoted | {"refinedBy": {"type": "TextPositionSelector", "start": p["at"][0][0], "end": p["at"][-1][1]}}
