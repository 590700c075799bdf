"""Pictures of contacts: a timeline with lanes, a matrix of who with whom. SVG made here, so that nothing is fetched to draw it.

A status is a shape and a word, not a colour alone. The classes are those of `desk.css`; on its own, a picture brings its style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from importlib.resources import files
from typing import Any, TextIO

LABEL, WIDTH, LANE, HEAD, UNDATED = 210, 980, 26, 30, 110  # pixels: of names, of the whole, of a lane, of the scale, of no day
SHOWN = 300  # contacts of one picture

# status → the inside of a mark, in a box of 14 by 14
SHAPES: dict[str, str] = {
    "confirmed": '<circle cx="7" cy="7" r="5.5" class="fill"/><path d="M4.3 7.2l2 2 3.6-4" class="cut"/>',
    "announced": '<circle cx="7" cy="7" r="5.5" class="fill"/>',
    "claimed": '<circle cx="7" cy="7" r="5.5" class="line"/><path d="M7 1.5a5.5 5.5 0 0 1 0 11z" class="fill"/>',
    "reported": '<circle cx="7" cy="7" r="5.5" class="line"/><circle cx="7" cy="7" r="2" class="fill"/>',
    "stated": '<circle cx="7" cy="7" r="5.5" class="line"/>',
    "hinted": '<circle cx="7" cy="7" r="5.5" class="line dots"/>',
    "planned": '<path d="M3 1.5l9 5.5-9 5.5z" class="line"/>',
    "conditional": '<path d="M7 1l6 6-6 6-6-6z" class="line dots"/>',
    "disputed": '<path d="M7 1l6 6-6 6-6-6z" class="line"/><path d="M7 1v12l-6-6z" class="fill"/>',
    "denied": '<path d="M2.5 2.5l9 9m0-9l-9 9" class="line thick"/>',
    "cancelled": '<rect x="1.5" y="1.5" width="11" height="11" class="line"/><path d="M2 12L12 2" class="line"/>',
}  # fmt: skip


def mark(status: str, x: float = 0, y: float = 0) -> str:
    """The mark of a status, with its upper left corner at x, y."""
    place = f' transform="translate({x:.1f} {y:.1f})"' if x or y else ""
    return f'<g class="mark s-{status}"{place}>{SHAPES[status]}</g>'


@dataclass(frozen=True, slots=True)
class Item:
    """A contact in a picture."""

    lane: str
    start: date | None
    end: date | None
    status: str
    words: str
    href: str | None = None


def items(rows: Iterable[Mapping[str, Any]], href: str | None = "/contacts/{id}") -> list[Item]:
    """Contacts (views or summaries) as items of a timeline; a lane for each pair."""
    out = []
    for row in rows:
        when = row["when"]
        start, end = (date.fromisoformat(when[k]) if when[k] else None for k in ("start", "end"))
        bounds = " – ".join(dict.fromkeys(d for d in (when["start"], when["end"]) if d)) or "day not known"
        words = f"{row['kind']}, {bounds}: {row['status']}"
        out.append(Item(" – ".join(row["names"]), start, end, row["status"], words, href.format(**row) if href else None))
    return out[:SHOWN]


def timeline(found: Sequence[Item], *, alone: bool = False) -> str:
    """Lanes of contacts over time: a bar for a range, a mark in its middle, and a place apart for those without a day. `alone`:
    a picture of its own, with its style."""
    if not found:
        return ""
    lanes = list(dict.fromkeys(i.lane for i in found))
    dated = [d for i in found for d in (i.start, i.end) if d]
    low, high = (min(dated), max(dated)) if dated else (date.today(), date.today())
    margin = max(timedelta(days=1), (high - low) / 40)
    scale = _Scale(low - margin, high + margin)
    height = HEAD + LANE * len(lanes) + 8
    parts = [_scale(scale, height)]
    for number, lane in enumerate(lanes):
        y = HEAD + LANE * number + LANE / 2
        name = lane if len(lane) <= 34 else lane[:33] + "…"
        parts.append(f'<text x="0" y="{y + 4:.1f}" class="lane">{escape(name)}<title>{escape(lane)}</title></text>'
                     f'<line x1="{LABEL}" y1="{y:.1f}" x2="{WIDTH}" y2="{y:.1f}" class="rule"/>')  # fmt: skip
        free = LABEL + 8.0
        for item in (i for i in found if i.lane == lane):
            if item.start is None and item.end is None:
                parts.append(_linked(item, mark(item.status, free, y - 7)))
                free = min(free + 15, LABEL + UNDATED - 16)
            else:
                parts.append(_linked(item, _drawn(item, scale, y)))
    return _svg("".join(parts), WIDTH, height, f"Timeline of {len(found)} contacts", alone)


@dataclass(frozen=True, slots=True)
class _Scale:
    low: date
    high: date

    def x(self, day: date) -> float:
        """Where a day stands."""
        left, right = LABEL + UNDATED, WIDTH - 12
        return left + (right - left) * (day - self.low).days / max((self.high - self.low).days, 1)


def _scale(scale: _Scale, height: int) -> str:
    days = (scale.high - scale.low).days
    step = next((m for m, most in ((1, 400), (3, 1200), (12, 5000), (60, 20000)) if days <= most), 240)
    out = [f'<text x="{LABEL + 8}" y="16" class="tick">day not known</text>']
    year, month = scale.low.year, 1
    while date(year, month, 1) <= scale.high:
        day = date(year, month, 1)
        if day >= scale.low:
            x = scale.x(day)
            label = str(year) if month == 1 or step >= 12 else f"{day:%b}"
            out.append(f'<line x1="{x:.1f}" y1="22" x2="{x:.1f}" y2="{height}" class="grid"/>'
                       f'<text x="{x + 3:.1f}" y="16" class="tick">{label}</text>')  # fmt: skip
        months = year * 12 + month - 1 + step
        year, month = months // 12, months % 12 + 1
    return "".join(out)


def _drawn(item: Item, scale: _Scale, y: float) -> str:
    start, end = item.start or item.end, item.end or item.start
    assert start is not None and end is not None
    left, right = scale.x(start), scale.x(end)
    arrow = ""
    if item.start is None or item.end is None:  # an open side
        left, right = (left - 14, right) if item.start is None else (left, right + 14)
        arrow = " open"
    width = max(right - left, 1)
    bar = f'<rect x="{left:.1f}" y="{y - 4:.1f}" width="{width:.1f}" height="8" rx="4" class="bar{arrow} s-{item.status}"/>'
    return (bar if right - left > 3 else "") + mark(item.status, (left + right) / 2 - 7, y - 7)


def _linked(item: Item, drawn: str) -> str:
    title = f"<title>{escape(item.lane)}: {escape(item.words)}</title>"
    if item.href is None:
        return f"<g>{title}{drawn}</g>"
    return f'<a href="{escape(item.href)}" aria-label="{escape(item.lane)}: {escape(item.words)}">{title}{drawn}</a>'


def matrix(names: Sequence[str], counts: Mapping[tuple[int, int], int], href: Callable[[int, int], str] | None = None) -> str:
    """Who has how many contacts with whom: a square for each pair, its number in it, and where it leads."""
    cell, label = 34, 190
    size = label + cell * len(names) + 8
    most = max(counts.values(), default=1)
    parts = []
    for i, name in enumerate(names):
        at = label + cell * i
        short = name if len(name) <= 26 else name[:25] + "…"
        turned = f"translate({at + 22} {label - 8}) rotate(-55)"
        parts.append(f'<text x="{label - 8}" y="{at + 22}" class="lane end">{escape(short)}</text>'
                     f'<text transform="{turned}" class="lane">{escape(short)}</text>')  # fmt: skip
        for j in range(len(names)):
            number = counts.get((min(i, j), max(i, j)), 0) if i != j else 0
            x = label + cell * j
            box = f'<rect x="{x + 1}" y="{at + 1}" width="{cell - 2}" height="{cell - 2}" class="cell w{_weight(number, most)}"/>'
            text = (
                f'<text x="{x + cell / 2}" y="{at + 22}" class="number w{_weight(number, most)}">{number}</text>'
                if number
                else ""
            )
            inside = f"<title>{escape(name)} and {escape(names[j])}: {number}</title>{box}{text}"
            told = f'aria-label="{escape(name)} and {escape(names[j])}: {number}"'
            parts.append(f'<a href="{escape(href(i, j))}" {told}>{inside}</a>' if number and href else f"<g>{inside}</g>")
    return _svg("".join(parts), size, size, f"Contacts between {len(names)} actors", False, "chart matrix")


def _weight(number: int, most: int) -> int:
    """How dark a cell is, 0 to 4."""
    return 0 if not number else 1 + min(3, 4 * (number - 1) // max(most, 1))


def _svg(inside: str, width: int, height: int, title: str, alone: bool, kind: str = "chart") -> str:
    style = f"<style>{files(__package__).joinpath('chart.css').read_text(encoding='utf-8')}</style>" if alone else ""
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    told = f'class="{kind}" role="group" aria-label="{escape(title)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {told}>{style}{inside}</svg>'


def chart(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """A timeline as an SVG file."""
    out.write(timeline(items(rows, None), alone=True) + "\n")
