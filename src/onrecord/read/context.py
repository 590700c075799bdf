"""Around an attribution: to whom, in what venue, when, and who relays it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.tokens import Token

from ..records import Interval, Time
from ..tables import outlets
from .document import Paragraph

if TYPE_CHECKING:
    from .cast import Cast
    from .drafts import Draft

VENUE_WORDS = re.compile(
    r"\b(interview|briefing|press conference|news conference|statement|tweet|post|telegram(?: channel)?|state (?:television|tv)|"
    r"television|video footage|footage|clip|social media|speech|address|call with reporters|rally|book|podcast|radio|channel)\b",
    re.I,
)
TELLS = frozenset({"tell", "inform", "assure", "remind", "brief"})


def addressee(cast: Cast, draft: Draft) -> str | None:
    """Who was told: "told Bloomberg", "in an interview with the BBC"."""
    verb = draft.head
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return None
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and verb.lemma_ in TELLS:
            return _phrase(cast, draft.paragraph, child)
        if child.dep_ in ("prep", "dative") and child.lower_ == "to" and verb.lemma_ in ("say", "speak", "write"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return _phrase(cast, draft.paragraph, grandchild)
    return None


def _phrase(cast: Cast, paragraph: int, head: Token) -> str:
    actor = cast.of_token(paragraph, head)
    if actor:
        return cast.name(actor)
    return " ".join(t.text for t in head.subtree if abs(t.i - head.i) < 5).strip()


def venue(cast: Cast, draft: Draft) -> str | None:
    """Where it was said: the outlet that was told, else the phrase that names a channel, interview or book."""
    told = addressee(cast, draft)
    known = outlets.find(told) if told else None
    if known:
        return known.name
    if draft.head is None:
        return None
    sentence = draft.head.sent
    outside = [t for t in sentence if t.i not in draft.covers]
    for token in outside:
        if (
            not VENUE_WORDS.fullmatch(token.text)
            or token.i in {t.i for t in draft.source}
            or not (token.pos_ == "NOUN" or token.text == "Telegram")
        ):
            continue
        for near in (*token.children, *(g for c in token.children if c.dep_ == "prep" for g in c.children)):
            actor = cast.of_token(draft.paragraph, near)
            if actor and cast.kind(actor) == "outlet":
                return cast.name(actor)
        words = [t for t in token.subtree if t.i not in draft.covers and token.i - 5 < t.i <= token.i]
        return "".join(t.text_with_ws for t in words).strip(" ,") if words else token.text
    return None


def said_on(paragraph: Paragraph, draft: Draft, times: tuple[Time, ...]) -> Interval | None:
    """The day of saying: a time in the cue's sentence that lies outside the content."""
    if draft.head is None:
        return None
    low, high = paragraph.start + draft.head.sent.start_char, paragraph.start + draft.head.sent.end_char
    for time in times:
        if time.evidence.where != paragraph.where or not time.evidence.spans or time.type not in ("DATE", "TIME"):
            continue
        start = time.evidence.spans[0][0]
        inside = any(paragraph.start + a <= start < paragraph.start + b for a, b in draft.content)
        if low <= start < high and not inside and time.interval.precision == "day":
            return time.interval
    return None


def relayed_by(draft: Draft, drafts: list[Draft]) -> str | None:
    """The attribution whose content holds this one's cue or source: "Peskov said, Interfax reported"."""
    if draft.head is None:
        return None
    outer = [d for d in drafts if d is not draft and not d.unsaid and d.paragraph == draft.paragraph and draft.head.i in d.covers]
    return min(outer, key=lambda d: len(d.covers)).id if outer else None
