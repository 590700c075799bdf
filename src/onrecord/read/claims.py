"""Commitments (who consents to what) and accusations (who, whom, of what). First version: by their verbs."""

from __future__ import annotations

import re

from spacy.tokens import Token

from ..records import Accusation, Commitment, Time
from ..tables.words import words
from .cast import Cast
from .content import subject_of
from .context import said_on
from .document import Document, subtree
from .drafts import Draft

CONSENTS = words("claims.consents")
ACCUSES = words("claims.accuses")
OF = frozenset({"of", "for", "in"})


def read(
    document: Document, actors: Cast, drafts: list[Draft], times: tuple[Time, ...]
) -> tuple[tuple[Commitment, ...], tuple[Accusation, ...]]:
    """Commitments and accusations in text order."""
    commitments: list[Commitment] = []
    accusations: list[Accusation] = []
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.where != "body":
            continue
        for token in paragraph.doc:
            if token.pos_ != "VERB":
                continue
            if token.lemma_ in CONSENTS and token.tag_ in ("VBD", "VBN", "VBZ", "VBP"):
                found = _commitment(document, actors, number, token, len(commitments) + 1)
                commitments += [found] if found else []
            elif token.lemma_ in ACCUSES:
                accusations += _accusations(document, actors, number, token, drafts, times, len(accusations) + 1)
    return tuple(commitments), tuple(accusations)


def _commitment(document: Document, actors: Cast, number: int, verb: Token, count: int) -> Commitment | None:
    subject = subject_of(verb)
    if subject is None or any(c.dep_ == "neg" for c in verb.children):
        return None
    parties = [a for t in (subject, *subject.conjuncts) if (a := actors.of_token(number, t)) and actors.entries[a].side]
    terms = next((c for c in verb.children if c.dep_ in ("prep", "xcomp", "dobj") and c.lower_ not in ("with", "on", "in")), None)
    if not parties or terms is None or len(list(terms.subtree)) < 3:
        return None
    condition = next((c for c in verb.children if c.dep_ == "advcl" and re.match(r"if|unless|provided", c.text_with_ws + " ".join(
        t.text for t in c.lefts), re.I)), None)  # fmt: skip
    paragraph = document.paragraphs[number]
    text = "".join(t.text_with_ws for t in terms.subtree).strip(" ,.")
    evidence = document.evidence(paragraph, [(verb.sent.start_char, verb.sent.end_char)])
    condition_text = "".join(t.text_with_ws for t in condition.subtree).strip() if condition is not None else None
    bound = tuple(dict.fromkeys(parties))
    names, sides = tuple(actors.name(a) for a in bound), tuple(actors.entries[a].side for a in bound)
    return Commitment(f"m{count}", bound, names, sides, text, evidence, condition_text)


def _accusations(
    document: Document, actors: Cast, number: int, verb: Token, drafts: list[Draft], times: tuple[Time, ...], count: int
) -> list[Accusation]:
    """ "X accused Y of …"; "X and Y accused each other of …" is two."""
    subject = subject_of(verb)
    target = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if subject is None or target is None:
        return []
    of = next((c for head in (verb, target) for c in head.children if c.dep_ == "prep" and c.lower_ in OF), None)
    accusers = [a for t in (subject, *subject.conjuncts) if (a := actors.of_token(number, t))]
    if target.lower_ == "other" or target.text == "another":
        pairs = [(a, b) for a in accusers for b in accusers if a != b]
    else:
        accused = actors.of_token(number, target)
        pairs = [(a, accused) for a in accusers if accused and accused != a]
    if of is None or not pairs:
        return []
    paragraph = document.paragraphs[number]
    evidence = document.evidence(paragraph, [(verb.sent.start_char, verb.sent.end_char)])
    text = "".join(t.text_with_ws for t in subtree(of) if t.i > of.i).strip(" ,.")
    draft = next((d for d in drafts if d.paragraph == number and d.head is not None and d.head == verb), None)
    when = said_on(paragraph, draft, times) if draft else None
    denied = {
        a
        for d in drafts
        if d.paragraph == number and d.kind == "deny" and d.head is not None and d.head.i > verb.i
        for a in d.actors
    }
    sides = {actors.side(a) for a in denied}
    out = []
    for i, (accuser, accused) in enumerate(pairs):
        mutual = (accused, accuser) in pairs
        answer = "denies" if actors.side(accused) in sides else "accuses" if mutual else None
        out.append(Accusation(f"v{count + i}", accuser, accused, text, evidence, when, answer))  # type: ignore[arg-type]
    return out
