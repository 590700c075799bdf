"""Who takes which stance when a contact is spoken of: the innermost attribution around it, its cue, tense and modality.

`stance_of` answers for a trigger; `answer_of` for an attribution that speaks of a contact without naming it ("That is
pure fiction", "the Kremlin denied those reports", "If I did, it was smart").
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from ..records import NARRATOR, UNNAMED_REPORTS, Evidence, Position, Stance
from ..tables import outlets
from ..tables.words import words
from .answers import means, negated_cue, sentence_evidence, silence_over, text_of, vague_meaning
from .cast import Cast
from .cues import NOUNS, cues
from .drafts import Draft
from .speakers import REPORT_NOUNS, reported_by, speaker
from .tense import (
    AHEAD,
    clause,
    is_conditional,
    is_future,
    is_last,
    is_negated,
    is_possible,
    is_supposed,
    is_unless,
    is_unreal,
    is_urged,
    plan_of,
    role,
    verb_of,
)
from .triggers import Trigger

CANCELS = words("positions.cancels")
TOWARDS = re.compile(
    r"\b(?:step|steps|move|progress|path|way|groundwork)\s+(?:towards?|to|for)\b|\b(?:possibility|prospect|chance|idea)s?\s+of\b",
    re.I,
)
ALLEGED = words("positions.alleged")
ALLEGED_ADJECTIVES = words("positions.alleged_adjectives")
HOPES = words("positions.hopes")


def around(trigger: Trigger, drafts: list[Draft]) -> list[Draft]:
    """The attributions whose content holds a trigger, innermost first."""
    found = [d for d in drafts if d.paragraph == trigger.paragraph and trigger.token.i in d.covers]
    return sorted(found, key=lambda d: len(d.covers))


def stance_of(actors: Cast, trigger: Trigger, drafts: list[Draft], future: bool) -> list[Position]:
    """The stances that are taken where a contact is spoken of; empty where it is only asked about or supposed."""
    token = trigger.token
    evidence = sentence_evidence(actors, trigger.paragraph, token)
    silent = silence_over(actors, trigger.paragraph, trigger.token)
    if silent is not None:
        return [silent]
    if is_urged(token) or token.sent.text.rstrip(" ”\"'").endswith("?"):
        return []  # what should be, or is asked, is nobody's position
    layers = around(trigger, drafts)
    if not future and is_negated(token) and is_last(token):
        return []  # "have not met since 2021"
    if not future and is_unreal(token):
        return []  # what was tried, wanted or refused is not said to have been
    denial = _denial(token, layers)
    if denial is not None and (not _is_denied(token, denial) or (denial.kind == "deny" and is_negated(token))):
        return []  # to deny that there was none is not to deny it
    if denial is not None:
        stance: Stance = "evades" if negated_cue(denial) else "denies"
        hedged = means(_words(denial, token), "hedged")
        reported = [] if future else reported_by(actors, trigger, evidence)
        return _views(actors, denial, layers, stance, evidence, hedged) + reported
    inner = next((d for d in layers if d.kind in ("say", "think", "noun", "accuse") and speaker(actors, d)), None)
    if any(d.kind == "accuse" for d in layers):
        return []  # what an accusation supposes is nobody's position
    if any(d.kind == "ask" for d in layers) and (inner is None or inner.kind != "noun"):
        return []
    if inner is None:
        quoted = actors.document.paragraphs[trigger.paragraph].in_quote(token.idx)
        return [] if quoted or layers else _narrated(trigger, evidence, future)
    views = _attributed(actors, trigger, inner, layers, evidence, future)
    if role(token) == "mentioned" and not future:  # in passing: only a side's own words commit it to the contact
        sides = {actors.side(p) for p in trigger.parties}
        mine = [v for v in views if v.side in sides or v.stance != "affirms" or inner.kind == "noun"]
        return mine or ([] if trigger.assumed else [Position(None, NARRATOR, "affirms", evidence)])
    return views


def _denial(token: Token, layers: list[Draft]) -> Draft | None:
    """The attribution by which what a trigger speaks of is denied, or is called false: "reports that … are fiction"."""
    for draft in layers:
        if draft.kind == "deny":
            return draft
        if draft.kind in ("say", "think") and any(d.kind == "noun" for d in layers) and means(_words(draft, token), "false"):
            return draft
    return None


def _is_denied(token: Token, denial: Draft) -> bool:
    """Is it the contact that is denied, rather than something else that was said of it or while it lasted?"""
    if role(token) == "mentioned":
        above = token.head.head if token.dep_ == "pobj" else token.head
        return above.lemma_ in NOUNS or above == denial.head
    current = verb_of(token)
    while current != denial.head and current.head != current:
        if current.pos_ in ("VERB", "AUX") and current.dep_ == "advcl":
            return False
        if current.dep_ in ("ccomp", "xcomp") and current.head != denial.head and current.head.lemma_ not in cues():
            return False  # "denied that Kyiv was told that they spoke"
        current = current.head
    return True


def _attributed(
    actors: Cast, trigger: Trigger, inner: Draft, layers: list[Draft], evidence: Evidence, future: bool
) -> list[Position]:
    token = trigger.token
    said = _words(inner, token)
    if (
        inner.kind == "noun"
        and not inner.source
        and inner.head is not None
        and inner.head.lemma_ not in ("report", "claim", "account")
    ):
        return []
    hedged = means(said, "hedged")
    stance: Stance
    vague = vague_meaning(said)
    if vague is not None:
        stance = vague
    elif future and is_negated(token) and is_unless(token):
        stance = "conditions"
    elif (
        hedged
        or (is_negated(token) and not _negated_above(token, inner))
        or (inner.head is not None and means(said, "false") and len(said) < 160 and _called_false(token))
    ):
        stance = "denies"
    elif is_cancelled(token):
        stance = "cancels"
    elif future:
        stance = _ahead(token, inner)
    elif (
        is_possible(token)
        or (inner.head is not None and inner.head.lemma_ in ("hint", "suggest", "imply"))
        or _possible_inside(token, said)
    ):
        stance = "hints"
    elif is_supposed(token) or (inner.kind == "think" and inner.head is not None and inner.head.lemma_ in HOPES):
        return []
    else:
        stance = "affirms"
    return _views(actors, inner, layers, stance, evidence, hedged and stance == "denies")


def _called_false(token: Token) -> bool:
    """Can it be the contact that is called false, rather than something around it: "prior notice of the call"?"""
    if role(token) != "mentioned":
        return True
    above = token.head.head if token.dep_ == "pobj" else token.head
    return above.lemma_ in NOUNS or above.lemma_ in REPORT_NOUNS or above.pos_ in ("VERB", "AUX")


def _possible_inside(token: Token, words: str) -> bool:
    return bool(re.search(r"\b(?:may|might|could) have\b", words)) and token.lemma_.lower() in words.lower()


def _ahead(token: Token, inner: Draft) -> Stance:
    """A contact to come: under a condition, only possible, or planned."""
    if is_conditional(token):
        return "conditions"
    before = token.doc[max(token.sent.start, token.i - 12) : token.i].text
    if TOWARDS.search(before) or is_possible(token) or (inner.head is not None and inner.head.lemma_ in HOPES):
        return "hints"
    return "plans"


def _narrated(trigger: Trigger, evidence: Evidence, future: bool) -> list[Position]:
    """In the page's own voice: stated, or passed on as reported or alleged; what it merely supposes is no position."""
    token = trigger.token
    verb = list(clause(token))[-1]
    near = {c.lower_ for t in (token, verb) for c in t.children}
    if near & ALLEGED or near & ALLEGED_ADJECTIVES:
        return [Position(None, UNNAMED_REPORTS, "reports", evidence)]
    if is_cancelled(token):
        return [Position(None, NARRATOR, "cancels", evidence)]
    if is_negated(token) or is_supposed(token):
        return []
    if future:
        return [] if is_possible(token) else [Position(None, NARRATOR, "plans", evidence)]
    return [] if is_possible(token) else [Position(None, NARRATOR, "affirms", evidence)]


def _views(actors: Cast, draft: Draft, layers: list[Draft], stance: Stance, evidence: Evidence, hedged: bool) -> list[Position]:
    """A view for each speaker of an attribution; media and authors report where others affirm."""
    out = []
    for actor, name, side, media in speaker(actors, draft):
        taken: Stance = "reports" if media and stance == "affirms" else stance
        if media and stance in ("hints", "not_ruled_out", "evades"):
            continue
        out.append(Position(actor, name, taken, evidence, hedged, via_of(actors, draft, layers), draft.id or None, side))
    return out


def via_of(actors: Cast, draft: Draft, layers: list[Draft]) -> str | None:
    """The outlet through which a statement reached the page: whom it was told, or who relays it."""
    from .context import addressee, venue  # here, since context knows drafts only by name

    told = addressee(actors, draft)
    if told and outlets.find(told):
        return told
    for outer in layers:
        if outer is not draft and outer.source and draft.head is not None and draft.head.i in outer.covers:
            for actor in outer.actors:
                if actors.kind(actor) == "outlet" and actor not in draft.actors:
                    return actors.name(actor)
    return venue(actors, draft)


def is_ahead(trigger: Trigger) -> bool:
    """Does a trigger speak of a contact to come?"""
    token = trigger.token
    if role(token) in ("event", "argument") and is_future(token):
        return True
    if any(c.lower_ in AHEAD for c in token.children) or plan_of(token) is not None:
        return True
    before = token.doc[max(token.sent.start, token.i - 12) : token.i].text
    return bool(TOWARDS.search(before)) or bool(
        re.search(
            r"\b(?:objective|intention|readiness|wish|desire|plans?|preparations?|date|venue|proposal|"
            r"agreed|willing\w*|ready|invitation) (?:to|for|of|on)\b[^.;]{0,40}$",
            before,
        )
    )


def is_cancelled(token: Token) -> bool:
    """Is it said to have been called off, put off or withdrawn from?"""
    verb = token.head
    if any(c.dep_ in ("relcl", "acl") and c.lemma_ in CANCELS for c in token.children):
        return True
    called_off = verb.lemma_ in ("call", "put") and any(c.lower_ == "off" for c in verb.children)
    if token.dep_ == "pobj" and verb_of(token).lemma_ in ("back", "pull", "withdraw") and token.head.lower_ in ("of", "from"):
        return True  # "backed out of the meeting"
    return (
        (verb.lemma_ in CANCELS or called_off)
        and token.dep_ in ("dobj", "nsubjpass")
        and not any(c.dep_ == "neg" for c in verb.children)
    )


def _negated_above(token: Token, inner: Draft) -> bool:
    """Is the negation the cue's own ("did not say that they spoke")?"""
    return (
        inner.head is not None
        and any(t == inner.head for t in clause(token))
        and any(c.dep_ == "neg" for c in inner.head.children)
    )


def _words(draft: Draft, trigger: Token) -> str:
    """The words of an attribution in the trigger's sentence: another sentence of a quotation is another remark."""
    return text_of(t for t in trigger.sent if t.i in draft.covers)
