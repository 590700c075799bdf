"""What screens and interface share in understanding an address: the ledger, days, pages of a list, filters."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, get_args

from fastapi import HTTPException, Request

from .. import dates
from ..errors import BadRequest
from ..ledger import Ledger, query
from ..records import ContactKind, Status
from ..settle import summaries

PAGE = 40  # rows of a list
FURTHEST = 20_000  # rows that can be paged through: beyond, narrow the list


def book(request: Request) -> Ledger:
    """The ledger of this desk."""
    found: Ledger = request.app.state.book
    request.app.state.watch.look(found)
    return found


class Watch:
    """Sums up anew what others wrote to the ledger while the desk is open: SQLite says cheaply whether anybody did."""

    def __init__(self, ledger: Ledger) -> None:
        self._connection = sqlite3.connect(ledger.path, check_same_thread=False)
        self._lock, self._seen = Lock(), -1
        self.counts: dict[str, int] = {}  # how much there is of everything

    def look(self, ledger: Ledger) -> None:
        """Refresh the summaries if anything was written since the last look."""
        with self._lock:
            [version] = self._connection.execute("PRAGMA data_version").fetchone()
            if version != self._seen:
                summaries.refresh(ledger)
                self.counts = query.counts(ledger)
                self._seen = self._connection.execute("PRAGMA data_version").fetchone()[0]


def amounts(request: Request) -> dict[str, int]:
    """How much there is of everything in the ledger of this desk."""
    found: dict[str, int] = request.app.state.watch.counts
    return found


def day(value: str | None, *, end: bool = False) -> date | None:
    """The first (or last) day of a day, month or year. Raises `HTTPException`."""
    if not value or not value.strip():
        return None
    try:
        found = dates.named(value.strip())
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
    return found.end if end else found.start


def number(value: str) -> int:
    """A number in an address. Raises `HTTPException`."""
    if not (value.isascii() and value.isdecimal()) or len(value) > 9:
        raise HTTPException(404, f"no contact is called {value[:20]!r}: contacts have numbers")
    return int(value)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of contacts is narrowed by, as the address has it."""

    names: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    place: str = ""
    outlet: str = ""
    as_of: str = ""

    def asked(self) -> dict[str, Any]:
        """As `summaries.contacts` takes them. Raises `HTTPException`."""
        return {
            "names": self.names, "statuses": self.statuses, "kinds": self.kinds, "since": day(self.since),
            "until": day(self.until, end=True), "place": self.place or None, "outlet": self.outlet or None,
            "as_of": day(self.as_of, end=True),
        }  # fmt: skip

    def words(self) -> str:
        """What was looked for, for people."""
        parts = [f"with {' and '.join(self.names)}"] if self.names else []
        parts += [f"that are {' or '.join(self.statuses)}"] if self.statuses else []
        parts += [f"of kind {' or '.join(self.kinds)}"] if self.kinds else []
        parts += [f"in {self.place}"] if self.place else []
        parts += [f"told by {self.outlet}"] if self.outlet else []
        parts += [f"from {self.since}"] if self.since else []
        parts += [f"until {self.until}"] if self.until else []
        parts += [f"as on record on {self.as_of}"] if self.as_of else []
        return ", ".join(parts)


def filters(request: Request) -> Filters:
    """The filters of an address. Raises `HTTPException` for a status or kind that there is none of."""
    q = request.query_params
    names = [n.strip() for value in q.getlist("with") for n in value.split(",") if n.strip()]
    found = Filters(tuple(names), tuple(v for v in q.getlist("status") if v), tuple(v for v in q.getlist("kind") if v),
                    *(q.get(name, "").strip() for name in ("since", "until", "place", "outlet", "as_of")))  # fmt: skip
    for given, known, what in ((found.statuses, get_args(Status), "status"), (found.kinds, get_args(ContactKind), "kind")):
        for value in given:
            if value not in known:
                raise HTTPException(400, f"no {what} is called {value!r}; there are {', '.join(known)}")
    return found


def whole(given: str, otherwise: int) -> int:
    """A whole number of an address; `otherwise` where it is none."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else otherwise


def offset(request: Request) -> int:
    """How many rows of a list come before this page of it."""
    value = whole(request.query_params.get("from", ""), 0)
    if value > FURTHEST:
        raise HTTPException(400, f"lists go to row {FURTHEST:,}; narrow this one by days, names or status")
    return value


def asked_day(request: Request) -> date | None:
    """The day of ?as_of=."""
    return day(request.query_params.get("as_of"), end=True)


def fault(error: BadRequest) -> HTTPException:
    """A bad request of the ledger as one of the desk."""
    return HTTPException(404 if str(error).startswith("no ") else 400, str(error))
