"""An event table (TSV) as users of GDELT and POLECAT know one, with what those leave out: status, negation, tense, origins.

A row a contact. CAMEO codes go with PLOVER's event types; a denied or cancelled contact has its row too, and says so: coders that
drop negated events make a denial look like silence.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from .to_csv import cell

COLUMNS = (
    "event_id",
    "date_start",
    "date_end",
    "date_precision",
    "tense",
    "actor1",
    "actor1_name",
    "actor1_country",
    "actor2",
    "actor2_name",
    "actor2_country",
    "other_actors",
    "cameo",
    "plover",
    "kind",
    "status",
    "negated",
    "certainty",
    "place",
    "origins_named",
    "origins_read",
    "articles",
    "pages",
    "denied_by",
    "source_urls",
)
NEGATED = frozenset({"denied", "cancelled"})


def events(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """A header and a row for each contact."""
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    for row in rows:
        event = of_contact(row)
        writer.writerow([cell(event[name]).replace("\t", " ").replace("\n", " ") for name in COLUMNS])


def of_contact(row: Mapping[str, Any]) -> dict[str, Any]:
    """A contact as an event. `negated` is whether it is denied or cancelled; a disputed one is both asserted and denied."""
    parties = list(zip(row["parties"], row["names"], row["sides"], strict=True))
    first, second = (parties + [(None, None, None)] * 2)[:2]
    urls = dict.fromkeys(p["url"] or p["page"] for p in row["positions"])
    return {
        "event_id": row["id"],
        "date_start": row["when"]["start"],
        "date_end": row["when"]["end"],
        "date_precision": row["when"]["precision"],
        "tense": "past" if row["past"] else "future",
        "actor1": first[0],
        "actor1_name": first[1],
        "actor1_country": first[2],
        "actor2": second[0],
        "actor2_name": second[1],
        "actor2_country": second[2],
        "other_actors": [p[1] for p in parties[2:]],
        "cameo": row["cameo"],
        "plover": row["plover"],
        "kind": row["kind"],
        "status": row["status"],
        "negated": row["status"] in NEGATED,
        "certainty": row["certainty"] + row["polarity"],
        "place": row["place"],
        "origins_named": row["origins_named"],
        "origins_read": row["origins_read"],
        "articles": row["articles"],
        "pages": row["pages"],
        "denied_by": list(dict.fromkeys(p["name"] for p in row["positions"] if p["stance"] == "denies")),
        "source_urls": list(urls),
    }
