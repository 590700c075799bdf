"""Who speaks in an attribution, and whose report or claim a denial answers."""

from __future__ import annotations

import re

from spacy.tokens import Token

from ..records import UNNAMED_OFFICIALS, UNNAMED_REPORTS, Evidence, Position
from ..tables.words import words
from .cast import Cast
from .content import subject_of
from .cues import cue_of
from .drafts import Draft
from .triggers import Trigger

OF_MEDIA = re.compile(
    r"\b(?:journalist|author|reporter|correspondent|columnist|newspaper|outlet|media|magazine|writer|biographer)\b", re.I
)
OF_REPORTS = re.compile(r"\b(?:reports?|media|press|outlets?|newspapers?|sources?|people|television|tv)\b", re.I)
OF_OFFICE = re.compile(
    r"\b(?:officials?|diplomats?|aides?|advis[eo]rs?|spokes\w+|representatives?|envoys?|ministers?|government|ministry|embassy|consulate|"
    r"presidency|palace|military|delegation|negotiators?|administration|team|office|staff)\b",
    re.I,
)
OF_PRESS = re.compile(r"\bpress (?:service|office|department|cent(?:re|er))\b", re.I)
REPORT_NOUNS = words("positions.report_nouns")


def speaker(actors: Cast, draft: Draft) -> list[tuple[str | None, str, str | None, bool]]:
    """Who speaks in an attribution: (actor, name, side, is it the media or an author?), one for each source."""
    text = " ".join(t.text for t in draft.source)
    if draft.actors:
        out: list[tuple[str | None, str, str | None, bool]] = []
        for actor in draft.actors:
            media = actors.kind(actor) == "outlet" or (actors.kind(actor) == "person" and bool(OF_MEDIA.search(text)))
            side = None if media else actors.entries[actor].side
            out.append((actor, actors.name(actor), side, media))
        return out
    outlet = next((a for a in _named_in(actors, draft) if actors.kind(a) == "outlet"), None)
    if outlet is not None:
        return [(outlet, actors.name(outlet), None, True)]
    if OF_PRESS.search(text):  # "the press service of Iran's embassy" speaks as the embassy
        institution = next((a for a in _named_in(actors, draft) if actors.kind(a) in ("organisation", "country")), None)
        if institution is not None:
            return [(institution, actors.name(institution), actors.side(institution), False)]
    country = next((c for t in draft.source if (c := actors.table.country(t.text)) is not None), None)
    if OF_OFFICE.search(text):
        return [(None, UNNAMED_OFFICIALS, country.id if country else None, country is None)]
    return [(None, UNNAMED_REPORTS, None, True)] if OF_REPORTS.search(text) or (draft.kind == "noun" and not text) else []


def _named_in(actors: Cast, draft: Draft) -> list[str]:
    """Who is named in a source, or after the "according to" that introduces it: "a New York Times story"."""
    after = list(draft.head.subtree) if draft.head is not None and draft.head.lower_ in ("according", "per") else []
    return list(actors.within(draft.paragraph, [t for t in (*draft.source, *after) if t.i not in draft.covers]))


def reported_by(actors: Cast, trigger: Trigger, evidence: Evidence) -> list[Position]:
    """ "…, as the Post had reported", "the Post's claim that", "claims in the Western media": who is answered by a denial."""
    out: dict[str, Position] = {}
    unnamed = False
    for token in trigger.token.sent:
        if cue_of(token) is not None and token.dep_ == "advcl" and any(c.lower_ == "as" for c in token.children):
            agents = [o for c in token.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj"]
            found = agents[:1] or [s for s in [subject_of(token)] if s is not None]
        elif token.lemma_.lower() in REPORT_NOUNS and _is_report_of(token, trigger.token):
            found = [t for t in token.subtree if t != token and not _within_clause(t, token)]
            unnamed = True
        else:
            continue
        for near in found:
            actor = actors.of_token(trigger.paragraph, near)
            if actor and (actors.kind(actor) == "outlet" or OF_MEDIA.search(" ".join(t.text for t in near.subtree))):
                out[actor] = Position(actor, actors.name(actor), "reports", evidence)
            elif actor and token.lemma_.lower() in REPORT_NOUNS and near.dep_ in ("poss", "pobj") and _claims(near, token):
                out[actor] = Position(actor, actors.name(actor), "affirms", evidence, side=actors.side(actor))
    if unnamed and not out:
        return [Position(None, UNNAMED_REPORTS, "reports", evidence)]
    return list(out.values())


def _claims(who: Token, noun: Token) -> bool:
    """ "Trump's claim that", "a statement by Trump that": is it theirs?"""
    return (who.dep_ == "poss" and who.head == noun) or (who.dep_ == "pobj" and who.head.lower_ == "by" and who.head.head == noun)


def _is_report_of(noun: Token, trigger: Token) -> bool:
    """Does a noun of reporting hold the trigger: "reports that they spoke", "its account of a call"?"""
    return noun.is_ancestor(trigger) and noun.pos_ == "NOUN"


def _within_clause(token: Token, top: Token) -> bool:
    """Does a token stand in a clause below another, rather than in its phrase?"""
    while token not in (top, token.head):
        if token.dep_ in ("acl", "relcl", "ccomp", "advcl"):
            return True
        token = token.head
    return False
