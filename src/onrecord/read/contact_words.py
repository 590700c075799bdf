"""Which words speak of a contact, and of which kind; from tables/contact_words.tsv."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from spacy.tokens import Token

from ..records import ContactKind
from ..tables import rows
from ..tables.words import words
from .content import subject_of

PAIR_WORDS = words("triggers.pair_words")
REQUESTS = words("triggers.requests")
PHRASES = {"sit": {"down"}, "get": {"together"}, "reach": {"out", "to"}, "write": {"to"}}  # with these words a verb speaks of one

BY_PHONE = re.compile(r"\b(?:by|over the|on the|via|through)\s+(?:tele)?phone\b|\bphone\b|\btelephone\b|\bby video\b", re.I)


@cache
def trigger_words() -> dict[tuple[str, str], ContactKind]:
    """(lemma, "verb" or "noun") → kind."""
    return {(row["lemma"], row["pos"]): cast(ContactKind, row["kind"]) for row in rows("contact_words.tsv")}


def kind_of(token: Token) -> ContactKind | None:
    """The kind of contact that a token speaks of, None where it speaks of none."""
    pos = "verb" if token.pos_ in ("VERB", "AUX") else "noun" if token.pos_ in ("NOUN", "PROPN") else ""
    lemma = token.lemma_.lower()
    kind = trigger_words().get((lemma, pos))
    if kind is None:
        return None
    if pos == "verb":
        return kind if _verb_fits(token, lemma) else None
    if lemma == "conference" and not re.search(r"face-?to-?face|summit", token.sent.text, re.I):
        return None
    if lemma == "conference" and token.i and token.nbor(-1).lower_ in ("press", "news"):
        return None
    if lemma == "touch" and not (token.i and token.nbor(-1).lower_ == "in"):
        return None
    if lemma in ("phone", "line") and not _followed(token, "with"):
        return None
    if lemma == "call" and any(c.dep_ == "prep" and c.lower_ == "for" for c in token.children):
        return None
    if token.head.lower_ == "than":
        return None  # "more contacts than the two calls" speaks of the contacts
    if token.dep_ == "compound":
        return None  # "call summary": the head is what is spoken of
    return kind


def _followed(token: Token, word: str) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ == word


def _is_person(token: Token) -> bool:
    return token.ent_type_ == "PERSON" or (token.pos_ == "PROPN" and token.ent_type_ in ("", "ORG"))


def _verb_fits(token: Token, lemma: str) -> bool:
    links = {c.lower_ for c in token.children if c.dep_ in ("prep", "dative")}
    objects = [c for c in token.children if c.dep_ in ("dobj", "dative")]
    if lemma == "be":  # "two weeks ago I was with Prime Minister Modi"
        beside = [o for c in token.children if c.dep_ == "prep" and c.lower_ == "with" for o in c.children if o.dep_ == "pobj"]
        return any(_is_person(o) for o in beside) and not any(c.dep_ in ("acomp", "attr") for c in token.children)
    if lemma in PHRASES:
        particles = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep", "dative")}
        return PHRASES[lemma] <= particles
    if lemma in ("ask", "request"):
        asked = [c for c in token.children if c.dep_ in ("dobj", "nsubj", "nsubjpass", "dative")]
        return any(_is_person(o) or o.lower_ in ("him", "her", "me") for o in asked) and any(
            c.dep_ in ("xcomp", "ccomp") and any(a.lower_ == "to" for a in c.children) for c in token.children
        )
    if lemma in ("call", "receive", "host", "phone", "telephone", "visit", "approach", "ring"):
        people = [
            o
            for o in objects
            if o.ent_type_ in ("PERSON", "GPE", "NORP", "ORG") or o.pos_ == "PROPN" or o.lower_ in ("him", "her", "them")
        ]
        complements = any(
            c.dep_ in ("oprd", "xcomp", "ccomp", "prep") and c.lower_ not in ("in", "on", "at", "by") for c in token.children
        )
        return bool(people) and not (lemma == "call" and complements)
    if lemma == "discuss":
        return "with" in links or bool(BY_PHONE.search(" ".join(t.text for t in token.subtree)))
    if lemma in ("speak", "talk"):
        subject = subject_of(token)
        plural = subject is not None and (
            bool(list(subject.conjuncts)) or subject.lower_ in PAIR_WORDS or subject.tag_ in ("NNS", "NNPS")
        )
        return bool(links & {"with", "to", "by"}) or (plural and not links & {"about", "of"}) or plural
    return True


def refined(token: Token, kind: ContactKind) -> ContactKind:
    """Talking by phone is a call; "direct talks" of people are talks."""
    if kind == "call":
        return kind
    if token.lemma_ == "get":
        return "meeting"
    near = " ".join(t.text for t in token.subtree)[:200] if token.pos_ in ("VERB", "AUX") else " ".join(
        t.text for t in token.lefts) + " " + token.text  # fmt: skip
    if kind in ("contact", "talks") and BY_PHONE.search(near):
        return "call"
    if token.lemma_ == "call" or (kind == "contact" and re.search(r"\bcall\b", near)):
        return "call"
    return kind
