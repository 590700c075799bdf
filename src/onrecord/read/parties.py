"""Who takes part in a contact: the actors that the words around a trigger name, or the pair that they point back to."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Token

from ..tables.words import words
from .cast import Cast
from .contact_words import PAIR_WORDS, kind_of
from .content import subject_of
from .cues import cues
from .tense import HAPPENS, role, verb_of

Take = Callable[[list[Token]], None]

LIGHT = words("triggers.light")
COUNTRIES = re.compile(
    r"\b(?:the|both|their|two|2) (?:two |2 )?(?:countries|nations|states|governments|capitals|delegations|teams)\b", re.I
)
PAIR_PHRASE = re.compile(
    r"\b(?:the|both|their|two)\s+(?:two\s+)?(?:presidents|leaders|sides|men|counterparts|heads of state|ministers)\b", re.I
)
OWN_PARTIES = words("triggers.own_parties")
POINTING = words("triggers.pointing")
GROUPS = words("triggers.groups")
ARRIVES = words("triggers.arrives")
STATES = words("triggers.states")
LEADS = words("parties.leads")
LINKS = words("triggers.links")
PLACE_LINKS = frozenset({"in", "at", "near", "outside"})


def parties_of(actors: Cast, number: int, token: Token) -> tuple[str, ...]:
    """The actors that the words around a trigger name as parties."""
    found: list[str] = []

    def take(tokens: list[Token]) -> None:
        for t in tokens:
            actor = _we(actors, t, actors.of_token(number, t))
            country = (
                None if actor else actors.table.country(t.text) if t.pos_ in ("ADJ", "PROPN") and t.text[:1].isupper() else None
            )
            if country is not None:
                actors.entries.setdefault(country.id, country)
                actor = country.id
            if actor and actor not in found and is_party(actors, actor):
                found.append(actor)

    if token.pos_ in ("VERB", "AUX"):
        _of_verb(token, take)
    else:
        _of_noun(token, take)
    return tuple(_without_containers(actors, found))


def _we(actors: Cast, token: Token, actor: str | None) -> str | None:
    """Who speaks for a state means the state by "we"; who leads it may mean himself."""
    if actor is None or token.lower_ not in ("we", "us") or actors.kind(actor) != "person":
        return actor
    side = actors.side(actor)
    state = actors.table.entries.get(side or "")
    leads = any(set(role.title.split()) & LEADS and "deputy" not in role.title for role in actors.entries[actor].roles)
    if state is None or leads:
        return actor
    actors.entries.setdefault(state.id, state)
    return state.id


def _of_verb(verb: Token, take: Take) -> None:
    subject = subject_of(verb)
    if subject is not None:
        take(_joined(subject))
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and child.pos_ in ("PROPN", "PRON", "NOUN"):
            take(_joined(child))
        if child.dep_ in ("prep", "dative") and child.lower_ in ("with", "to"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    take(_joined(grandchild))


def _of_noun(noun: Token, take: Take) -> None:
    take([t for child in noun.lefts if child.dep_ in ("poss", "compound", "amod", "nmod", "nummod", "punct", "appos")
          for t in child.subtree])  # fmt: skip
    queue = [noun, *([noun.head] if noun.dep_ == "prep" else [])]
    for head in queue:
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in LINKS:
                _of_link(child, take)
            if child.dep_ == "prep" and child.lower_ == "in":  # "call in between A and B"
                for inner in child.children:
                    if inner.lower_ == "between":
                        _of_link(inner, take)
    verb = noun.head
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "in"
        and noun.lemma_ in ("contact", "touch", "talk", "discussion", "communication", "conversation")
    ):
        state = verb_of(noun.head)  # "were in contact"
        subject = subject_of(state) if state.lemma_ in STATES else None
        if subject is not None:
            take(_joined(subject))
    if noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during", "at", "by") and role(noun) == "setting":
        _of_setting(noun, take)
    if any(c.dep_ == "prep" and c.lower_ == "with" for c in noun.children) and role(noun) == "setting":
        mover = verb_of(noun)  # "flew to Neom for a meeting with"
        subject = subject_of(mover) if mover.lemma_ not in cues() else None
        if subject is not None:
            take(_joined(subject))
    if noun.lemma_ in ("phone", "line"):  # "got off the phone with"
        subject = subject_of(verb_of(noun))
        take(_joined(subject) if subject is not None else [])
        for t in noun.head.children if noun.dep_ == "pobj" else ():
            if t.dep_ == "prep" and t.lower_ == "with":
                _of_link(t, take)
        for t in verb_of(noun).children:
            if t.dep_ == "prep" and t.lower_ == "with" and t.i > noun.i:
                _of_link(t, take)
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.lemma_ in ("letter", "message") and verb.lemma_ in ARRIVES:
        for t in verb.children:  # "no message from A has reached B"
            if t.dep_ == "dobj":
                take(_joined(t))
            if t.dep_ in ("prep", "dative") and t.lower_ in ("to", "in"):
                take([o for c in t.children if c.dep_ == "pobj" for o in _joined(c)])
    if noun.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ in HAPPENS:  # "one call has taken place between A and B"
        for t in (*verb.children, *(g for c in verb.children if c.dep_ == "dobj" for g in c.children)):
            if t.dep_ == "prep" and t.lower_ in ("between", "with"):
                _of_link(t, take)
    if noun.dep_ == "nsubjpass" and verb.lemma_ in LIGHT:  # "no request was made by A to B"
        for t in verb.children:
            if t.dep_ in ("agent", "prep", "dative") and t.lower_ in ("by", "to", "with"):
                _of_link(t, take)
    if noun.dep_ in ("dobj", "conj") and verb.pos_ in ("VERB", "AUX") and verb.lemma_ in LIGHT:
        subject = subject_of(verb)
        if subject is not None:
            take(_joined(subject))
        for t in noun.doc[noun.i : noun.sent.end]:
            links = ("with", "between", "to") if noun.lemma_ in OWN_PARTIES else ("with", "between")
            if t.dep_ in ("prep", "dative") and t.lower_ in links and verb.is_ancestor(t) and verb_of(t) == verb:
                _of_link(t, take)


def _of_setting(noun: Token, take: Take) -> None:
    """ "A and B agreed in a call", "A told B during talks", "A discussed it with B at a meeting": those who did so together."""
    verb = verb_of(noun.head)
    subject = subject_of(verb)
    if subject is None:
        return
    others = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ == "PROPN"]
    others += [o for c in verb.children if c.dep_ == "prep" and c.lower_ == "with" for o in c.children if o.dep_ == "pobj"]
    if others or any(subject.conjuncts):
        take([t for head in (subject, *others) for t in _joined(head)])


def _of_link(link: Token, take: Take) -> None:
    """ "Between A and B", "with A in Riyadh": what a place link governs is no party."""
    if link.lower_ in PLACE_LINKS:
        return
    for child in link.children:
        if child.dep_ in ("pobj", "pcomp"):
            take(_joined(child))


def _joined(head: Token) -> list[Token]:
    """A noun, what stands in apposition or before it, and those joined to it by "and"."""
    out: list[Token] = []
    for token in (head, *head.conjuncts):
        out.append(token)
        before = [c for c in token.children if c.dep_ in ("appos", "compound", "nmod", "poss", "amod")]
        person = token.ent_type_ == "PERSON" or any(c.dep_ == "appos" and c.ent_type_ == "PERSON" for c in before)
        if person:  # "Trump's predecessor Joe Biden" is not Trump
            before = [c for c in before if c.dep_ != "poss"]
        if token.ent_type_ == "PERSON":  # nobody is somebody else
            before = [c for c in before if c.dep_ != "appos" or c.ent_type_ != "PERSON"]
        for child in before:
            out += [t for t in (child, *child.conjuncts) if t.pos_ in ("PROPN", "NOUN", "ADJ")]
        if token.lemma_.lower() in GROUPS:  # "representatives of the U.S. and Russia"
            links = [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "from")]
            out += [t for link in links for o in link.children if o.dep_ == "pobj" for t in (o, *o.conjuncts)]
    return out


def _without_containers(actors: Cast, found: list[str]) -> list[str]:
    """ "Russian President Putin" names Putin, not Russia as well."""
    people = {actors.side(a) for a in found if actors.kind(a) == "person"}
    return [a for a in found if actors.kind(a) == "person" or actors.side(a) not in people]


def is_party(actors: Cast, actor: str) -> bool:
    """Can this actor be a party: a person, a state, or a body that speaks for one?"""
    entry = actors.entries[actor]
    return entry.kind in ("person", "country") or (entry.kind == "organisation" and bool(entry.side))


def admissible(actors: Cast, parties: tuple[str, ...]) -> bool:
    """Two parties of different sides, of which at least two are known to speak for somebody."""
    sides = {actors.entries[p].side or (p if not p.startswith("local:") else None) for p in parties}
    return len(sides - {None}) >= 2


def completed(
    actors: Cast, number: int, token: Token, named: tuple[str, ...], pair: tuple[str, ...], named_here: bool
) -> tuple[tuple[str, ...], bool]:
    """Parties completed from the governing subject, from "they" or "the presidents", or from the last pair."""
    if admissible(actors, named):
        return named, False
    if token.lemma_.lower() in OWN_PARTIES:
        return named, False
    verb = verb_of(token)
    subject = subject_of(verb) if verb.pos_ in ("VERB", "AUX") else None
    if subject is not None and token.pos_ not in ("VERB", "AUX") and not subject.is_ancestor(token) and verb.lemma_ not in cues():
        both = tuple(a for a in actors.within(number, list(subject.subtree)) if is_party(actors, a))
        if admissible(actors, both) and not set(named) - set(both):  # "delegations from A and B ended a day of talks"
            return tuple(_without_containers(actors, list(both))), False
    if len(named) == 1 and subject is not None and token.pos_ not in ("VERB", "AUX"):
        actor = actors.of_token(number, subject)
        if actor and is_party(actors, actor) and admissible(actors, (actor, *named)):
            return (actor, *named), False
    speaker = actors.speakers.get((number, token.i))
    own = subject is None or (actors.of_token(number, subject) is None and subject.lower_ not in PAIR_WORDS)
    own = own and (subject is None or any(c.dep_ == "prep" and c.lower_ == "with" for c in token.children))
    if len(named) == 1 and speaker and own and admissible(actors, (speaker, *named)):
        return (speaker, *named), False  # "Just finished a call with …"
    side = _side_of(actors, number, token, named)
    if side is not None:
        return (side, *named), False
    if not pair:
        return named, True
    if verb != token and kind_of(verb) is not None and not named:
        return named, True  # "met for their summit" is one meeting
    phrases = [list(token.subtree)] + ([list(subject.subtree)] if subject is not None else [])
    if any(COUNTRIES.search(" ".join(t.text for t in phrase)) and not actors.within(number, phrase) for phrase in phrases):
        return _states(actors, pair), True
    if named and not set(named) & set(pair):
        return named, True
    if len(named) == 1 or _refers_back(token, subject, named_here):
        return pair, True
    return named, True


def _side_of(actors: Cast, number: int, token: Token, named: tuple[str, ...]) -> str | None:
    """The state of who says that there were "no talks with Iran": with a state named after "with", the other is the speaker's."""
    if len(named) != 1 or actors.kind(named[0]) != "country" or token.pos_ not in ("NOUN", "PROPN"):
        return None
    if not any(c.dep_ == "prep" and c.lower_ == "with" for c in token.children):
        return None
    state = actors.table.entries.get(actors.stated.get((number, token.i)) or "")
    if state is None or state.id == (actors.side(named[0]) or named[0]):
        return None
    actors.entries.setdefault(state.id, state)
    return state.id


def _each_other(link: Token) -> bool:
    return any(t.lower_ in ("other", "another") for t in link.subtree)


def _states(actors: Cast, pair: tuple[str, ...]) -> tuple[str, ...]:
    """The states of a pair, for "delegations from the two countries"."""
    found = []
    for actor in pair:
        state = actors.table.entries.get(actors.side(actor) or "")
        if state is not None:
            actors.entries.setdefault(state.id, state)
            found.append(state.id)
    return tuple(dict.fromkeys(found))


def _refers_back(token: Token, subject: Token | None, named_here: bool) -> bool:
    """Does a trigger without parties point back to a pair: "they spoke", "the call", "another call", "no conversation"?"""
    if token.pos_ in ("VERB", "AUX") and any(
        c.dep_ in ("prep", "dative") and c.lower_ in ("with", "to") and not _each_other(c) for c in token.children
    ):
        return False  # "they may not speak to the press"
    if subject is not None and (subject.lower_ in PAIR_WORDS or PAIR_PHRASE.search(" ".join(t.text for t in subject.subtree))):
        return True
    if token.pos_ in ("VERB", "AUX"):
        return False
    if any(c.lower_ in ("with", "between") and c.dep_ == "prep" for c in token.children):
        return False
    determiners = {c.lower_ for c in token.children if c.dep_ in ("det", "poss", "neg", "amod", "nummod")}
    determiners |= {g.lower_ for c in token.children if c.dep_ == "nummod" for g in c.children}
    if determiners & POINTING or PAIR_PHRASE.search(token.sent.text):
        return True
    plain = token.lemma_ in ("contact", "call", "conference", "meeting", "discussion")
    return plain and named_here  # "a step towards a meeting", after the two were named in the same sentence
