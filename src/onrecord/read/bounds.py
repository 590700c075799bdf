"""When a contact was or will be: the times that belong to its trigger, and bounds set by events in somebody's office."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from spacy.tokens import Token

from .. import dates
from ..records import Interval, Time
from ..tables.words import words
from .cast import Cast
from .document import Document, Paragraph
from .tense import PLAN_VERBS, clause, role, verb_of

TOOK = re.compile(r"\b(?:elected|election|re-elected|won)\b", re.I)
OFFICE = re.compile(
    r"\b(?:took office|inaugurat\w+|sworn in|returned to (?:office|the White House)|return to (?:office|the White House))\b", re.I
)
LEFT = re.compile(r"\b(?:left|leaving|departed|out of)\s+(?:the\s+)?(?:office|White House|power)\b", re.I)
HELD = words("bounds.held")
SINCE = re.compile(r"\b(?:since|starting|beginning)\s+(?:in |on |from )?$", re.I)
UP_TO = re.compile(r"\b(?:until|till|before|prior to|ahead of|by)\s+(?:the )?$", re.I)
MEANWHILE = frozenset({"as", "while", "when", "where"})
LONGEST = timedelta(31)  # of a stay that is told by its first and last day
REACHES = re.compile(r"\s*(?:[-–—]|to|through|till|until)\s*")
BETWEEN = re.compile(r"\bbetween (?:the )?$", re.I)
LINK = re.compile(r"\b(before|after|since|following|until)\b", re.I)


def when(
    actors: Cast, paragraph: Paragraph, number: int, trigger: Token, times: tuple[Time, ...], cue: Token | None, past: bool
) -> list[Interval]:
    """The intervals that a trigger's clause gives: none if it says nothing, several for "on 12 and 18 March"."""
    bound = _office_bound(actors, number, trigger)
    mine = _of_clause(paragraph, trigger, times, cue, actors.document.published)
    days = _distinct([_whole(paragraph, t, times) for t in mine if t.interval.precision == "day"])
    if bound is not None:
        return [bound]
    offset = _days_from(paragraph, trigger, times, actors.document.published)
    if offset is not None:
        return [offset]
    if days:
        return days
    closed = [t.interval for t in mine if t.interval.start and t.interval.end and t.type == "DATE"]
    if closed:
        return [min(closed, key=dates.length)]
    vague = [_open(t.interval, past) for t in mine if dates.known(t.interval)]
    return [interval for interval in vague if dates.known(interval)][:1]


def _whole(paragraph: Paragraph, day: Time, times: tuple[Time, ...]) -> Interval:
    """The days that a day begins or ends, if it does: "9-10 September", "from May 3 to 5", "between 6 and 8 June"."""
    text = paragraph.doc.text
    here = [(spans[0][0] - paragraph.start, spans[-1][1] - paragraph.start, t) for t in times
            if t.evidence.where == paragraph.where and (spans := t.evidence.spans) and t.interval.precision == "day"]  # fmt: skip
    for (low, end, first), (start, high, last) in pairwise(sorted(here, key=lambda row: row[:2])):
        begins, ends = first.interval.start, last.interval.end
        if day not in (first, last) or low < 0 or begins is None or ends is None or begins >= ends:
            continue
        between = bool(BETWEEN.search(text[max(0, low - 20) : low])) and text[end:start].strip() == "and"
        if between or REACHES.fullmatch(text[end:start]):
            return Interval(begins, ends, dates.precision_of(begins, ends), text[low:high])
    return day.interval


def stays(document: Document, times: tuple[Time, ...]) -> list[Time]:
    """Days of the body that follow each other as one time, beside themselves: "March 5 and 6", "from May 3 to 5"."""
    text = document.article.text
    days = [(spans[0][0], spans[-1][1], t) for t in times
            if t.evidence.where == "body" and (spans := t.evidence.spans) and t.interval.precision == "day"]  # fmt: skip
    out = []
    for (low, end, first), (start, high, last) in pairwise(sorted(days, key=lambda row: row[:2])):
        link = text[end:start]
        begins, ends = first.interval.start, last.interval.end
        if begins is None or ends is None or not timedelta(0) < ends - begins < LONGEST:
            continue
        if REACHES.fullmatch(link) or (link.strip() == "and" and ends - begins == timedelta(1)):
            interval = Interval(begins, ends, dates.precision_of(begins, ends), text[low:high])
            out.append(replace(last, evidence=document.evidence_at("body", [(low, high)]), interval=interval,
                               value=f"{begins}/{ends}"))  # fmt: skip
    return out


def _open(interval: Interval, past: bool) -> Interval:
    """An open interval reaches up to the publication day for the past, and from it for the future."""
    if past:
        return Interval(None, interval.end, "open", interval.text)
    if interval.start is None:  # "by the end of June": from now until then
        return interval
    return Interval(interval.start, None, "open", interval.text)


def _distinct(intervals: list[Interval]) -> list[Interval]:
    out: list[Interval] = []
    for interval in intervals:
        if all((interval.start, interval.end) != (o.start, o.end) for o in out):
            out.append(interval)
    return out


def _reaching(time: Time, before: str, published: date | None) -> Time:
    """ "Since early April" reaches up to now, "before June" down to no known day."""
    i = time.interval
    if SINCE.search(before) and i.start:
        interval = Interval(i.start, published, dates.precision_of(i.start, published), i.text)
        return replace(time, interval=interval)
    if UP_TO.search(before) and i.end:
        whole = before.rstrip().endswith("by") or (i.text or "").lower().startswith(("end ", "the end "))
        return replace(time, interval=Interval(None, i.end if whole else i.start, "open", i.text))
    return time


def _of_clause(
    paragraph: Paragraph, trigger: Token, times: tuple[Time, ...], cue: Token | None, published: date | None
) -> list[Time]:
    """The times that hang on the trigger or on its clause, but not on the cue of saying; then the sentence's only one."""
    sentence = trigger.sent
    link = link_over(trigger)
    near: list[tuple[int, Time]] = []
    passing = link is not None or role(trigger) == "mentioned"  # then the clause's times are not the contact's
    chain = {t.i for t in (trigger.subtree if passing else clause(trigger))}
    if trigger.pos_ not in ("VERB", "AUX"):  # "a meeting that was planned for 12 June", "talks held on Monday"
        chain |= {c.i for c in trigger.children if c.dep_ in ("relcl", "acl") and c.lemma_ in PLAN_VERBS | HELD}
    blocked = {cue.i} if cue is not None else set()
    for time in times:
        if time.evidence.where != paragraph.where or not time.evidence.spans or time.type in ("SET",):
            continue
        start = time.evidence.spans[0][0] - paragraph.start
        if not sentence.start_char <= start < sentence.end_char:
            continue
        if not dates.known(time.interval):
            continue
        token = paragraph.doc.char_span(start, start + 1, alignment_mode="expand")
        if token is None:
            continue
        steps = _steps(token[0], chain, blocked, cue)
        if steps is not None:
            near.append((steps, _reaching(time, paragraph.doc.text[max(0, start - 24) : start], published)))
    if not near:
        return _beside(paragraph, trigger, times)
    best = min(steps for steps, _ in near)
    return [time for steps, time in near if steps <= best + 3]


def _beside(paragraph: Paragraph, trigger: Token, times: tuple[Time, ...]) -> list[Time]:
    """The day of the clause that goes on while the trigger's does: "said on Monday as he received"."""
    verb = verb_of(trigger)
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    if verb.dep_ not in ("advcl", "relcl") or not marks & MEANWHILE:
        return []
    governor = verb.head if verb.dep_ == "advcl" else verb_of(verb.head)
    out = []
    for time in times:
        if time.evidence.where == paragraph.where and time.evidence.spans and time.interval.precision == "day":
            start = time.evidence.spans[0][0] - paragraph.start
            token = paragraph.doc.char_span(start, start + 1, alignment_mode="expand")
            if token is not None and token[0].sent == trigger.sent and verb_of(token[0]) == governor:
                out.append(time)
    return out


def _steps(token: Token, chain: set[int], blocked: set[int], cue: Token | None) -> int | None:
    """How many heads lead from a time to the trigger's clause; None where the way goes over the cue or another clause."""
    current = token
    for steps in range(8):
        if current.i in blocked:
            return None
        if current.i in chain:
            if cue is not None and current == cue:
                return None
            return steps
        if current.head == current:
            return None
        if steps and current.pos_ in ("VERB", "AUX") and current.dep_ != "xcomp":
            return None  # another clause's time
        current = current.head
    return None


OFFSET = re.compile(
    r"\b(?P<n>a|an|one|two|three|four|five|six|seven|\d{1,2}|the)\s+(?P<unit>day|week)s?\s+(?P<way>after|before)\s+"
    r"[\w.’' -]{0,60}$",
    re.I,
)
SAME_DAY = re.compile(r"\b(?:hours?|minutes?)\s+(?:after|before)\s+[\w.’' -]{0,60}$", re.I)
SMALL = {"a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


def _days_from(paragraph: Paragraph, trigger: Token, times: tuple[Time, ...], published: date | None) -> Interval | None:
    """ "A day after Trump spoke to Putin": counted from the day that the sentence gives for what came after."""
    before = trigger.doc.text[max(trigger.sent.start_char, trigger.idx - 100) : trigger.idx]
    match, same = OFFSET.search(before), SAME_DAY.search(before)
    if (match is None and same is None) or published is None:
        return None
    low, high = paragraph.start + trigger.sent.start_char, paragraph.start + trigger.idx
    days = [t.interval.start for t in times if t.evidence.where == paragraph.where and t.interval.precision == "day"
            and t.evidence.spans and low <= t.evidence.spans[0][0] < high and t.interval.start]  # fmt: skip
    if not days:
        return None
    if match is None:
        return dates.day(days[-1], same[0] if same else None)
    word = match["n"].lower()
    number = (SMALL.get(word) or int(word)) * (7 if match["unit"].lower() == "week" else 1)
    shift = timedelta(days=-number if match["way"].lower() == "after" else number)
    return dates.day(days[-1] + shift, match[0])


def _office_bound(actors: Cast, number: int, trigger: Token) -> Interval | None:
    """ "Before Trump was elected last year", "after he left the White House in 2021": from the dated roles."""
    text = trigger.doc.text[trigger.idx : trigger.sent.end_char]
    link = LINK.search(text)
    if link is None or not _hangs_on(trigger, link.start() + trigger.idx):
        return None
    rest = text[link.end() : link.end() + 90]
    for pattern, edge in ((LEFT, "end"), (OFFICE, "start"), (TOOK, "elected")):
        found = pattern.search(rest)
        if not found:
            continue
        person = _person_near(actors, number, trigger, link.end() + trigger.idx, found.end() + link.end() + trigger.idx)
        if person is None:
            return None
        published = actors.document.published
        day = _edge(actors, person, edge, _year_in(rest, published), published)
        if day is None:
            return None
        words = text[link.start() : link.end() + found.end()]
        if link[1].lower() in ("before", "until"):
            return Interval(None, day, "open", words)
        return (
            Interval(day, published, dates.precision_of(day, published), words)
            if published
            else Interval(day, None, "open", words)
        )
    return None


def _hangs_on(trigger: Token, offset: int) -> bool:
    """Does the word at an offset ("before", "after") open a clause or phrase of the trigger's own clause?"""
    found = trigger.doc.char_span(offset, offset + 1, alignment_mode="expand")
    if found is None:
        return False
    chain = {t.i for t in clause(trigger)}
    word = found[0]
    if word.head.i in chain or word.head.head.i in chain:
        return True
    between = trigger.doc[trigger.i + 1 : word.i]
    return word.i > trigger.i and not any(t.text in ",;" or t.pos_ in ("VERB", "AUX") for t in between)


def link_over(trigger: Token) -> Token | None:
    """The "before", "after" or "since" that a trigger is the object of: it then dates something else."""
    current = trigger
    while current.head != current and current.pos_ not in ("VERB", "AUX"):
        if current.dep_ == "prep" and LINK.fullmatch(current.text):
            return current
        current = current.head
    return None


def _person_near(actors: Cast, number: int, trigger: Token, low: int, high: int) -> str | None:
    for token in trigger.doc:
        if low <= token.idx < high:
            actor = actors.of_token(number, token)
            if actor and actors.kind(actor) == "person" and actors.entries[actor].roles:
                return actor
    return None


def _year_in(text: str, published: date | None) -> int | None:
    match = re.search(r"\b((?:19|20)\d\d)\b", text)
    if match:
        return int(match[1])
    if published and re.search(r"\blast year\b", text):
        return published.year - 1
    return published.year if published and re.search(r"\bthis year\b", text) else None


def _edge(actors: Cast, person: str, edge: str, year: int | None, published: date | None) -> date | None:
    """The day on which a role of theirs began or ended: in that year if one is named, else the last one before publication."""
    days: list[date] = []
    for held in actors.entries[person].roles:
        elected = held.title == "president-elect"
        day = held.end if edge == "end" else held.start
        if day and (elected == (edge == "elected")):
            days.append(day)
    days = [d for d in days if (year is None or d.year == year) and (published is None or d <= published)]
    return max(days, default=None)
