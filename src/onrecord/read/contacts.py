"""Contacts on a page: what is spoken of, made one where it is the same, with everybody's position and the dates.

One pass in text order over triggers (a contact is named) and answers (somebody denies or dodges the one just named).
"""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from .. import dates
from ..records import NARRATOR, Contact, Interval, Position, Time
from ..tables.words import words
from . import answers, bounds, positions, speakers, told, triggers
from .answers import Remark
from .cast import Cast
from .document import Document
from .drafts import Draft
from .groups import Group, close, kinds_fit, may_be_same, one_voice, spread_vague
from .triggers import Trigger

FRESH = words("contacts.fresh")
POINTING = words("contacts.pointing")
MANY = words("contacts.many")
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "2": 2, "3": 3,
          "4": 4, "5": 5, "6": 6, "7": 7, "several": None}  # fmt: skip
TIMES = re.compile(
    r"\b(?P<most>up to|as (?:many|numerous|much) as)?\s*(?P<least>at least)?\s*"
    r"(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d|several|once|twice)\s*(?:times)\b",
    re.I,
)
REACH = 2  # paragraphs: an answer further on does not answer


def read(document: Document, actors: Cast, times: tuple[Time, ...], drafts: list[Draft]) -> tuple[Contact, ...]:
    """The contacts of an article, in text order."""
    for draft in sorted(drafts, key=lambda d: -len(d.covers)):  # innermost last
        states = {side for _, _, side, media in speakers.speaker(actors, draft) if side and not media}
        if len(states) == 1:
            actors.stated.update(dict.fromkeys(((draft.paragraph, i) for i in draft.covers), states.pop()))
    found = triggers.find(document, actors)
    spoken = {(t.paragraph, t.token.i) for t in found}
    events: list[tuple[int, int, Trigger | Remark | Position]] = [(t.paragraph, t.token.i, t) for t in found]
    events += [(r.draft.paragraph, r.at, r) for r in answers.remarks(document, drafts, spoken)]
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.where == "body":
            triggered = {i for p, i in spoken if p == number}
            events += [(number, verb.i, view) for verb, view in answers.silent_verbs(actors, number)
                       if not triggered & {t.i for t in verb.subtree}]  # fmt: skip
    groups: list[Group] = []
    last: list[Group] = []  # the contacts spoken of last
    for number, _, event in sorted(events, key=lambda e: (e[0], e[1])):
        if isinstance(event, Trigger):
            last = _spoken(document, actors, times, drafts, groups, event) or last
        elif isinstance(event, Position):
            for group in _asked_about(groups, last, number):
                group.take(event)
        else:
            _answered(actors, groups, last, event)
    spread_vague(groups)
    if told.can_read(document.article):
        groups = told.joined(actors, groups, told.read(document, actors, times, drafts))
    for group in groups:
        group.views = one_voice(actors, group.views)
    return _records(document, actors, [g for g in groups if g.views])


def _asked_about(groups: list[Group], last: list[Group], number: int) -> list[Group]:
    """What a silence is about, if nothing says so: the past contact spoken of last, else the first of the page."""
    near = [g for g in last if number - g.paragraph <= REACH]
    past = [g for g in near if g.past] or [g for g in groups if g.past and number - g.paragraph <= 2 * REACH][:1]
    return past or near


def _spoken(
    document: Document, actors: Cast, times: tuple[Time, ...], drafts: list[Draft], groups: list[Group], trigger: Trigger
) -> list[Group]:
    """Enter what one trigger says; returns the contacts that it speaks of."""
    paragraph = document.paragraphs[trigger.paragraph]
    layers = positions.around(trigger, drafts)
    cue = next((d.head for d in layers if d.head is not None and d.kind != "noun"), None)
    future = positions.is_ahead(trigger)
    intervals = bounds.when(actors, paragraph, trigger.paragraph, trigger.token, times, cue, not future)
    published = document.published
    if published and intervals and all(i.start and i.start > published for i in intervals):
        future = True
    elif published and intervals and all(i.end and i.end < published for i in intervals):
        future = False
    views = positions.stance_of(actors, trigger, drafts, future)
    modifiers = _modifiers(trigger.token)
    fresh = bool(modifiers & FRESH) and not any(i.start and i.end for i in intervals)
    count = _count(trigger.token)
    pointing = (bool(modifiers & POINTING) or bounds.link_over(trigger.token) is not None) and not intervals
    every = pointing and trigger.token.tag_ == "NNS" and trigger.kind != "talks"  # "the contacts": no one of them
    presupposed = pointing and all(v.name == NARRATOR or (every and v.stance == "affirms") for v in views)
    if every and not views:
        return []  # "asked about the calls": whichever were spoken of
    touched: list[Group] = []
    if modifiers & MANY and not intervals and not fresh and views:
        touched = [g for g in groups if g.past and g.when.precision == "day" and set(g.parties) == set(trigger.parties)
                   and trigger.paragraph - g.paragraph <= REACH]  # fmt: skip
        for known in touched:
            for view in views:
                if view.name != NARRATOR:
                    known.take(view)
        if touched:
            return touched
    for interval in intervals or [dates.UNKNOWN]:
        group = _find(groups, trigger, interval, past=not future, fresh=fresh, several=count != (1, 1))
        if group is None:
            if not views or (presupposed and any(set(g.parties) == set(trigger.parties) for g in groups)):
                continue
            if trigger.assumed and all(v.name == NARRATOR for v in views) and not intervals and not fresh:
                continue
            group = Group(trigger.parties, trigger.kind, not future, interval, fresh, trigger.paragraph, request=trigger.request)
            groups.append(group)
        elif presupposed and group.views:
            touched.append(group)
            continue
        _enrich(group, trigger, interval)
        group.words.add((trigger.paragraph, trigger.token.i))
        if len(intervals) <= 1:
            group.count = max(group.count, count, key=lambda c: (c[1] or 0, c[0]))
        for view in views:
            group.take(view)
        touched.append(group)
    return touched


def _modifiers(token: Token) -> set[str]:
    """The words that say which contact is meant: articles, adjectives, numbers."""
    out = {c.lower_ for c in token.children if c.dep_ in ("det", "amod", "nummod", "advmod", "poss")}
    return out | {g.lower_ for c in token.children if c.dep_ in ("amod", "nummod") for g in c.children}


def _find(groups: list[Group], trigger: Trigger, interval: Interval, *, past: bool, fresh: bool, several: bool) -> Group | None:
    """The contact already met that a mention means: the same parties and tense, fitting kind and time; the latest first."""
    same = [
        g
        for g in groups
        if g.past == past
        and g.request == trigger.request
        and set(g.parties) == set(trigger.parties)
        and kinds_fit(g.kind, trigger.kind, g, interval)
    ]
    if fresh:
        return next((g for g in reversed(same) if g.fresh), None)
    same = [g for g in same if not g.fresh and not (several and g.when.precision == "day")]
    if not dates.known(interval):
        settled = [g for g in same if g.kind == trigger.kind] or same
        if "latest" in _modifiers(trigger.token) or "last" in _modifiers(trigger.token):
            dated = [g for g in settled if g.when.precision == "day"]
            return max(dated, key=lambda g: g.when.end or date.min, default=settled[-1] if settled else None)
        return settled[-1] if settled else None
    closed = interval.start is not None and interval.end is not None
    for group in reversed(same):
        if (group.when.start, group.when.end) == (interval.start, interval.end):
            return group
        bounded = group.when.start is not None and group.when.end is not None
        if closed and bounded and close(group.when, interval):
            return group
        if closed and not dates.known(group.when):
            return group
        if (
            not closed
            and past
            and trigger.kind == "call"
            and group.kind == "call"
            and bounded
            and dates.overlap(group.when, interval)
        ):
            return group
    return None


def _enrich(group: Group, trigger: Trigger, interval: Interval) -> None:
    if group.kind == "contact" and trigger.kind != "contact" and not group.fresh:
        group.kind = trigger.kind
    if dates.known(interval):
        group.when = dates.narrower(group.when, interval) if dates.known(group.when) else interval
    group.place = group.place or trigger.place
    group.paragraph = trigger.paragraph


def _count(token: Token) -> tuple[int, int | None]:
    """How many contacts a mention speaks of: (at least, at most); "up to seven times" is (1, 7)."""
    match = TIMES.search(token.sent.text)
    number = next((c.lower_ for c in token.children if c.dep_ == "nummod"), None)
    if match and token.pos_ in ("VERB", "AUX", "NOUN"):
        word = match["n"].lower()
        n = {"once": 1, "twice": 2}.get(word, COUNTS.get(word))
        if n is None:
            return 2, None
        return (1, n) if match["most"] else (n, None) if match["least"] else (n, n)
    if number in COUNTS:
        n = COUNTS[number]
        if n and any(g.lower_ == "more" for c in token.children if c.dep_ == "nummod" for g in c.children):
            return n + 1, None
        return (n, n) if n else (2, None)
    return 1, 1


def _answered(actors: Cast, groups: list[Group], last: list[Group], remark: Remark) -> None:
    """Enter an answer that names no contact: it is about the ones spoken of last, or those that a named reporter reported."""
    draft = remark.draft
    answer = answers.answer_of(remark)
    if answer is None:
        if draft.kind == "say" and answers.THIS.fullmatch(remark.text) and last:
            _said_this(actors, last, remark)
        return
    named = actors.within(draft.paragraph, list(remark.tokens))
    targets = (
        [g for g in groups if any(v.actor in named and v.stance in ("reports", "affirms") for v in g.views)] if named else []
    )
    near = [g for g in last if draft.paragraph - g.paragraph <= REACH]
    if answer[0] == "not_ruled_out":
        near = [g for g in groups if g.fresh and draft.paragraph - g.paragraph <= 2 * REACH + 2][-1:] or near
    evidence = answers.sentence_evidence(actors, draft.paragraph, remark.tokens[0])
    for group in targets or near:
        for actor, name, side, media in speakers.speaker(actors, draft):
            if media or (
                answer[0] == "denies" and any(v.actor == actor and v.stance in ("affirms", "reports") for v in group.views)
            ):
                continue
            group.take(
                Position(actor, name, answer[0], evidence, answer[1], positions.via_of(actors, draft, []), draft.id or None, side)
            )


def _said_this(actors: Cast, last: list[Group], remark: Remark) -> None:
    """ "This was stated by Peskov": what the page has just told as its own is his word."""
    evidence = answers.sentence_evidence(actors, remark.draft.paragraph, remark.tokens[0])
    for group in last:
        told = [v for v in group.views if v.name == NARRATOR and v.stance in ("affirms", "plans")]
        if not told or remark.draft.paragraph - group.paragraph > 1:
            continue
        for actor, name, side, media in speakers.speaker(actors, remark.draft):
            stance = "reports" if media and told[0].stance == "affirms" else told[0].stance
            group.take(Position(actor, name, stance, evidence, False, None, remark.draft.id or None, side))
            group.views = [v for v in group.views if v not in told]


def _records(document: Document, actors: Cast, groups: list[Group]) -> tuple[Contact, ...]:
    published = document.published
    groups.sort(key=lambda g: (g.paragraph, g.kind, str(g.when.start)))
    ids = {id(g): f"c{i}" for i, g in enumerate(groups, 1)}
    return tuple(
        Contact(
            id=ids[id(g)], kind=g.kind, parties=tuple(sorted(g.parties)),
            names=tuple(actors.name(p) for p in sorted(g.parties)), sides=tuple(actors.side(p) for p in sorted(g.parties)),
            when=_bounded(g, published), past=g.past, positions=tuple(g.views), place=g.place,
            count=g.count, may_be_same_as=tuple(ids[id(o)] for o in groups if may_be_same(g, o)),
        )
        for g in groups
    )  # fmt: skip


def _bounded(group: Group, published: date | None) -> Interval:
    """A past contact with no better bound ends on the publication day, a future one starts there."""
    when = group.when
    if published is None:
        return when
    if group.past and when.end is None:
        return Interval(when.start, published, dates.precision_of(when.start, published), when.text)
    if not group.past and when.start is None:
        return Interval(published, when.end, dates.precision_of(published, when.end), when.text)
    if group.past and when.end > published and (when.start is None or when.start <= published):  # type: ignore[operator]
        return Interval(when.start, published, dates.precision_of(when.start, published), when.text)
    if not group.past and when.start and when.start < published and (when.end is None or when.end >= published):
        return Interval(published, when.end, dates.precision_of(published, when.end), when.text)
    return when
