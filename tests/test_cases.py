"""One case, one file: tests/cases/<stage>/<what it shows>.txt.

# one sentence why
published: 2031-05-18          (optional; else 2031-05-18)
---
the page's text
---
what must come out, a line each (how, each stage's own formatter below says)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.readings import iso
from onrecord.records import PageResult
from onrecord.status import status_of

CASES = Path(__file__).parent / "cases"


def contacts(result: PageResult) -> Iterator[str]:
    """names | kind | start..end | past or future | status | name stance, name stance"""
    for c in result.reading.contacts:
        taken = ", ".join(f"{p.name} {p.stance}{' (hedged)' if p.hedged else ''}" for p in c.positions)
        days = f"{iso(c.when.start) or ''}..{iso(c.when.end) or ''}"
        status = status_of(c.positions, c.sides, past=c.past)
        yield f"{'; '.join(c.names)} | {c.kind} | {days} | {'past' if c.past else 'future'} | {status} | {taken}"


def attributions(result: PageResult) -> Iterator[str]:
    """source | cue | content | actors"""
    for a in result.reading.attributions:
        source, cue = (e.text if e else "-" for e in (a.source, a.cue))
        yield f"{source} | {cue} | {a.content.text} | {', '.join(a.actors) or '-'}"


def times(result: PageResult) -> Iterator[str]:
    """text | type | value | start..end"""
    for t in result.reading.times:
        yield f"{t.evidence.text} | {t.type} | {t.value} | {iso(t.interval.start) or ''}..{iso(t.interval.end) or ''}"


def restore(result: PageResult) -> Iterator[str]:
    """title, date, credits, the article's lines, then what was dropped"""
    article = result.article
    if article is None:
        assert result.skipped
        yield f"skipped: {result.skipped.reason}"
        return
    yield f"title: {article.title}"
    yield f"published: {article.published.value if article.published else None}"
    for credit in article.credits:
        yield f"{credit.relation}: {credit.name}"
    yield from (f"> {line}" for line in article.text.split("\n") if line)
    for reason in sorted({d.reason for d in article.dropped}):
        yield f"dropped {reason}: {sum(d.reason == reason for d in article.dropped)}"


def claims(result: PageResult) -> Iterator[str]:
    """names: terms | condition | since; then accuser > accused: of | when | answer | commitment"""
    for c in result.reading.commitments:
        yield f"{'; '.join(c.names)}: {c.terms} | {c.condition or '-'} | {iso(c.since.start) if c.since else '-'}"
    for a in result.reading.accusations:
        when = iso(a.when.start) if a.when else "-"
        yield f"{a.accuser} > {a.accused}: {a.of} | {when} | {a.answer or '-'} | {a.commitment or '-'}"


STAGES: dict[str, Callable[[PageResult], Iterator[str]]] = {
    "claims": claims, "contacts": contacts, "attributions": attributions, "times": times, "restore": restore,
}  # fmt: skip


def parts(path: Path) -> tuple[str, dict[str, str], str, list[str]]:
    """Why, settings, text and expectation of a case."""
    head, text, expected = path.read_text(encoding="utf-8").split("\n---\n")
    lines = head.split("\n")
    assert lines[0].startswith("# "), f"{path}: the first line says why"
    settings = dict(line.split(": ", 1) for line in lines[1:] if line)
    return lines[0][2:], settings, text, [line for line in expected.split("\n") if line]


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.txt")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_case(path: Path, read_text: Callable[..., PageResult]) -> None:
    """What the case's file says comes out, line for line."""
    why, settings, text, expected = parts(path)
    published = settings.get("published", "2031-05-18")
    result = read_text(text, None if published == "none" else published)
    assert list(STAGES[path.parent.name](result)) == expected, why
