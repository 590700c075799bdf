"""What leaves: readings and ledger rows in the formats that others use. A new one is one file and one line in EXPORTS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO

from . import (
    to_annotations,
    to_atom,
    to_bibtex,
    to_csv,
    to_dossier,
    to_events,
    to_ftm,
    to_html,
    to_json,
    to_jsonld,
    to_parquet,
    to_prov,
    to_svg,
)

Row = Mapping[str, Any]
Export = Callable[[Iterable[Row], TextIO, Sequence[str]], None]

# name → writes rows to a stream; the third argument is the order of columns, for formats that have columns
EXPORTS: dict[str, Export] = {
    "json": to_json.array,  # one array
    "jsonl": to_json.lines,  # one object a line
    "csv": to_csv.table,  # a header and a row each; lists joined by "; "
    "html": to_html.pages,  # readings only: a page to look at, with the evidence marked
    # contacts only, as `onrecord export` gives them:
    "parquet": to_parquet.contacts,  # a row a contact, positions as lists
    "events": to_events.events,  # CAMEO and PLOVER codes, a row a contact, as GDELT's and POLECAT's users know them
    "ftm": to_ftm.entities,  # FollowTheMoney
    "prov": to_prov.document,  # W3C PROV: page → article → position → contact
    "jsonld": to_jsonld.graph,  # schema.org
    "annotations": to_annotations.of_positions,  # W3C Web Annotations
    "atom": to_atom.contacts,  # a feed
    "svg": to_svg.chart,  # a timeline
    "dossier": to_dossier.dossier,  # a page to print or send, every quotation numbered and cited
    "bibtex": to_bibtex.entries,  # the pages that they are cited from
}
OF_CONTACTS = tuple(name for name in EXPORTS if name != "html")
