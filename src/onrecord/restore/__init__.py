"""A page's article: decoded, freed of chrome, repaired, with title, date, outlet, bylines, credits and a map back.

Stages for a text page, each with a map of its own that compose to the one in the article:
decode → encoding (characters) → marks (ampersands) → unflatten (lines). HTML has no map: its evidence is found again
by quoting it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from ..errors import NotAnArticle
from ..records import Article, Credit, Dropped, Page, Published, Repair, Span, Stretch
from ..text import Builder, compose, lines, to_source
from . import body as html_body
from . import seams, unflatten
from .credits import credits
from .dates import published
from .decode import decode
from .encoding import undo
from .language import language
from .marks import doubtful, restore_marks

MIN_WORDS = 8
MAX_TEXT = 1_000_000  # characters; more than twice what is read of an article
LEADING_LINES = 12  # a printed date stands near the top


def restore(page: Page) -> Article:
    """The article of a page. Raises `SkipPage` where there is none."""
    text = decode(page).replace("\x00", "\ufffd")
    article = _from_html(page, text) if page.media_type == "text/html" else _from_text(page, text)
    if sum(1 for _ in islice(re.finditer(r"\w+", article.text), MIN_WORDS)) < MIN_WORDS:
        raise NotAnArticle(f"no article on it (fewer than {MIN_WORDS} words of prose); give a whole page")
    return article


def _from_html(page: Page, markup: str) -> Article:
    found = html_body.extract(markup, page.url)
    fixed, repairs = undo(found.body.text, entities=False)
    marked, more = restore_marks(fixed.text)
    text = marked.text
    repairs = [*repairs, *(replace(r, at=_at(tuple(fixed.stretches), r.at) or r.at) for r in (*more, *doubtful(fixed.text)))]
    told, spoken = found.facts, language(text)
    near = "\n".join(found.near)
    day = published(page.published, told.dates, told.url, near, lines(near), day_first=spoken not in (None, "en"))
    own = page.outlet or told.outlet  # which is no credit
    named = [replace(credit, at=None) for credit in credits(text) if credit.name != own]
    return Article(
        title=told.title, text=text, language=spoken,
        published=_without_place(day),
        outlet=page.outlet or told.outlet, bylines=tuple(told.bylines),
        credits=_from_elsewhere(told.first_published, named), repairs=tuple(repairs), dropped=tuple(found.dropped),
        visible=found.visible, visible_offsets=compose(marked.stretches, compose(fixed.stretches, found.body.stretches)),
    )  # fmt: skip


def _from_elsewhere(outlet: str | None, found: list[Credit]) -> tuple[Credit, ...]:
    """The credits, with the outlet whose address the page gives as its own."""
    return (Credit(outlet, "first_published", None), *(c for c in found if c.name != outlet)) if outlet else tuple(found)


def _without_place(day: Published | None) -> Published | None:
    """A day found on an HTML page, whose text has no offsets that a reader could use."""
    return replace(day, at=None) if day else None


def _from_text(page: Page, text: str) -> Article:
    if len(text) > MAX_TEXT:
        raise NotAnArticle(f"{len(text)} characters of text: no article is longer than {MAX_TEXT}; split it into pages")
    characters, first = undo(text, entities=True)
    marked, second = restore_marks(characters.text)
    second += doubtful(characters.text)
    plain = marked.text
    to_page = compose(marked.stretches, characters.stretches)
    layout = unflatten.layout(plain)
    if not layout.body:
        raise NotAnArticle("no article on it (no line of prose); give a whole page")
    joined, third = seams.join(plain, layout.body)
    body_map = compose(joined.stretches, to_page)
    title, title_map = _title(plain, layout.title, to_page)
    rows = list(islice(lines(plain), LEADING_LINES))
    day = published(page.published, (), page.url, plain, rows)
    return Article(
        title=title, text=joined.text, language=language(joined.text),
        published=_date_in_page(day, to_page), outlet=page.outlet,
        credits=_credits(layout.credits, to_page, joined, body_map),
        repairs=_repairs(first, second, third, characters, to_page),
        dropped=tuple(Dropped(_at(to_page, d.at), d.reason, d.text) for d in layout.dropped),
        page_text=text, offsets=body_map, title_offsets=title_map,
    )  # fmt: skip


def _title(plain: str, span: Span | None, to_page: tuple[Stretch, ...]) -> tuple[str | None, tuple[Stretch, ...] | None]:
    if span is None:
        return None, None
    builder = Builder(plain)
    builder.copy(*span)
    return builder.text, compose(builder.stretches, to_page)


def _at(to_page: tuple[Stretch, ...], span: Span | None) -> Span | None:
    where = to_source(to_page, [span]) if span else ()
    return (where[0][0], where[-1][1]) if where else None


def _date_in_page(day: Published | None, to_page: tuple[Stretch, ...]) -> Published | None:
    return replace(day, at=_at(to_page, day.at)) if day else None


def _credits(
    trailing: tuple[Credit, ...], to_page: tuple[Stretch, ...], joined: Builder, body_map: tuple[Stretch, ...]
) -> tuple[Credit, ...]:
    found = [replace(c, at=_at(to_page, c.at)) for c in trailing]
    names = {c.name for c in found}
    found += [replace(c, at=_at(body_map, c.at)) for c in credits(joined.text) if c.name not in names]
    return tuple(found)


def _repairs(
    first: list[Repair], second: list[Repair], third: list[Repair], characters: Builder, to_page: tuple[Stretch, ...]
) -> tuple[Repair, ...]:
    """All repairs with their places in the page, in page order."""
    inner = tuple(characters.stretches)
    out = list(first)
    out += [replace(r, at=_at(inner, r.at) or r.at) for r in second]
    out += [replace(r, at=_at(to_page, r.at) or _point(to_page, r.at[0])) for r in third]
    return tuple(sorted(out, key=lambda r: r.at))


def _point(to_page: tuple[Stretch, ...], position: int) -> Span:
    where = _at(to_page, (max(position - 1, 0), position)) if position else (0, 0)
    end = where[1] if where else position
    return end, end
