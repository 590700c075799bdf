"""A contact in words: the sentence that answers the question, the grid of positions, and what is missing. Made of fields only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from ..records import NARRATOR, Stance
from ..status import SAYS

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
COLUMNS: tuple[Stance, ...] = (  # of the grid, and the order of the sentence: what is denied comes last
    "affirms", "reports", "plans", "conditions", "hints", "not_ruled_out", "evades", "no_comment", "cancels", "denies",
)  # fmt: skip
NAMES_SHOWN = 3


def headline(v: Mapping[str, Any]) -> dict[str, Any]:
    """What the first line of a contact says: what, the status, and by whom each stance is taken."""
    what = f"{v['kind'].capitalize()}, {' – '.join(v['names'])}"
    what += f" in {v['place']}" if v["place"] else ""
    return {"what": f"{what}, {days(v['when'])}", "status": v["status"], "says": says(v), "silent": silent(v)}


def sentence(v: Mapping[str, Any]) -> str:
    """The first line of a contact, as one string."""
    h = headline(v)
    said = "; ".join([*h["says"], *(f"no word from {side_of(name)}" for name in h["silent"])])
    return f"{h['what']}: {h['status']}. {said[:1].upper()}{said[1:]}."


def says(v: Mapping[str, Any]) -> list[str]:
    """Who takes which stance; media and unnamed people as the number of origins that they come to."""
    out = []
    for stance in COLUMNS:
        words = SAYS[stance]
        names = _names(p for p in v["positions"] if p["stance"] == stance)
        if not names:
            continue
        if stance == "reports":
            n, read = v["origins_named"], v["origins_read"]
            out.append(
                f"{words} {n} named origin{'s' * (n != 1)} ({read} read)" if n else f"{words} {_few(names)}, no origin named"
            )
        else:
            out.append(f"{words} {_few(names)}")
    return out


def side_of(name: str) -> str:
    """Whose side: "Mara Venn’s side", "the United States’ side"."""
    return f"{name}’ side" if name.endswith("s") else f"{name}’s side"


def silent(v: Mapping[str, Any]) -> list[str]:
    """Parties for whose side nobody speaks."""
    heard = {p["side"] or p["actor"] for p in v["positions"]} | {p["actor"] for p in v["positions"]}
    pairs = zip(v["parties"], v["names"], v["sides"], strict=True)
    return [name for party, name, side in pairs if side not in heard and party not in heard]


def missing(v: Mapping[str, Any]) -> list[str]:
    """What a reader would ask for next, each as a sentence."""
    out = [f"No word from {side_of(name)}." for name in silent(v)]
    out += [f"{o['name']} is named, and nothing of its own is on record here." for o in v["origins"] if not o["read"]]
    if v["when"]["start"] is None and v["when"]["end"] is None:
        out.append("Nobody says when.")
    elif v["when"]["precision"] != "day" and v["past"]:
        out.append("No source gives the day.")
    if not any(p["attribution"] for p in v["positions"]):
        out.append("Nobody is quoted on it: all that there is are the pages’ own words.")
    return out


def grid(v: Mapping[str, Any]) -> tuple[list[Stance], list[tuple[str, dict[Stance, list[dict[str, Any]]]]]]:
    """Who × stance: the stances that are taken, and a row for each who takes one, with the positions in each cell; those with
    the same words are one, with the further pages in `also`. Parties for whom nobody speaks have a row without cells."""
    rows: dict[str, dict[Stance, list[dict[str, Any]]]] = {}
    for same in same_words(v["positions"]):
        cell = rows.setdefault(name_of(same[0]), {}).setdefault(same[0]["stance"], [])
        cell.append({**same[0], "also": same[1:]})
    taken = [stance for stance in COLUMNS if any(stance in row for row in rows.values())]
    listed = sorted(rows.items(), key=lambda item: (item[0] == PAGE_ITSELF, min(taken.index(s) for s in item[1])))
    return taken, [*listed, *((name, {}) for name in silent(v))]


def same_words(positions: Iterable[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """Positions with the same words of the same person together: copies carry no further word."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for p in positions:
        groups.setdefault((p["name"], p["stance"], str(p["hedged"]), " ".join(p["text"].split())), []).append(dict(p))
    return list(groups.values())


PAGE_ITSELF = "the page itself"


def name_of(position: Mapping[str, Any]) -> str:
    """Who takes a position, for people."""
    return PAGE_ITSELF if position["name"] == NARRATOR else str(position["name"])


def _names(positions: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name_of(p) + (" (hedged)" if p["hedged"] else "") for p in positions))


def _few(names: list[str]) -> str:
    rest = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def days(when: Mapping[str, Any]) -> str:
    """An interval as people say it: 5 November 2024; early November 2024; February 2022; 3–9 May 2031; day not known."""
    start, end = (date.fromisoformat(when[k]) if when[k] else None for k in ("start", "end"))
    if start is None or end is None:
        bound = start or end
        return f"{'from' if start else 'until'} {day(bound)}" if bound else "day not known"
    if start == end:
        return day(start)
    month = f"{MONTHS[start.month - 1]} {start.year}"
    whole = _month_end(start)
    named = {(1, 10): f"early {month}", (11, 20): f"mid {month}", (21, whole.day): f"late {month}", (1, whole.day): month}
    if (start.year, start.month) == (end.year, end.month):
        return named.get((start.day, end.day)) or f"{start.day}–{day(end)}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return f"{day(start)} – {day(end)}"


def day(value: date) -> str:
    """5 November 2024."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _month_end(value: date) -> date:
    return (value.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
