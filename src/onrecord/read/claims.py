"""Commitments (who consents to what, on what condition, since when) and accusations (who, whom, of what, against which
commitment), by their verbs and adjectives."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from ..records import Accusation, Commitment, Time
from ..tables.words import words
from . import bounds
from .cast import Cast
from .content import subject_of
from .context import said_on
from .document import Document, subtree
from .drafts import Draft

CONSENTS = words("claims.consents")
WILLING = words("claims.willing")
PLEDGES = words("claims.pledges")
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
            consents = token.pos_ == "VERB" and token.lemma_ in CONSENTS and token.tag_ in ("VBD", "VBN", "VBZ", "VBP")
            if consents or (token.pos_ == "ADJ" and token.lower_ in WILLING):
                found = _commitment(document, actors, number, token, drafts, times, len(commitments) + 1)
                commitments += [found] if found else []
            elif token.pos_ == "VERB" and token.lemma_ in ACCUSES:
                accusations += _accusations(document, actors, number, token, drafts, times, len(accusations) + 1)
    return tuple(commitments), tuple(replace(a, commitment=_broken(actors, a, commitments)) for a in accusations)


def _broken(actors: Cast, accusation: Accusation, commitments: list[Commitment]) -> str | None:
    """The commitment that an accusation is about: the accused's only one on the page, where the words speak of a pledge."""
    side = actors.side(accusation.accused)
    theirs = [c for c in commitments if accusation.accused in c.parties or (side and side in c.sides)]
    spoken = {word.strip(",.").lower() for word in accusation.of.split()}
    return theirs[0].id if len(theirs) == 1 and spoken & PLEDGES else None


def _commitment(
    document: Document, actors: Cast, number: int, token: Token, drafts: list[Draft], times: tuple[Time, ...], count: int
) -> Commitment | None:
    """What somebody agrees to, or, on a condition, is willing to do ("would be ready to stop if …")."""
    willing = token.pos_ == "ADJ"
    verb = token.head if willing else token
    subject = subject_of(verb)
    if subject is None or any(c.dep_ == "neg" for c in verb.children):
        return None
    named = [a for t in (subject, *subject.conjuncts) if (a := actors.of_token(number, t))]
    if not named and subject.pos_ == "PRON":  # "Kyiv said it would be ready": who says so
        around = [d for d in drafts if d.paragraph == number and subject.i in d.covers and d.actors]
        named = list(min(around, key=lambda d: len(d.covers)).actors) if around else []
    parties = [a for a in named if actors.entries[a].side]
    terms = next(
        (c for c in token.children if c.dep_ in ("prep", "xcomp", "dobj") and c.lower_ not in ("with", "on", "in")), None
    )
    if not parties or terms is None or len(list(terms.subtree)) < 3:
        return None
    clauses = [c for head in (verb, token, terms) for c in head.children if c.dep_ == "advcl"]
    condition = next((c for c in clauses if any(t.lower_ in ("if", "unless", "provided") for t in c.lefts)), None)
    if willing and condition is None:
        return None
    paragraph = document.paragraphs[number]
    left_out = {t.i for t in condition.subtree} if condition is not None else set()
    text = "".join(t.text_with_ws for t in terms.subtree if t.i not in left_out).strip(" ,.")
    text = text.removeprefix("to ") if terms.dep_ == "prep" else text
    evidence = document.evidence(paragraph, [(verb.sent.start_char, verb.sent.end_char)])
    condition_text = "".join(t.text_with_ws for t in condition.subtree).strip() if condition is not None else None
    bound = tuple(dict.fromkeys(parties))
    names, sides = tuple(actors.name(a) for a in bound), tuple(actors.entries[a].side for a in bound)
    since = bounds.when(actors, paragraph, number, verb, times, None, True)
    return Commitment(f"m{count}", bound, names, sides, text, evidence, condition_text, since[0] if len(since) == 1 else None)


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
