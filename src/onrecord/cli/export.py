"""`onrecord export`: contacts in the formats that others use."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, get_args

import typer

from .common import AS_OF, KIND, LEDGER, SINCE, STATUS, UNTIL, day, ledger_at, one_of

OUTPUT = typer.Option(None, "--output", "-o", help="The file to write.  [default: stdout]")
# a row of a spreadsheet: what `onrecord contacts` shows, and the codes
CODES = ("cameo", "plover", "certainty", "polarity", "articles")


def run(
    form: str = typer.Argument(
        help="jsonl, json, csv, parquet, events, ftm, prov, jsonld, annotations, atom, svg, dossier or bibtex."
    ),
    names: list[str] = typer.Argument(None, help="Parties: all of them must take part."),
    since: str | None = SINCE,
    until: str | None = UNTIL,
    status: str | None = STATUS,
    kind: str | None = KIND,
    as_of: str | None = AS_OF,
    output: Path | None = OUTPUT,
    ledger: Path | None = LEDGER,
) -> int:
    """\b
    Examples:
      onrecord export events --since 2031
      onrecord export dossier Orsolo Venn --output dossier.html

    Contacts with their positions and origins, for other programs and for people.

    events is a table with CAMEO and PLOVER codes; ftm is FollowTheMoney; prov is W3C PROV; jsonld is schema.org; annotations
    are W3C Web Annotations; dossier is a page to print or send. parquet and prov are extras: pip install "onrecord[parquet]".
    """
    from ..export import OF_CONTACTS
    from ..records import ContactKind, Status
    from ..settle import views

    one_of("format", form, OF_CONTACTS)
    one_of("--status", status, get_args(Status))
    one_of("--kind", kind, get_args(ContactKind))
    found = views.contacts(
        ledger_at(ledger),
        names or [],
        since=day(since),
        until=day(until, end=True),
        status=status,
        kind=kind,
        as_of=day(as_of, end=True),
    )
    rows: Any = ({**v, **v["when"]} for v in found) if form == "csv" else found
    _write(form, rows, output)
    return 0


def _write(form: str, rows: Any, output: Path | None) -> None:
    from ..errors import BadRequest
    from ..export import EXPORTS
    from .contacts import COLUMNS

    columns = (*COLUMNS, *CODES) if form == "csv" else ()
    if output is None:
        EXPORTS[form](rows, sys.stdout, columns)
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as out:
            EXPORTS[form](rows, out, columns)
        print(f"Written to {output}.")
    except OSError as error:
        raise BadRequest(f"{output}: {error.strerror}; name a file that can be written with --output") from None
