"""Contacts as the trained reader tells them: words that mean one contact taken together, with its parties, date and positions."""

from __future__ import annotations

from collections import Counter

import numpy as np

from .. import dates
from ..records import NARRATOR, UNNAMED_OFFICIALS, UNNAMED_REPORTS, Article, Evidence, Interval, Position, Time
from ..tables.actors import fold
from . import bounds, scene
from .answers import means, sentence_evidence
from .cast import Cast
from .contact_model import NEVER, Scores, model, pooled
from .dating import WAYS, dated, moved
from .document import Document
from .drafts import Draft
from .groups import Group, alike
from .pieces import Floats
from .positions import via_of
from .scene import KINDS, STANCES, Scene
from .speakers import speaker
from .tense import role

# Log odds, chosen on training pages that were left out of training; bench/stories/README.md says what else was in sight.
PARTY = -0.8  # from which on an actor is a party …
SECOND = -1.0  # … where there is none yet of another side
SAME = 0.5  # from which on two words mean one contact
STANCE = 0.0  # from which on somebody takes a stance, whichever
DENIES = 1.0  # by which a denial has to be likelier than any other
SHORTEST = 90  # words of an article: the shortest that the network has seen
CONTESTED = ("denies", "evades", "reports", "cancels")  # stances for whose sake a contact stays that the parse alone has
MEDIA = ("affirms", "reports", "hints", "plans")  # what an outlet can say of others' contacts
OWN = (NARRATOR, UNNAMED_OFFICIALS, UNNAMED_REPORTS)


def can_read(article: Article) -> bool:
    """Is an article of the kind that the network was trained on: whole pages, whose wording no machine has altered?"""
    return not article.reworded and len(article.text.split()) >= SHORTEST


def read(document: Document, actors: Cast, times: tuple[Time, ...], drafts: list[Draft]) -> list[Group]:
    """The contacts of an article as the trained reader finds them."""
    out: list[Group] = []
    for found in scene.of(document, actors, times, drafts):
        if len({actors.side(a) for a in found.actors} - {None}) < 2:
            continue  # nobody meets anybody here
        by_rule = {w: bounds.when(actors, document.paragraphs[n], n, t, times, None, True)
                   for w, (n, t) in ((w, found.where[w]) for w in found.by_rule)}  # fmt: skip
        decided(out, found, actors, document, model().scores(found, actors, document.published, by_rule))
    return out


def decided(out: list[Group], found: Scene, actors: Cast, document: Document, scores: Scores) -> None:
    """Put the contacts that scores amount to to those that the page has told before."""
    for members in together(scores.same):
        if all(found.is_moot(scores.words[i]) for i in members):
            continue  # what is only asked, urged, supposed or tried is nobody's position
        group = _group(found, actors, document, scores, members)
        known = next((g for g in out if group is not None and _again(actors, g, group)), None)
        if group is not None and known is None:
            out.append(group)
        elif group is not None and known is not None:
            _add(known, group)


def _again(actors: Cast, a: Group, b: Group) -> bool:
    """Is a contact one that the page has told before: the same parties or sides, tense, time, and a fitting kind?"""
    same = (a.when.start, a.when.end) == (b.when.start, b.when.end)
    if a.past != b.past or not set(a.parties) & set(b.parties):
        return False
    if set(a.parties) == set(b.parties):
        return same and alike(a.kind, b.kind)
    one_open = not (dates.known(a.when) and dates.known(b.when))
    return a.kind == b.kind and (same or one_open) and {actors.side(p) for p in a.parties} == {actors.side(p) for p in b.parties}


def _add(group: Group, more: Group) -> None:
    """Put what one contact knows to another that is the same: its words, its date where there is none, its views."""
    group.words |= more.words
    if not dates.known(group.when):
        group.when = more.when
    spoke = {(v.actor, v.name) for v in group.views}
    attributed = any(v.name != NARRATOR for v in group.views)  # then the page does not tell it as its own
    for view in more.views:
        if (view.actor, view.name) not in spoke and not (attributed and view.name == NARRATOR):
            group.take(view)


def together(same: Floats) -> list[list[int]]:
    """Words that mean one contact: each joins those before it that it goes with best, on average."""
    out: list[list[int]] = []
    for i in range(len(same)):
        means_ = [float(same[i, members].mean()) for members in out]
        best = int(np.argmax(means_)) if means_ else -1
        if best >= 0 and means_[best] > SAME:
            out[best].append(i)
        else:
            out.append([i])
    return out


def _group(found: Scene, actors: Cast, document: Document, scores: Scores, members: list[int]) -> Group | None:
    """A contact; None where fewer than two sides take part, or nobody takes a stance."""
    columns = np.array([n.column for n in found.named], np.int64)
    each = np.stack([pooled(scores.actors[i], columns, len(found.actors)) for i in members])  # words × actors × 11
    chosen = _parties(found, actors, each[:, :, 0].mean(axis=0))
    if not chosen:
        return None
    past = float(scores.ahead[members].mean()) <= 0
    when = _when(int(np.logaddexp.reduce(scores.dates[members], axis=0).argmax()), found, document)
    if _main_stance(scores, members) not in ("cancels", "denies"):  # what did not come to pass is told of either way
        when = moved(when, past=past, published=document.published)
    if document.published and when.end and when.end < document.published:
        past = True
    if document.published and when.start and when.start > document.published:
        past = False
    kind = KINDS[1 + int(scores.kinds[members, 1:].mean(axis=0).argmax())]
    group = Group(chosen, kind, past, when, False, found.where[scores.words[members[0]]][0])
    group.words = {(n, t.i) for n, t in (found.where[scores.words[i]] for i in members)}
    _stances(group, found, actors, scores, members, each)
    return group if group.views else None


def _parties(found: Scene, actors: Cast, scores: Floats) -> tuple[str, ...]:
    """Who takes part: all that are likely to, and if they are of one side, the likeliest of another; empty where nobody is."""
    known = ((a, float(p)) for a, p in zip(found.actors, scores, strict=True) if a in actors.entries)
    ranked = [(score, actor) for actor, score in known if actors.kind(actor) != "outlet"]
    chosen: list[str] = []
    for score, actor in sorted(ranked, key=lambda r: (-r[0], r[1])):
        words = set(fold(actors.name(actor)).split())
        if any(words <= w or w <= words for w in (set(fold(actors.name(a)).split()) for a in chosen)):
            continue  # "Councillor Yang Jiechi" is Yang Jiechi
        sides = {actors.side(a) for a in chosen}
        if score > PARTY or (len(sides) < 2 and score > SECOND and actors.side(actor) not in sides):
            chosen.append(actor)
    return tuple(chosen) if len({actors.side(a) for a in chosen}) >= 2 else ()


def _main_stance(scores: Scores, members: list[int]) -> str:
    """The stance that is likeliest, whoever takes it."""
    best = np.maximum(scores.actors[members, :, 1:].max(axis=(0, 1), initial=NEVER), scores.own[members].max(axis=(0, 1)))
    return str(STANCES[int(best.argmax())])


def _when(best: int, found: Scene, document: Document) -> Interval:
    if best == 0:
        return dates.UNKNOWN
    if best == 1:
        return dates.day(document.published) if document.published else dates.UNKNOWN
    time, way = divmod(best - 2, len(WAYS))
    return dated(found.times[time][0].interval, WAYS[way])


def _likeliest(stances: Floats) -> int:
    """The stance that is taken, if one is; a denial has to be the more likely, since it weighs the more."""
    weighed = stances.copy()
    weighed[STANCES.index("denies")] -= DENIES
    return int(weighed.argmax())


def _stances(group: Group, found: Scene, actors: Cast, scores: Scores, members: list[int], each: Floats) -> None:
    """Everybody's stance, with the sentence that tells it."""
    stances = np.logaddexp.reduce(each[:, :, 1:], axis=0)
    for column, actor in enumerate(found.actors):
        best = _likeliest(stances[column])
        if np.logaddexp.reduce(stances[column]) <= STANCE:
            continue
        mine = [m for m, n in enumerate(found.named) if n.column == column]
        told = scores.actors[members][:, mine, 1 + best]
        member, mention = np.unravel_index(int(told.argmax()), told.shape)
        word = found.named[mine[int(mention)]].word
        at = scores.words[members[int(member)]]
        if actor in actors.entries and actors.kind(actor) == "outlet" and STANCES[best] not in MEDIA:
            continue
        passing = role(found.where[at][1]) == "mentioned" and actors.side(actor) not in {actors.side(p) for p in group.parties}
        if not _says_something_else(found, actor, STANCES[best], word, at, passing=passing):
            group.views.append(_position(found, actors, group, actor, best, word, at))
    own = np.logaddexp.reduce(scores.own[members], axis=0)
    for number, name in enumerate(OWN):
        best = _likeliest(own[number])
        if np.logaddexp.reduce(own[number]) > STANCE and not any(v.name == name for v in group.views):
            word = scores.words[members[int(scores.own[members, number, best].argmax())]]
            place, token = found.where[word]
            stance = "reports" if name == UNNAMED_REPORTS and STANCES[best] == "affirms" else STANCES[best]
            group.views.append(Position(None, name, stance, sentence_evidence(actors, place, token)))  # type: ignore[arg-type]


def _says_something_else(found: Scene, actor: str, stance: str, at: int, told: int, *, passing: bool) -> bool:
    """Is somebody named in the sentence of a contact as the source of other words than those that tell of it, or of words that
    only mention it in passing?"""
    if stance not in ("affirms", "reports", "plans") or found.sentence[at] != found.sentence[told]:
        return False
    here = [d for i, d in found.sources if found.sentence[i] == found.sentence[at] and actor in d.actors]
    return bool(here) and (passing or not any(d in found.around[told] for d in here))


def _position(found: Scene, actors: Cast, group: Group, actor: str, stance: int, at: int, told: int) -> Position:
    """The position of who is named at a word on the contact told at another."""
    place, token = found.where[at]
    evidence: Evidence = sentence_evidence(actors, place, token)
    own = (d for i, d in found.sources if i == at)  # what the evidence itself says, before what stands around
    near = (*own, *found.around[told], *found.around[at])
    drafts = [d for d in near if actor in d.actors or (actor in OWN and not d.actors)]
    draft = drafts[0] if drafts else None
    taken = STANCES[stance]
    media = actor == UNNAMED_REPORTS or (actor in actors.entries and actors.kind(actor) == "outlet")
    taken = "reports" if media and taken == "affirms" else taken
    via = via_of(actors, draft, []) if draft is not None else None
    said = (draft.id or None) if draft is not None else None
    if actor in OWN:
        sides = [side for _, name, side, _ in speaker(actors, draft) if name == actor] if draft is not None else []
        return Position(None, actor, taken, evidence, False, via, said, sides[0] if sides else None)  # type: ignore[arg-type]
    entry = actors.entries[actor]
    hedged = taken == "denies" and means(evidence.text, "hedged")
    speaks = entry.side is not None or entry.kind == "country" or actor in group.parties
    side = actors.side(actor) if speaks and entry.kind != "outlet" else None
    return Position(actor, entry.name, taken, evidence, hedged, via, said, side)  # type: ignore[arg-type]


def joined(actors: Cast, groups: list[Group], found: list[Group]) -> list[Group]:
    """The contacts that the trained reader tells. Where the parse has one by the same words, its views, count, place and topic
    stand beside; by other words, or alone, only what is contested."""
    out: list[Group] = []
    rest = list(found)
    for group in groups:
        known = max((g for g in rest if g.past == group.past), key=lambda g: len(g.words & group.words), default=None)
        if known is not None and known.words & group.words:
            rest = [g for g in rest if g is not known]
            group.parties, group.kind, group.past, group.when = known.parties, known.kind, known.past, known.when
            group.views = _agreed(group.views, known.views)
            _add(group, known)
            found = [group if g is known else g for g in found]
            out.append(group)
            continue
        contested = [v for v in group.views if v.stance in CONTESTED]
        undated = not dates.known(group.when)  # one with a day of its own may be another contact
        other = next((g for g in found if (undated or g.when == group.when) and _same(actors, g, group)), None)
        if other is not None:
            spoke = {(v.actor, v.name) for v in other.views}
            for view in contested:
                if (view.actor, view.name) not in spoke:
                    other.take(view)
        elif contested:
            out.append(group)
    return out + rest


def _agreed(views: list[Position], heard: list[Position]) -> list[Position]:
    """The parse's views; where they give somebody more than one stance, only those that the trained reader gives too, if any."""
    count = Counter((v.actor, v.name) for v in views)
    also = {(v.actor, v.name, v.stance) for v in heard}
    sure = {(v.actor, v.name) for v in views if (v.actor, v.name, v.stance) in also}
    return [
        v for v in views if count[v.actor, v.name] == 1 or (v.actor, v.name) not in sure or (v.actor, v.name, v.stance) in also
    ]


def _same(actors: Cast, a: Group, b: Group) -> bool:
    """Can two contacts found by different readers be one?"""
    shared = set(a.parties) & set(b.parties)
    sides = {actors.side(p) for p in a.parties} & {actors.side(p) for p in b.parties}
    return a.past == b.past and len(sides) >= 2 and bool(shared) and alike(a.kind, b.kind) and dates.overlap(a.when, b.when)
