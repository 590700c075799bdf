"""`onrecord decide`: correct, reject, merge, split, and say which article is a copy of which."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import typer

from .common import LEDGER, ledger_at

ACTIONS = ("merge", "split", "copy_of", "independent", "correct", "reject", "accept", "undo")


def run(
    action: str = typer.Argument(help=f"{', '.join(ACTIONS)}."),
    about: list[str] = typer.Argument(help="What it is about: contacts, facts, articles or, to undo, the decision."),
    why: str = typer.Option(..., "--why", help="The reason; others will ask."),
    who: str | None = typer.Option(None, "--who", envvar="ONRECORD_USER", help="Who decides.  [default: who is logged in]"),
    date: str | None = typer.Option(None, "--date", help="correct: the day, month or year on which it was."),
    kind: str | None = typer.Option(None, "--kind", help="correct: the kind of contact."),
    speaker: str | None = typer.Option(None, "--speaker", help="correct: who said it; a name that the ledger knows."),
    ledger: Path | None = LEDGER,
) -> int:
    """\b
    Examples:
      onrecord decide merge 1 2 --why "the same call, told twice"
      onrecord decide undo 1 --why "they were two"

    Put a decision on record. Facts stay as they were read; the decision goes over them, and can be undone.

    merge FIRST SECOND (contacts); split CONTACT FACT…; copy_of ARTICLE ARTICLE; independent ARTICLE ARTICLE; correct, reject or
    accept FACT; undo DECISION. `onrecord contact NUMBER` shows the keys of facts, `onrecord story NAME` those of articles,
    `onrecord decisions` the decisions.
    """
    from ..settle import decide
    from .common import one_of

    one_of("action", action, ACTIONS)
    book = ledger_at(ledger)
    given: Any = {"who": who or getpass.getuser(), "why": why}
    if action == "undo":
        number = _numbers(about, 1)[0]
        decide.undo(book, number)
        print(f"Decision {number} is undone.")
        return 0
    if action == "merge":
        number = decide.merge(book, *_numbers(about, 2), **given)
    elif action == "split":
        number = decide.split(book, _numbers(about[:1], 1)[0], about[1:], **given)
    elif action in ("copy_of", "independent"):
        number = decide.relate(book, action, *_named(about, 2), **given)
    else:
        over = decide.correction(book, date=date, kind=kind, speaker=speaker) if action == "correct" else {}
        number = decide.judge(book, action, _named(about, 1)[0], over, **given)
    print(f"Decision {number} is on record; `onrecord decide undo {number} --why …` undoes it.")
    return 0


def _named(about: list[str], count: int) -> list[str]:
    from ..errors import BadRequest

    if len(about) != count:
        raise BadRequest(f"this decision is about {count}, and {len(about)} were given; see `onrecord decide --help`")
    return about


def _numbers(about: list[str], count: int) -> list[int]:
    from ..errors import BadRequest

    try:
        return [int(name) for name in _named(about, count)]
    except ValueError:
        raise BadRequest(f"numbers are wanted, not {', '.join(about)}; `onrecord contacts` and `decisions` show them") from None
