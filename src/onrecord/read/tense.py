"""Is what a word speaks of still to come, possible, negated, asked? Read off the clause around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

from ..tables.words import words

WILL = frozenset({"will", "'ll", "’ll", "shall", "would", "wo", "ll"})
MAY = frozenset({"may", "might", "could", "can"})
PLAN_VERBS = words("tense.plan_verbs")
AHEAD = words("tense.ahead")
ARRANGES = words("tense.arranges")
ASIDE = frozenset({"after", "before", "since", "when", "while", "once", "until"})
PARTS = words("tense.parts")
NEEDS = words("tense.needs")
REQUESTS = words("triggers.requests")
NEGATION = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without", "t"})
FINITE_PAST = frozenset({"VBD"})


def clause(token: Token) -> Iterator[Token]:
    """The token and its heads up to and with the verb of the clause that it stands in; a verb is its own clause."""
    if token.pos_ in ("VERB", "AUX"):
        yield token
        while token.dep_ == "xcomp" and token.head.pos_ in ("VERB", "AUX"):  # "may want to meet"
            token = token.head
            yield token
        return
    current = token
    for _ in range(12):
        yield current
        if (current.pos_ in ("VERB", "AUX") and current != token) or current.dep_ == "ROOT" or current.head == current:
            return
        current = current.head


def role(token: Token) -> Literal["event", "argument", "setting", "mentioned"]:
    """How a word takes part in its clause: as its verb, as what the verb does or is, as where it happens, or in passing.

    Only what a clause says of its verb and arguments (that they will be, were not, may be) is said of a contact.
    """
    if token.pos_ in ("VERB", "AUX"):
        aside = token.dep_ == "advcl" and any(c.lower_ in ASIDE and c.dep_ in ("mark", "advmod", "prep") for c in token.children)
        return "mentioned" if aside else "event"
    if token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
        return role(token.head)
    if token.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "oprd", "ROOT", "dep"):
        return "argument"
    if token.dep_ == "pobj":
        if token.head.lower_ in ("of", "for") and token.head.head.lemma_ in PARTS:
            return role(token.head.head)
        if token.head.lower_ in ("in", "at", "during", "on", "by", "over"):
            return "setting"
        if token.head.lower_ in ("for", "to") and token.head.head.pos_ == "VERB":
            return "setting"  # "flew there for a meeting"
    return "mentioned"


def verb_of(token: Token) -> Token:
    """The verb of the clause around a token (itself, where it is one)."""
    if token.pos_ == "VERB":
        return token
    last = token
    for current in clause(token):
        last = current
    return last


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries of a verb; a verb joined by "and" shares those of the first."""
    own = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if not own and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and verb.tag_ == verb.head.tag_:
        return auxiliaries(verb.head)
    return own


def is_past(verb: Token) -> bool:
    """Is the clause of a verb in the past or perfect?"""
    return verb.tag_ in FINITE_PAST or any(
        a.tag_ == "VBD" or a.lower_ in ("have", "has", "had", "'ve", "’ve") for a in auxiliaries(verb)
    )


def _had(verb: Token) -> bool:
    """ "Had wanted to", "had planned to": then it did not come to be, or is not said to have."""
    return verb.tag_ == "VBN" and any(a.lower_ in ("had", "'d", "’d") for a in auxiliaries(verb))


def is_future(token: Token) -> bool:
    """Does the clause around a token speak of something to come?"""
    for word in clause(token):
        if word == token and any(
            c.lower_ in AHEAD and c.dep_ in ("amod", "compound", "acl", "det", "nmod") for c in word.children
        ):
            return True
        if word == token and word.dep_ == "dobj" and word.head.lemma_ in ARRANGES:
            return True
        if word == token and word.dep_ == "nsubj" and word.head.lemma_ in NEEDS and word.head.tag_ in ("VBZ", "VBP"):
            return True  # "a meeting needs preparation"
        if word.dep_ == "acl" and word.tag_ == "VBN" and word.lemma_ in PLAN_VERBS and word != token:
            return True
        if word.pos_ not in ("VERB", "AUX"):
            continue
        helpers = [a.lower_ for a in auxiliaries(word)]
        if "have" in helpers and (WILL | MAY).intersection(helpers):
            return False  # "may have spoken"
        if WILL.intersection(helpers):
            return True
        if MAY.intersection(helpers) and word.tag_ == "VB":
            return True
        if word == token and word.lemma_ in REQUESTS:
            continue  # a request is made, not planned
        if word.lemma_ in PLAN_VERBS and word.tag_ == "VBN" and any(c.dep_ in ("auxpass", "nsubjpass") for c in word.children):
            return True  # "the meeting was planned": it was still to come
        if word.lemma_ in PLAN_VERBS and word.tag_ in ("VBN", "VBG", "VBZ", "VBP") and not is_past(word):
            return True
        if word.tag_ == "VB" and "to" in helpers:
            head = word.head
            return head == word or (
                not _had(head)
                and (
                    head.lemma_ in PLAN_VERBS
                    or head.lemma_ in ("be", "ready", "due", "able", "likely", "willing")
                    or is_future(head)
                )
            )
        if word.lemma_ == "go" and word.tag_ == "VBG":
            return True
    return False


def is_possible(token: Token) -> bool:
    """Is it said to be possible only: may, might, could?"""
    if role(token) not in ("event", "argument"):
        return False
    return any(a.lower_ in MAY for word in clause(token) if word.pos_ in ("VERB", "AUX") for a in auxiliaries(word))


HAPPENS = words("tense.happens")
UNREAL = words("tense.unreal")
ALMOST = words("tense.almost")
PREPARING = words("tense.preparing")


def is_negated(token: Token) -> bool:
    """Is it said not to have been? By a "no" before it, or a negation on the verb that says that it was.

    "The call was not their first" does not negate the call: it is the subject of a mere "was".
    """
    if any(c.lower_ in ("no", "neither", "never") or c.dep_ == "neg" for c in token.children):
        return True
    if token.dep_ in ("acl", "relcl") and any(c.lower_ == "no" for c in token.head.children):
        return True  # "no plans to meet"
    plan = plan_of(token)
    if plan is not None and any(c.lower_ == "no" or c.dep_ == "neg" for c in (*plan.children, *verb_of(plan).children)):
        return True  # "no plans for a call"
    verb = verb_of(token)
    if any(c.lower_ == "nor" and c.i < verb.i for c in verb.children):
        return True  # "nor did he have plans for a call"
    if role(token) not in ("event", "argument") or not any(c.dep_ == "neg" for c in verb.children):
        return (
            token.dep_ == "pobj"
            and token.head.lower_ == "in"
            and any(c.dep_ == "neg" for c in verb.children)
            and verb.lemma_ == "be"
        )
    if token.dep_ in ("nsubj", "nsubjpass"):
        return verb.lemma_ in HAPPENS - {"be"}
    return True


def plan_of(token: Token) -> Token | None:
    """The plan that a contact is only the aim of: "plans for talks", "preparations are under way for talks", "plans to meet"."""
    if token.dep_ in ("acl", "relcl"):
        return token.head if token.head.lemma_ in PREPARING else None
    if token.dep_ != "pobj" or token.head.lower_ not in ("for", "of", "on"):
        return None
    above = token.head.head
    if above.lemma_ in PREPARING:
        return above
    verb = above if above.pos_ in ("VERB", "AUX") else above.head
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "attr", "dobj") and c.lemma_ in PREPARING), None)


def is_last(token: Token) -> bool:
    """Is it only said not to have been since some time: "have not met since 2021"? That denies no contact."""
    verb = verb_of(token)
    return any(c.dep_ == "prep" and c.lower_ in ("since", "until", "for") for c in verb.children)


def is_urged(token: Token) -> bool:
    """Is it said only that it must, should or ought to be?"""
    if role(token) not in ("event", "argument"):
        return False
    return any(
        a.lower_ in ("must", "should", "ought")
        for word in clause(token)
        if word.pos_ in ("VERB", "AUX")
        for a in auxiliaries(word)
    )


def is_unreal(token: Token) -> bool:
    """Is it said only to have been tried, wanted, refused, or almost done, which leaves open, or rules out, that it was?"""
    if any(c.lower_ in ALMOST for c in token.children):
        return True
    if token.pos_ in ("VERB", "AUX"):
        return any(
            word != token and (word.lemma_ in UNREAL or (word.lemma_ in PLAN_VERBS and _had(word))) for word in clause(token)
        )
    verb = verb_of(token)
    if role(token) != "argument" or token.dep_ not in ("dobj", "nsubjpass"):
        return False
    governors = [verb, verb.head] if verb.dep_ == "xcomp" else [verb]
    return any(v.lemma_ in UNREAL for v in governors) or any(c.lower_ in ALMOST for c in verb.children)


def is_supposed(token: Token) -> bool:
    """Does the clause around a token begin with "if" or "whether": supposed rather than said?"""
    verb = verb_of(token)
    return any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in verb.children)


def is_unless(token: Token) -> bool:
    """Does an unless- or until-clause hang on the clause around a token: "would not meet unless …"?"""
    verb = verb_of(token)
    return any(
        m.lower_ in ("unless", "until", "till") and m.dep_ == "mark"
        for c in verb.children
        if c.dep_ == "advcl"
        for m in c.children
    )


def is_conditional(token: Token) -> bool:
    """Does an if- or unless-clause hang on the clause around a token?"""
    verb = verb_of(token)
    if token.dep_ == "nsubj" and verb.lemma_ in NEEDS and verb.tag_ in ("VBZ", "VBP"):
        return True  # it takes something before it can be
    for candidate in (verb, verb.head):
        for child in candidate.children:
            if child.dep_ == "advcl" and any(
                m.lower_ in ("if", "unless", "provided", "should") and m.dep_ in ("mark", "aux") for m in child.children
            ):
                return True
            if child.dep_ == "prep" and child.lower_ in ("depending",):
                return True
    return False
