"""schema.org as JSON-LD: articles, quotations, claims. No ClaimReview: a status sums up what is said, and reviews nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

QUOTES = '“"«'


def graph(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """One JSON-LD document with the contacts' articles, what is quoted on them, and each contact as a claim."""
    nodes: dict[str, dict[str, Any]] = {}
    for row in rows:
        for node in of_contact(row):
            nodes.setdefault(node["@id"], node)
    out.write(json.dumps({"@context": "https://schema.org", "@graph": list(nodes.values())}, ensure_ascii=False, indent=1) + "\n")


def of_contact(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The nodes of one contact."""
    articles = {f"urn:onrecord:article:{p['article']}": p for p in row["positions"]}
    nodes = [
        _clean(
            {
                "@type": "NewsArticle",
                "@id": key,
                "headline": p["title"],
                "url": p["url"],
                "datePublished": p["published"],
                "publisher": {"@type": "NewsMediaOrganization", "name": p["outlet"]} if p["outlet"] else None,
                "identifier": f"sha256:{p['page_sha256']}",
            }
        )
        for key, p in articles.items()
    ]
    for number, p in enumerate(row["positions"]):
        if any(mark in p["text"] for mark in QUOTES) and not p["wording_altered"]:
            nodes.append(
                _clean(
                    {
                        "@type": "Quotation",
                        "@id": f"urn:onrecord:quotation:{row['id']}-{number}",
                        "text": p["text"],
                        "spokenByCharacter": {"@type": "Person", "name": p["name"]},
                        "isPartOf": {"@id": f"urn:onrecord:article:{p['article']}"},
                    }
                )
            )
    claim = {
        "@type": "Claim",
        "@id": f"urn:onrecord:contact:{row['id']}",
        "text": f"{row['kind'].capitalize()}, {' – '.join(row['names'])}: {row['status']} ({row['because']})",
        "appearance": [{"@id": key} for key in articles],
        "temporalCoverage": _days(row["when"]),
    }
    return [*nodes, _clean(claim)]


def _days(when: Mapping[str, Any]) -> str | None:
    """An interval as schema.org has one: 2024-11-01/2024-11-10, with .. for an open side."""
    if not when["start"] and not when["end"]:
        return None
    return str(when["start"]) if when["start"] == when["end"] else f"{when['start'] or '..'}/{when['end'] or '..'}"


def _clean(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value is not None}
