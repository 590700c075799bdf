"""Who takes which stance when a contact is spoken of: the innermost attribution around it, its cue, tense and modality.

`stance_of` answers for a trigger; `answer_of` for an attribution that speaks of a contact without naming it ("That is
pure fiction", "the Kremlin denied those reports", "If I did, it was smart").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from ..records import NARRATOR, UNNAMED_OFFICIALS, UNNAMED_REPORTS, Evidence, Stance
from ..tables import outlets
from ..tables.words import words
from .actors import Cast
from .attributions import Draft, subject_of
from .cues import cues
from .document import Document
from .tense import (
    AHEAD,
    NEGATION,
    auxiliaries,
    clause,
    is_conditional,
    is_future,
    is_negated,
    is_possible,
    is_supposed,
    is_urged,
    role,
)
from .triggers import Trigger

# What an answer without a contact word amounts to. The first that matches decides; an evasion is never a denial.
NOT_RULED_OUT = re.compile(
    r"\b(?:can(?:no|\s?['’]?n?)t|can not|could not|couldn['’]t|not|never|n['’]t|wouldn['’]t|would not)\s+(?:\w+\s+)?(?:rule|ruling|ruled|exclude|excluded|"
    r"discount|dismiss)\b(?:\s+(?:it |this |that |anything |whatever |everything |other |else )*out)?", re.I)  # fmt: skip
EVASION = re.compile(
    r"\bif (?:I|we|he|she|they) did\b|\bif (?:it|that) (?:happened|were true|was true)\b|\bhow I(?: woul|['’])d (?:answer|address|respond|put)|neither confirm\w* (?:n?or) den\w+|"
    r"\bcan(?:not|['’]t| not)? (?:either )?(?:confirm|deny) (?:n?or) (?:confirm|deny)|\bnot going to say\b|\bleave it (?:at that|there)\b", re.I)  # fmt: skip
NO_COMMENT = re.compile(
    r"\bno comment\b|\b(?:do|does|did|will|would|can)(?: not|n['’]t|not)(?: immediately)? (?:comment|discuss)\b|\bdeclin\w+ to (?:comment|discuss|say|confirm|answer)", re.I)  # fmt: skip
HEDGED = re.compile(
    r"\b(?:not|n['’]t|un) ?aware of|\bno (?:information|knowledge|idea|data)\b|\bknow(?:s)? nothing\b|\bnot know of\b|\bnot heard\b",
    re.I,
)
FICTION = re.compile(
    r"\b(?:un|not |n['’]t )true\b|\bfiction\b|\bfalse\b|\bfake\b|\bnonsense\b|\ba lie\b|\blies\b|\bbaseless\b|\bgroundless\b|\bunfounded\b|"
    r"\bfabricat\w+|\bnot correspond to reality\b|\bno truth\b|\bnever happened\b|\b(?:did|does)(?: not|n['’]t) happen\b|\bincorrect\b|\buntrue\b", re.I)  # fmt: skip
POINTS_BACK = re.compile(
    r"\b(?:reports?|account|claims?|allegations?|story|stories|information|article|rumou?rs?|speculation|assertions?|it|this|that|them|those)\b",
    re.I,
)
OF_MEDIA = re.compile(
    r"\b(?:journalist|author|reporter|correspondent|columnist|newspaper|outlet|media|magazine|writer|biographer)\b", re.I
)
OF_REPORTS = re.compile(r"\b(?:reports?|media|press|outlets?|newspapers?|sources?|people|television|tv)\b", re.I)
OF_OFFICE = re.compile(
    r"\b(?:officials?|diplomats?|aides?|advis[eo]rs?|spokes\w+|representatives?|envoys?|ministers?|government|ministry|administration|team|office|staff)\b",
    re.I,
)
SILENT = words("positions.silent")
SILENT_OBJECTS = words("positions.silent_objects")
CANCELS = words("positions.cancels")
TOWARDS = re.compile(
    r"\b(?:step|steps|move|progress|path|way|groundwork)\s+(?:towards?|to|for)\b|\b(?:possibility|prospect|chance|idea)s?\s+of\b",
    re.I,
)
ALLEGED = words("positions.alleged")
ALLEGED_ADJECTIVES = words("positions.alleged_adjectives")
HOPES = words("positions.hopes")

Answer = Literal["denies", "evades", "no_comment", "not_ruled_out"]


@dataclass(slots=True)
class View:
    """One stance on a contact, before it is known which contact it is."""

    actor: str | None
    name: str
    stance: Stance
    evidence: Evidence
    hedged: bool = False
    via: str | None = None
    attribution: str | None = None
    side: str | None = None


def around(trigger: Trigger, drafts: list[Draft]) -> list[Draft]:
    """The attributions whose content holds a trigger, innermost first."""
    found = [d for d in drafts if d.paragraph == trigger.paragraph and trigger.token.i in d.covers]
    return sorted(found, key=lambda d: len(d.covers))


def speaker(actors: Cast, draft: Draft) -> list[tuple[str | None, str, str | None, bool]]:
    """Who speaks in an attribution: (actor, name, side, is it the media or an author?), one for each source."""
    text = " ".join(t.text for t in draft.source)
    if draft.actors:
        out = []
        for actor in draft.actors:
            media = actors.kind(actor) == "outlet" or (actors.kind(actor) == "person" and bool(OF_MEDIA.search(text)))
            side = None if media else actors.entries[actor].side
            out.append((actor, actors.name(actor), side, media))
        return out
    country = next((c for t in draft.source if (c := actors.table.country(t.text)) is not None), None)
    if OF_OFFICE.search(text):
        return [(None, UNNAMED_OFFICIALS, country.id if country else None, country is None)]
    return [(None, UNNAMED_REPORTS, None, True)] if OF_REPORTS.search(text) or (draft.kind == "noun" and not text) else []


def stance_of(actors: Cast, trigger: Trigger, drafts: list[Draft], future: bool) -> list[View]:
    """The stances that are taken where a contact is spoken of; empty where it is only asked about or supposed."""
    token = trigger.token
    evidence = sentence_evidence(actors, trigger.paragraph, token)
    silent = _silent(actors, trigger)
    if silent is not None:
        return [silent]
    if is_urged(token):
        return []
    layers = around(trigger, drafts)
    denial = next((d for d in layers if d.kind == "deny"), None)
    if denial is None:
        denial = next(
            (
                d
                for d in layers
                if d.kind in ("say", "think") and any(x.kind == "noun" for x in layers) and FICTION.search(_words(d, token))
            ),
            None,
        )
    if denial is not None:
        stance: Stance = "evades" if _negated_cue(denial) else "denies"
        return _views(actors, denial, layers, stance, evidence, bool(HEDGED.search(_words(denial, token))))
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
        mine = [v for v in views if v.side in sides or v.stance not in ("affirms", "reports") or inner.kind == "noun"]
        return mine or ([] if trigger.assumed else [View(None, NARRATOR, "affirms", evidence)])
    return views


def _attributed(
    actors: Cast, trigger: Trigger, inner: Draft, layers: list[Draft], evidence: Evidence, future: bool
) -> list[View]:
    token = trigger.token
    words = _words(inner, token)
    if (
        inner.kind == "noun"
        and not inner.source
        and inner.head is not None
        and inner.head.lemma_ not in ("report", "claim", "account")
    ):
        return []
    hedged = bool(HEDGED.search(words))
    stance: Stance
    if NOT_RULED_OUT.search(words):
        stance = "not_ruled_out"
    elif EVASION.search(words):
        stance = "evades"
    elif NO_COMMENT.search(words):
        stance = "no_comment"
    elif (
        hedged
        or (is_negated(token) and not _negated_above(token, inner))
        or (inner.head is not None and FICTION.search(words) and len(words) < 160)
    ):
        stance = "denies"
    elif _cancelled(token):
        stance = "cancels"
    elif future:
        stance = _ahead(token, inner)
    elif (
        is_possible(token)
        or (inner.head is not None
        and inner.head.lemma_ in ("hint", "suggest", "imply"))
        or _possible_inside(token, words)
    ):
        stance = "hints"
    elif is_supposed(token) or (inner.kind == "think" and inner.head is not None and inner.head.lemma_ in HOPES):
        return []
    else:
        stance = "affirms"
    return _views(actors, inner, layers, stance, evidence, hedged and stance == "denies")


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


def _narrated(trigger: Trigger, evidence: Evidence, future: bool) -> list[View]:
    """In the page's own voice: stated, or passed on as reported or alleged; what it merely supposes is no position."""
    token = trigger.token
    verb = list(clause(token))[-1]
    near = {c.lower_ for t in (token, verb) for c in t.children}
    if near & ALLEGED or near & ALLEGED_ADJECTIVES:
        return [View(None, UNNAMED_REPORTS, "reports", evidence)]
    if _cancelled(token):
        return [View(None, NARRATOR, "cancels", evidence)]
    if is_negated(token) or is_supposed(token):
        return []
    if future:
        return [] if is_possible(token) else [View(None, NARRATOR, "plans", evidence)]
    return [] if is_possible(token) else [View(None, NARRATOR, "affirms", evidence)]


def _views(actors: Cast, draft: Draft, layers: list[Draft], stance: Stance, evidence: Evidence, hedged: bool) -> list[View]:
    """A view for each speaker of an attribution; media and authors report where others affirm."""
    out = []
    for actor, name, side, media in speaker(actors, draft):
        taken: Stance = "reports" if media and stance == "affirms" else stance
        if media and stance in ("hints", "not_ruled_out", "evades"):
            continue
        out.append(View(actor, name, taken, evidence, hedged, via_of(actors, draft, layers), draft.id, side))
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


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of an attribution that names no contact, and may answer for one named before."""

    draft: Draft
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return _text(self.tokens)

    @property
    def at(self) -> int:
        """Its place among the paragraph's tokens; an answer comes where its cue stands, if that is in the sentence."""
        return max(
            self.tokens[0].i,
            self.draft.head.i if self.draft.head is not None and self.draft.head.sent == self.tokens[0].sent else 0,
        )


def remarks(document: Document, drafts: list[Draft], spoken: set[tuple[int, int]]) -> list[Remark]:
    """The sentences of the attributions in the body in which no trigger stands."""
    out = []
    for draft in drafts:
        paragraph = document.paragraphs[draft.paragraph]
        if paragraph.where != "body":
            continue
        for sentence in paragraph.doc.sents:
            tokens = tuple(t for t in sentence if t.i in draft.covers)
            if tokens and not any((draft.paragraph, t.i) in spoken for t in tokens):
                out.append(Remark(draft, tokens))
    return out


def answer_of(actors: Cast, remark: Remark) -> tuple[Answer, bool] | None:
    """What a remark amounts to; and whether a denial is hedged."""
    words, draft = remark.text, remark.draft
    if NOT_RULED_OUT.search(words):
        return "not_ruled_out", False
    if EVASION.search(words):
        return "evades", False
    if NO_COMMENT.search(words):
        return "no_comment", False
    if draft.kind == "deny" and not _negated_cue(draft) and _points_back(remark):
        return "denies", bool(HEDGED.search(words))
    if draft.kind == "say" and FICTION.search(words) and len(words) < 300 and draft.source:
        return "denies", False
    return None


def _points_back(remark: Remark) -> bool:
    """Is what is denied a report, a claim, or "it"?"""
    inside = {t.i for t in remark.tokens}
    heads = [t for t in remark.tokens if t.head.i not in inside or t.head == t]
    return any(POINTS_BACK.fullmatch(t.text) and t.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj", "ROOT") for t in heads)


def silent_verbs(actors: Cast, number: int) -> list[tuple[Token, View]]:
    """Verbs by which somebody stays silent: "declined to comment", "has not commented"."""
    out = []
    for token in actors.document.paragraphs[number].doc:
        view = _silence_of(actors, number, token)
        if view is not None:
            out.append((token, view))
    return out


def _silent(actors: Cast, trigger: Trigger) -> View | None:
    """The silence that governs a trigger: "declined to say whether they had spoken"."""
    current = trigger.token
    for _ in range(8):
        if current.head == current:
            return None
        current = current.head
        view = _silence_of(actors, trigger.paragraph, current)
        if view is not None:
            return view
    return None


def _silence_of(actors: Cast, number: int, verb: Token) -> View | None:
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    declines = verb.lemma_ in SILENT and any(c.dep_ == "xcomp" and c.lemma_ in SILENT_OBJECTS for c in verb.children)
    negated = any(c.dep_ == "neg" for c in verb.children) or bool(NEGATION & {a.lower_ for a in auxiliaries(verb)})
    quiet = negated and verb.lemma_ in ("comment", "respond", "confirm") and not any(c.dep_ == "ccomp" for c in verb.children)
    both = bool(re.search(r"neither confirm\w* n?or den", verb.sent.text)) and verb.lemma_ in ("confirm", "deny")
    if not (declines or quiet or both):
        return None
    subject = subject_of(verb)
    actor = actors.of_token(number, subject) if subject is not None else None
    if subject is not None and actor is None:
        inside = actors.within(number, list(subject.subtree))
        actor = inside[0] if inside else None
    if actor is None or actors.kind(actor) == "outlet":
        return None
    stance: Stance = "evades" if both or (quiet and verb.lemma_ == "confirm") else "no_comment"
    return View(actor, actors.name(actor), stance, sentence_evidence(actors, number, verb), side=actors.entries[actor].side)


def is_ahead(trigger: Trigger) -> bool:
    """Does a trigger speak of a contact to come?"""
    token = trigger.token
    if role(token) in ("event", "argument") and is_future(token):
        return True
    if any(c.lower_ in AHEAD for c in token.children):
        return True
    before = token.doc[max(token.sent.start, token.i - 12) : token.i].text
    return bool(TOWARDS.search(before)) or bool(
        re.search(
            r"\b(?:objective|intention|readiness|wish|desire|plans?|preparations?|date|venue|proposal|agreed|willing\w*|ready|invitation) (?:to|for|of|on)\b[^.;]{0,40}$",
            before,
        )
    )


def _cancelled(token: Token) -> bool:
    verb = token.head
    if any(c.dep_ in ("relcl", "acl") and c.lemma_ in CANCELS for c in token.children):
        return True
    return verb.lemma_ in CANCELS and token.dep_ in ("dobj", "nsubjpass") and not any(c.dep_ == "neg" for c in verb.children)


def _negated_cue(draft: Draft) -> bool:
    head = draft.head
    if head is None or head.lemma_ not in cues():
        return False
    return any(c.dep_ == "neg" for c in head.children) or bool(re.search(r"neither confirm\w* n?or", head.sent.text))


def _negated_above(token: Token, inner: Draft) -> bool:
    """Is the negation the cue's own ("did not say that they spoke")?"""
    return (
        inner.head is not None
        and any(t == inner.head for t in clause(token))
        and any(c.dep_ == "neg" for c in inner.head.children)
    )


def _text(tokens: Iterable[Token]) -> str:
    return "".join(t.text_with_ws for t in tokens).strip()


def _words(draft: Draft, trigger: Token) -> str:
    """The words of an attribution in the trigger's sentence: another sentence of a quotation is another remark."""
    return _text(t for t in trigger.sent if t.i in draft.covers)


def sentence_evidence(actors: Cast, number: int, token: Token) -> Evidence:
    """The sentence around a token."""
    sentence = token.sent
    return actors.document.evidence(actors.document.paragraphs[number], [(sentence.start_char, sentence.end_char)])
