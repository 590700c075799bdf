"""Reads the pages written for training (GUIDE.md says what they are), and says what is wrong with them.

python -m training.contacts.pages training/contacts/pages/*.txt
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import get_args

from onrecord.records import ContactKind, Stance

KINDS, STANCES = get_args(ContactKind), get_args(Stance)
STATUSES = ("disputed", "denied", "cancelled", "conditional", "planned", "hinted", "confirmed", "claimed", "announced",
            "reported", "stated")  # fmt: skip
MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")


@dataclass(frozen=True, slots=True)
class Gold:
    """A contact as coded."""

    id: str
    kind: str
    parties: tuple[str, ...]
    start: date | None
    end: date | None
    past: bool
    status: str
    positions: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Page:
    """A page, its marks taken out: `marks` are (start, end) in the text and the contacts that they tell of."""

    id: str
    published: date
    outlet: str
    title: str
    text: str
    marks: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    contacts: list[Gold] = field(default_factory=list)


def pages(path: Path) -> Iterator[Page]:
    """The pages of a file. Raises ValueError, which says which page and what is wrong."""
    for block in re.split(r"^=== *", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        name = block.split("\n", 1)[0].strip()
        try:
            yield page_of(name, block.split("\n", 1)[1])
        except (ValueError, IndexError, KeyError) as wrong:
            raise ValueError(f"{path.name}, {name}: {wrong}") from None


def page_of(name: str, block: str) -> Page:
    """A page from its block."""
    head, rest = block.split("\n\n", 1)
    given = dict(line.split(": ", 1) for line in head.splitlines())
    marked, _, coded = rest.partition("\n---")
    page = Page(name, date.fromisoformat(given["published"]), given["outlet"], given["title"], "")
    last = 0
    marked = re.sub(r"\n\s*\n", "\n\n", marked.strip())
    for mark in MARK.finditer(marked):
        page.text += marked[last : mark.start()]
        start = len(page.text)
        page.text += mark[1]
        page.marks.append((start, len(page.text), tuple(mark[2].split())))
        last = mark.end()
    page.text += marked[last:]
    if "{" in page.text or "}" in page.text:
        raise ValueError("a brace that is no mark")
    page.contacts = [_contact(line, page) for line in coded.splitlines() if line.strip()]
    known, met = {c.id for c in page.contacts}, {i for _, _, ids in page.marks for i in ids}
    if known != met:
        raise ValueError(f"marked and coded differ: {sorted(known ^ met)}")
    return page


def _contact(line: str, page: Page) -> Gold:
    fields = [f.strip() for f in line.split("|")]
    if len(fields) != 7:
        raise ValueError(f"{len(fields)} fields instead of 7: {line}")
    number, kind, parties, when, tense, status, positions = fields
    names = tuple(p.strip() for p in parties.split(";") if p.strip())
    start, end = (date.fromisoformat(x) if x else None for x in when.split(".."))
    views = tuple((who.strip(), stance.strip()) for who, _, stance in (v.rpartition(":") for v in positions.split(";")) if who)
    checks = ((kind in KINDS, f"kind {kind}"), (len(names) > 1, "two parties at least"), (tense in ("past", "future"), tense),
              (status in STATUSES, f"status {status}"), (bool(views), "no positions"))  # fmt: skip
    for right, words in checks:
        if not right:
            raise ValueError(f"{number}: {words}")
    for _, stance in views:
        if stance not in STANCES:
            raise ValueError(f"{number}: stance {stance}")
    if start and end and start > end:
        raise ValueError(f"{number}: {when}")
    if tense == "past" and (end is None or end > page.published):
        raise ValueError(f"{number}: a past contact ends by {page.published}")
    if tense == "future" and start is None:
        raise ValueError(f"{number}: a future contact starts on {page.published} or later, if nothing better is known")
    _fits(number, status, {stance for _, stance in views}, tense)
    return Gold(number, kind, names, start, end, tense == "past", status, views)


def _fits(number: str, status: str, stances: set[str], tense: str) -> None:
    """The rows of the table of statuses that can be checked without knowing who is whose side."""
    pro, future = stances & {"affirms", "reports", "plans"}, tense == "future"
    must: set[str]
    if "denies" in stances:
        must = {"disputed"} if pro else {"denied"}
    elif "cancels" in stances:
        must = {"cancelled"}
    elif future:
        must = {"conditional"} if "conditions" in stances else {"planned"} if pro else {"hinted"}
    else:
        must = {"confirmed", "claimed", "announced", "reported", "stated"} if pro else {"hinted"}
    if status not in must:
        raise ValueError(f"{number}: status {status}, by its positions {' or '.join(sorted(must))}")


def main() -> None:
    """Says what the files hold, or what is wrong."""
    total = contacts = marks = 0
    wrong = False
    for name in sys.argv[1:]:
        for block in re.split(r"^=== *", Path(name).read_text(encoding="utf-8"), flags=re.M)[1:]:
            try:
                page = page_of(block.split("\n", 1)[0].strip(), block.split("\n", 1)[1])
            except (ValueError, IndexError, KeyError) as error:
                print(f"{name}, {block.split(chr(10), 1)[0]}: {error!r}")
                wrong = True
                continue
            total, contacts, marks = total + 1, contacts + len(page.contacts), marks + len(page.marks)
    print(f"{total} pages, {contacts} contacts, {marks} marks")
    sys.exit(wrong)


if __name__ == "__main__":
    main()
