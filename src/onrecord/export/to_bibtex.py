"""BibTeX: the pages that contacts are cited from, an entry each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO
from urllib.parse import quote

SAFE = "!#$%&'()*+,/:;=?@[]~-._"  # what stands in addresses as it is
SPECIAL = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}", "\n": " ", "\r": " "}
)


def pages_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The pages of contacts' positions, each once, by the key of its article."""
    return {p["article"]: p for row in rows for p in row["positions"]}


def entries(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """An @online entry for each page of the contacts."""
    for key, p in sorted(pages_of(rows).items()):
        fields = {
            "title": p["title"] or p["page"],
            "organization": p["outlet"],
            "date": p["published"],
            "url": p["url"],
            "urldate": p["captured"][:10],
            "note": f"SHA-256 {p['page_sha256']}",
        }
        lines = [
            f"  {name} = {{{quote(value, safe=SAFE) if name == 'url' else str(value).translate(SPECIAL)}}}"
            for name, value in fields.items()
            if value
        ]
        out.write(f"@online{{onrecord{key},\n" + ",\n".join(lines) + "\n}\n")
