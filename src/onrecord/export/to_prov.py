"""W3C PROV (PROV-JSON): how each contact came out of pages: page → article → position → contact, and who said what.

Needs prov: `pip install "onrecord[prov]"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from ..errors import BadRequest

SPACE = "https://onrecord.example/ns#"  # names of ours; nothing is fetched from there


def document(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """One PROV-JSON document. Raises `BadRequest` where prov is missing."""
    try:
        from prov.model import ProvDocument
    except ImportError:
        raise BadRequest('PROV needs prov: pip install "onrecord[prov]"') from None
    doc = ProvDocument()
    doc.add_namespace("onrecord", SPACE)
    for name in ("restore", "read", "settle"):
        doc.activity(f"onrecord:{name}")
    doc.agent("onrecord:software", {"prov:type": "prov:SoftwareAgent"})
    seen: set[str] = set()
    for row in rows:
        _contact(doc, row, seen)
    out.write(f"{doc.serialize(format='json', indent=1)}\n")


def _contact(doc: Any, row: Mapping[str, Any], seen: set[str]) -> None:
    contact = f"onrecord:contact-{row['id']}"
    doc.entity(contact, {"prov:label": f"{row['kind']}, {' – '.join(row['names'])}: {row['status']}"})
    doc.wasGeneratedBy(contact, "onrecord:settle")
    for number, p in enumerate(row["positions"]):
        page, article = f"onrecord:page-{p['page_sha256']}", f"onrecord:article-{p['article']}"
        if article not in seen:
            seen.add(article)
            doc.entity(
                page,
                {
                    "prov:label": p["page"],
                    "prov:location": p["url"] or p["page"],
                    "onrecord:sha256": p["page_sha256"],
                    "onrecord:captured": p["captured"],
                },
            )
            doc.entity(article, {"prov:label": p["title"] or p["page"]})
            doc.wasDerivedFrom(article, page, "onrecord:restore")
        position = f"onrecord:position-{row['id']}-{number}"
        doc.entity(position, {"prov:label": f"{p['name']} {p['stance']}", "prov:value": p["text"]})
        doc.wasDerivedFrom(position, article, "onrecord:read")
        doc.wasDerivedFrom(contact, position, "onrecord:settle")
        agent = "onrecord:agent-" + re.sub(r"\W+", "-", p["actor"] or p["name"]).strip("-")
        if agent not in seen:
            seen.add(agent)
            doc.agent(agent, {"prov:label": p["name"]})
        doc.wasAttributedTo(position, agent)
