"""Answers: what people say of a contact without naming it ("That is pure fiction", "If I did, it was smart"), and silence.

What words amount to stands in tables/answers.tsv, each with an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Token

from ..records import Evidence, Position, Stance
from ..tables import rows
from ..tables.words import words
from .cast import Cast
from .content import subject_of
from .cues import cues
from .document import Document
from .drafts import Draft
from .tense import NEGATION, auxiliaries

Meaning = Literal["not_ruled_out", "evades", "no_comment", "hedged", "false"]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("answers.tsv"):
        found.setdefault(row["answer"], []).append(row["pattern"])
    return {answer: re.compile("|".join(patterns), re.I) for answer, patterns in found.items()}


def means(text: str, *meanings: Meaning) -> bool:
    """Do words amount to one of these?"""
    return any(_patterns()[meaning].search(text) for meaning in meanings)


def vague_meaning(text: str) -> Literal["not_ruled_out", "evades", "no_comment"] | None:
    """Which of the vague answers words amount to; an evasion is never a denial, so this is asked first."""
    if means(text, "not_ruled_out"):
        return "not_ruled_out"
    if means(text, "evades"):
        return "evades"
    return "no_comment" if means(text, "no_comment") else None


POINTS_BACK = re.compile(
    r"\b(?:reports?|account|claims?|allegations?|story|stories|information|article|rumou?rs?|speculation|assertions?|it|this|that|them|those)\b",
    re.I,
)
THIS = re.compile(r"(?:this|that|it|so|as much|the same)[.,]?", re.I)  # all that is said, where it was told just before
SILENT = words("positions.silent")
SILENT_OBJECTS = words("positions.silent_objects")
Answer = Literal["denies", "evades", "no_comment", "not_ruled_out"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of an attribution that names no contact, and may answer for one named before."""

    draft: Draft
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return text_of(self.tokens)

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


def answer_of(remark: Remark) -> tuple[Answer, bool] | None:
    """What a remark amounts to; and whether a denial is hedged."""
    said, draft = remark.text, remark.draft
    vague = vague_meaning(said)
    if vague is not None:
        return vague, False
    if draft.kind == "deny" and not negated_cue(draft) and _points_back(remark):
        return "denies", means(said, "hedged")
    if draft.kind == "say" and means(said, "false") and len(said) < 300 and draft.source:
        return "denies", False
    return None


def _points_back(remark: Remark) -> bool:
    """Is what is denied a report, a claim, or "it"?"""
    inside = {t.i for t in remark.tokens}
    heads = [t for t in remark.tokens if t.head.i not in inside or t.head == t]
    return any(POINTS_BACK.fullmatch(t.text) and t.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj", "ROOT") for t in heads)


def silent_verbs(actors: Cast, number: int) -> list[tuple[Token, Position]]:
    """Verbs by which somebody stays silent: "declined to comment", "has not commented"."""
    out = []
    for token in actors.document.paragraphs[number].doc:
        view = _silence_of(actors, number, token)
        if view is not None:
            out.append((token, view))
    return out


def silence_over(actors: Cast, paragraph: int, trigger: Token) -> Position | None:
    """The silence that governs a trigger: "declined to say whether they had spoken"."""
    current = trigger
    for _ in range(8):
        if current.head == current:
            return None
        current = current.head
        view = _silence_of(actors, paragraph, current)
        if view is not None:
            return view
    return None


def _silence_of(actors: Cast, number: int, verb: Token) -> Position | None:
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    declines = verb.lemma_ in SILENT and any(c.dep_ == "xcomp" and c.lemma_ in SILENT_OBJECTS for c in verb.children)
    negated = any(c.dep_ == "neg" for c in verb.children) or bool(NEGATION & {a.lower_ for a in auxiliaries(verb)})
    quiet = negated and verb.lemma_ in ("comment", "respond", "confirm") and not any(c.dep_ == "ccomp" for c in verb.children)
    would_not = negated and verb.lemma_ in SILENT_OBJECTS and any(a.lower_ in ("would", "will") for a in auxiliaries(verb))
    both = bool(re.search(r"neither confirm\w* n?or den", verb.sent.text)) and verb.lemma_ in ("confirm", "deny")
    if not (declines or quiet or both or would_not):
        return None
    subject = subject_of(verb)
    actor = actors.of_token(number, subject) if subject is not None else None
    if subject is not None and actor is None:
        inside = actors.within(number, list(subject.subtree))
        actor = inside[0] if inside else None
    if actor is None or actors.kind(actor) == "outlet":
        return None
    stance: Stance = "evades" if both or (quiet and verb.lemma_ == "confirm") else "no_comment"
    return Position(actor, actors.name(actor), stance, sentence_evidence(actors, number, verb), side=actors.entries[actor].side)


def negated_cue(draft: Draft) -> bool:
    """Is the cue itself negated: "did not deny", "neither confirmed nor denied"?"""
    head = draft.head
    if head is None or head.lemma_ not in cues():
        return False
    return any(c.dep_ == "neg" for c in head.children) or bool(re.search(r"neither confirm\w* n?or", head.sent.text))


def text_of(tokens: Iterable[Token]) -> str:
    """Tokens as they stand in the text."""
    return "".join(t.text_with_ws for t in tokens).strip()


def sentence_evidence(actors: Cast, number: int, token: Token) -> Evidence:
    """The sentence around a token."""
    sentence = token.sent
    return actors.document.evidence(actors.document.paragraphs[number], [(sentence.start_char, sentence.end_char)])
