"""An article as the contact network sees it: its words, and what the readers before and the parse know of each.

Training and reading share this file (training/contacts). Shapes: W words, F features, M mentions, T times.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from ..records import NARRATOR, ContactKind, Stance, Time
from . import answers, positions
from .bounds import stays
from .cast import FIRST_PERSON, SINGULAR, Cast
from .contact_words import kind_of
from .document import Document, Paragraph
from .drafts import Draft
from .parties import parties_of
from .pieces import Floats, Words, words_of
from .speakers import speaker
from .tense import NEGATION, is_conditional, is_future, is_last, is_negated, is_possible, is_supposed, is_unreal, is_urged
from .triggers import Trigger

LONGEST = 1200  # tokens of a scene, unless a paragraph alone is longer; training pages are shorter
KINDS = ("none", *get_args(ContactKind))  # both in the order of their outputs in the network
STANCES = get_args(Stance)
ACTORS = ("none", "person", "country", "organisation", "outlet")
DRAFTS = ("say", "think", "deny", "ask", "accuse", "noun")
FORMS = ("name", "pronoun", "adjective")
RELATIVE = frozenset({"who", "which", "whose", "whom"})
# Where a word's features begin: actor kind, draft around it, cue, source, in a time, quotation, case, place, contact word, side.
ACTOR, INSIDE, CUE, SOURCE = 0, 5, 11, 17
TIME, QUOTE, CASE, PLACE, CONTACT, SIDED = 18, 19, 23, 26, 30, 37
# By the parse: to come; the page's own stance; the stance of an answer by who is named here; how the clause speaks (WAYS); a
# negation or denial. And: in the title.
AHEAD, NARRATED, ANSWERED, CLAUSE, DENIES, TITLE = 38, 39, 49, 59, 67, 68
FEATURES = 69
WAYS = (is_negated, is_possible, is_conditional, is_unreal, is_urged, is_supposed, is_future, positions.is_cancelled)


@dataclass(frozen=True, slots=True)
class Named:
    """An actor at a word. `column` is the actor's place among `Scene.actors`; pronouns count as what they stand for, and
    "Turkish" as Turkey."""  # fmt: skip

    column: int
    word: int
    form: int  # among FORMS
    subject: bool


@dataclass(slots=True)
class Scene:
    """What the network is given."""

    words: Words
    features: Floats  # W×F
    where: list[tuple[int, Token]]  # the paragraph and token of each word
    place: dict[tuple[int, int], int] = field(init=False)  # … and back: the last word of each paragraph's token
    actors: list[str] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    times: list[tuple[Time, int]] = field(default_factory=list)  # with the word that each begins at
    sentence: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))  # of each word, numbered over the page
    paragraph: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    around: list[list[Draft]] = field(default_factory=list)  # the drafts around each word, innermost first
    sources: list[tuple[int, Draft]] = field(default_factory=list)  # the last word of each draft's source
    body: int = 0  # the first word of the body; those before it are the title's
    cues: dict[int, str] = field(default_factory=dict)  # words of cues, with their kind
    by_rule: dict[int, tuple[str, ...]] = field(default_factory=dict)  # contact words: the parties that the parse gives
    stances: dict[int, dict[str, str]] = field(default_factory=dict)  # … and the stances, by actor or name

    def __post_init__(self) -> None:
        """Fill in the way back from tokens to words."""
        self.place = {(number, token.i): i for i, (number, token) in enumerate(self.where)}

    def is_moot(self, word: int) -> bool:
        """Does the parse say that what a word tells of is only asked, urged, supposed or tried; or that there was none since
        some time, which denies none; or is it denied that there was none?"""  # fmt: skip
        moot = [CLAUSE + WAYS.index(way) for way in (is_unreal, is_urged, is_supposed)]
        token = self.where[word][1]
        if is_negated(token) and (is_last(token) or any(d.kind == "deny" for d in self.around[word])):
            return True
        sentence = token.sent.text.rstrip(" ”\"'")
        return bool(self.features[word, moot].any()) or sentence.endswith("?")


def of(document: Document, actors: Cast, times: tuple[Time, ...], drafts: list[Draft]) -> Iterator[Scene]:
    """The scenes of an article: one, or, where it is long, several of whole paragraphs. The title goes before the first."""
    run: list[tuple[int, Paragraph]] = [(n, p) for n, p in enumerate(document.paragraphs) if p.where == "title" and len(p.doc)]
    size = 0
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.where != "body" or not len(paragraph.doc):
            continue
        if size and size + len(paragraph.doc) > LONGEST:
            yield _of(run, document, actors, times, drafts)
            run, size = [], 0
        run.append((number, paragraph))
        size += len(paragraph.doc)
    if size:
        yield _of(run, document, actors, times, drafts)


def _of(
    paragraphs: list[tuple[int, Paragraph]], document: Document, actors: Cast, times: tuple[Time, ...], drafts: list[Draft]
) -> Scene:
    words = Words()
    where: list[tuple[int, Token]] = []
    for number, paragraph in paragraphs:
        words.extend(words_of([(paragraph.start, paragraph.doc.text)]))
        where += [(number, _token_at(paragraph.doc, low - paragraph.start)) for low, _ in words.spans[len(where) :]]
    numbers = {n for n, _ in paragraphs}
    drafts = [d for d in drafts if d.paragraph in numbers]
    scene = Scene(words, np.zeros((len(where), FEATURES), np.float32), where)
    scene.body = next((i for i, (n, _) in enumerate(where) if document.paragraphs[n].where == "body"), len(where))
    order = {key: i for i, key in enumerate(dict.fromkeys((n, t.sent.start) for n, t in where))}
    scene.sentence = np.array([order[n, t.sent.start] for n, t in where])
    scene.paragraph = np.array([n for n, _ in where])
    scene.features[: scene.body, TITLE] = 1
    _drafts(scene, drafts)
    _plain(scene, next(n for n, p in enumerate(document.paragraphs) if p.where == "body"))
    _actors(scene, actors)
    _unnamed(scene, actors, drafts)
    _times(scene, (*times, *stays(document, times)))
    for i, (number, token) in enumerate(where):
        kind = kind_of(token)
        scene.features[i, CONTACT + KINDS.index(kind or "none")] = 1
        scene.features[i, DENIES] = token.lower_ in NEGATION or (i in scene.cues and scene.cues[i] == "deny")
        if kind is not None and i >= scene.body:
            scene.by_rule[i] = parties_of(actors, number, token)
            _by_parse(scene, actors, drafts, i, Trigger(token, number, kind, scene.by_rule[i], False, None))
    _answers(scene, document, actors, drafts)
    return scene


def _times(scene: Scene, times: tuple[Time, ...]) -> None:
    """Where the times of the body stand."""
    spans = scene.words.spans[scene.body :]
    starts, ends = [low for low, _ in spans], [high for _, high in spans]
    for time in times:
        if time.evidence.where == "body" and time.evidence.spans:
            first = bisect_right(ends, time.evidence.spans[0][0]) + scene.body
            after = bisect_left(starts, time.evidence.spans[-1][1]) + scene.body
            if first < after:
                scene.times.append((time, first))
                scene.features[first:after, TIME] = 1


def _by_parse(scene: Scene, actors: Cast, drafts: list[Draft], word: int, trigger: Trigger) -> None:
    """What the parse gives for a contact word: whether it is to come, and who takes which stance."""
    ahead = positions.is_ahead(trigger)
    scene.features[word, AHEAD] = ahead
    scene.features[word, CLAUSE : CLAUSE + len(WAYS)] = [way(trigger.token) for way in WAYS]
    views = positions.stance_of(actors, trigger, drafts, ahead)
    scene.stances[word] = {view.actor or view.name: view.stance for view in views}
    for view in views:
        if view.name == NARRATOR:
            scene.features[word, NARRATED + STANCES.index(view.stance)] = 1


def _answers(scene: Scene, document: Document, actors: Cast, drafts: list[Draft]) -> None:
    """Who answers, or stays silent, without naming a contact: marked where they are named."""
    spoken = {(scene.where[i][0], scene.where[i][1].i) for i in scene.by_rule}
    for remark in answers.remarks(document, drafts, spoken):
        answer, draft = answers.answer_of(remark), remark.draft
        word = scene.place.get((draft.home, draft.source[-1].i)) if draft.source else None
        if answer is not None and word is not None:
            scene.features[word, ANSWERED + STANCES.index(answer[0])] = 1
    for number in sorted({n for n, _ in scene.where}):
        for verb, view in answers.silent_verbs(actors, number):
            for named in scene.named:
                place, token = scene.where[named.word]
                if place == number and token.sent == verb.sent and scene.actors[named.column] == view.actor:
                    scene.features[named.word, ANSWERED + STANCES.index(view.stance)] = 1


def _token_at(doc: object, offset: int) -> Token:
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")  # type: ignore[attr-defined]
    return span[0] if span is not None and len(span) else doc[0]  # type: ignore[index,no-any-return]


def _drafts(scene: Scene, drafts: list[Draft]) -> None:
    """Of each word: what is said around it, whether it is a cue, or part of a source."""
    covers: dict[int, list[Draft]] = {}
    for draft in sorted(drafts, key=lambda d: len(d.covers)):
        covers.setdefault(draft.paragraph, []).append(draft)
    for draft in drafts:
        word = scene.place.get((draft.home, draft.source[-1].i)) if draft.source else None
        if word is not None:
            scene.sources.append((word, draft))
    cues = {(d.paragraph, t.i): d.kind for d in drafts for t in d.cue}
    sources = {(d.home, t.i) for d in drafts for t in d.source}
    for i, (number, token) in enumerate(scene.where):
        found = [d for d in covers.get(number, ()) if token.i in d.covers]
        scene.around.append(found)
        for draft in found:
            scene.features[i, INSIDE + DRAFTS.index(draft.kind)] = 1
        if (number, token.i) in cues:
            scene.cues[i] = cues[number, token.i]
            scene.features[i, CUE + DRAFTS.index(cues[number, token.i])] = 1
        scene.features[i, SOURCE] = (number, token.i) in sources


def _plain(scene: Scene, first: int) -> None:
    """Marks, capitals, and the place on the page, whose body begins with paragraph `first`."""
    for i, words in enumerate(zip(scene.words.quote, scene.words.case, scene.words.starts, strict=True)):
        quote, case, starts = words
        scene.features[i, QUOTE + quote] = 1
        scene.features[i, CASE + case] = 1
        scene.features[i, PLACE] = starts
        scene.features[i, PLACE + 1 + min(max(int(scene.paragraph[i] - first), 0), 2)] = 1


def _actors(scene: Scene, actors: Cast) -> None:
    """Who is named where, pronouns and "Turkish" included."""
    columns: dict[str, int] = {}
    for i, (number, token) in enumerate(scene.where):
        actor, form = _meant(actors, number, token)
        if actor is None:
            continue
        column = columns.setdefault(actor, len(columns))
        if column == len(scene.actors):
            scene.actors.append(actor)
        subject = token.dep_ in ("nsubj", "nsubjpass") or token.head.dep_ in ("nsubj", "nsubjpass")
        scene.named.append(Named(column, i, form, subject))
        scene.features[i, ACTOR + ACTORS.index(actors.kind(actor))] = 1
        scene.features[i, SIDED] = bool(actors.entries[actor].side)


def _meant(actors: Cast, number: int, token: Token) -> tuple[str | None, int]:
    """Whom a word means, and in which form; a mention of several words counts at its last."""
    mention = actors.at.get((number, token.i))
    if mention is not None:
        return (mention.actor if token.i == mention.last else None), 0
    if token.lower_ in SINGULAR or token.lower_ in FIRST_PERSON or token.lower_ in RELATIVE:
        return actors.of_token(number, token), 1
    if token.pos_ in ("ADJ", "PROPN") and token.text[:1].isupper():
        country = actors.table.country(token.text)
        if country is not None:
            actors.entries.setdefault(country.id, country)
            return country.id, 2
    return None, 0


def _unnamed(scene: Scene, actors: Cast, drafts: list[Draft]) -> None:
    """ "Officials said", "reports that": sources who cannot be named stand for themselves."""
    for draft in drafts:
        for actor, name, _, _ in speaker(actors, draft):
            tokens = draft.source or draft.cue
            if actor is None and tokens:
                word = scene.place.get((draft.home if draft.source else draft.paragraph, tokens[-1].i))
                if word is not None:
                    if name not in scene.actors:
                        scene.actors.append(name)
                    scene.named.append(Named(scene.actors.index(name), word, 0, bool(draft.source)))
