"""From pages to what the network learns: arrays, and the gold in their terms.

python -m training.contacts.examples training/contacts/pages/*.txt --out build/contacts/examples.pkl
"""

from __future__ import annotations

import argparse
import pickle
import re
from datetime import date
from pathlib import Path

import numpy as np

from onrecord import dates
from onrecord.read import actors as actors_reader
from onrecord.read import attributions, bounds, document, scene, scene_pairs
from onrecord.read import times as times_reader
from onrecord.read.cast import Cast
from onrecord.read.contact_words import kind_of
from onrecord.read.dating import WAYS, dated, moved
from onrecord.records import Article, Interval, Published
from onrecord.tables.actors import fold

from .data import Example, Told
from .pages import STANCES, Gold, Page, pages

OWN = ("narrator", "unnamed officials", "unnamed reports")
TITLES = re.compile(r"\b(the|president|prime minister|foreign minister|minister|king|crown prince|sheikh|mr|mrs)\b")
MISSED: dict[str, int] = {}


def names_match(a: str, b: str) -> bool:
    """Do two names mean one actor, by whole name or family name?"""
    a, b = (TITLES.sub(" ", fold(x).replace("-", " ")).split() for x in (a, b))
    return bool(a and b) and (a == b or ((len(a) > 1 or len(b) > 1) and a[-1] == b[-1]))


def column_of(name: str, found: scene.Scene, cast: Cast) -> int | None:
    """The column of the actor of this name."""
    entry = cast.table.find(name) or cast.table.country(name)
    for column, actor in enumerate(found.actors):
        if (entry is not None and actor == entry.id) or actor == name:
            return column
    for column, actor in enumerate(found.actors):
        if actor not in scene_pairs.UNNAMED and names_match(name, cast.name(actor)):
            return column
    side = (entry.side or entry.id) if entry is not None and entry.kind != "person" else None
    for column, actor in enumerate(found.actors):  # "Kremlin" for the gold's "Russia"
        if side and actor not in scene_pairs.UNNAMED and cast.kind(actor) != "person" and cast.side(actor) == side:
            return column
    return None


def bounded(when: Interval, *, past: bool, published: date) -> tuple[date | None, date | None]:
    """As a contact's dates are bounded by the day of publication."""
    start, end = when.start, when.end
    if past and (end is None or (end > published and (start is None or start <= published))):
        end = published
    if not past and (start is None or (start < published and (end is None or end >= published))):
        start = published
    return start, end


def near(a: tuple[date | None, date | None], b: tuple[date | None, date | None]) -> bool:
    """Equal, or sharing most of their union."""
    if a == b:
        return True
    if None in a or None in b:
        return False
    low, high = max(a[0], b[0]), min(a[1], b[1])
    shared = (high - low).days + 1
    union = (max(a[1], b[1]) - min(a[0], b[0])).days + 1
    return shared / union >= 0.6


def fitting(when: Interval, way: str, gold: Gold, published: date) -> bool:
    """Does a time give a contact's date in one of the WAYS, by itself or moved into the direction of the contact?"""
    for interval in (when, moved(when, past=gold.past, published=published)):
        days = dated(interval, way)
        if dates.known(days) and near(bounded(days, past=gold.past, published=published), (gold.start, gold.end)):
            return True
    return False


def example_of(page: Page) -> Example | None:
    """A page as arrays."""
    article = Article(page.title, page.text, "en", Published(page.published, "day", "given"), page.outlet)
    parsed = document.parse(article)
    times = times_reader.read(parsed)
    cast = actors_reader.read(parsed)
    drafts, _ = attributions.read(parsed, cast, times)
    found = next(scene.of(parsed, cast, times, drafts), None)
    if found is None:
        return None
    marked: dict[int, list[str]] = {}
    for start, end, ids in page.marks:
        spans = found.words.spans
        word = next((i for i in range(found.body, len(spans)) if spans[i][0] < end and start < spans[i][1]), None)
        if word is not None:
            marked[word] = list(ids)
    candidates = sorted({*marked, *found.by_rule})
    place = {word: i for i, word in enumerate(candidates)}
    rule = {w: bounds.when(cast, parsed.paragraphs[found.where[w][0]], found.where[w][0], found.where[w][1], times, None, True)
            for w in candidates}  # fmt: skip
    kinds = np.eye(len(scene.KINDS), dtype=np.float32)[[scene.KINDS.index(kind_of(t) or "none") for _, t in found.where]]
    same, same_pairs = scene_pairs.of_same(found, kinds, candidates)
    out = Example(
        page.id, (found.words.texts, found.words.case, found.words.quote, found.words.starts),
        {found.words.texts[n.word].lower() for n in found.named if n.form == 0 and found.actors[n.column] in cast.entries
         and cast.kind(found.actors[n.column]) == "person"},
        found.features.astype(np.float16), found.body, candidates,
        np.array([(n.column, n.word) for n in found.named], np.int64).reshape(-1, 2), len(found.actors),
        scene_pairs.of_actors(found, cast, candidates), np.array([w for _, w in found.times], np.int64),
        scene_pairs.of_times(found, candidates, page.published, rule), same, same_pairs,
    )  # fmt: skip
    taken: set[int] = set()
    for gold in page.contacts:
        words = [place[w] for w, ids in marked.items() if gold.id in ids and w not in taken]
        first = [w for w in words if marked[candidates[w]][0] == gold.id] or words
        taken |= {candidates[w] for w in first}
        if first:
            out.told.append(_told(gold, first, page, found, cast))
    return out


def _told(gold: Gold, words: list[int], page: Page, found: scene.Scene, cast: Cast) -> Told:
    columns = [column_of(p, found, cast) for p in gold.parties]
    for p, c in zip(gold.parties, columns, strict=True):
        if c is None:
            MISSED[p] = MISSED.get(p, 0) + 1
    stances: dict[int, int] = {}
    for who, stance in gold.positions:
        column = -1 - OWN.index(who) if who in OWN else column_of(who, found, cast)
        if column is None and re.search(r"official|source|diplomat|aide|adviser", who, re.I):
            column = -2
        if column is not None and who in OWN[1:] and who in found.actors:
            column = found.actors.index(who)
        if column is not None:
            stances.setdefault(column, STANCES.index(stance))
        else:
            MISSED["who: " + who] = MISSED.get("who: " + who, 0) + 1
    when = (gold.start, gold.end)
    fits = [i * len(WAYS) + n for i, (t, _) in enumerate(found.times) for n, way in enumerate(WAYS)
            if fitting(t.interval, way, gold, page.published)]  # fmt: skip
    plain = [i for i in fits if i % len(WAYS) == 0]
    fits = plain or fits  # on the day rather than since or until another
    open_ = when == ((None, page.published) if gold.past else (page.published, None))
    today = when == (page.published, page.published)
    times = fits if fits or open_ or today else None
    return Told(words, scene.KINDS.index(gold.kind), gold.past, [c for c in columns if c is not None],
                sum(c is None for c in columns), stances, times, open_, today, gold)  # fmt: skip


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    out, told, missing, undated, parties = [], 0, 0, 0, 0
    for path in args.files:
        try:
            found = list(pages(path))
        except ValueError as wrong:
            print(wrong)
            continue
        for page in found:
            example = example_of(page)
            if example is not None:
                out.append(example)
                told += len(example.told)
                missing += sum(t.missing for t in example.told)
                parties += sum(t.missing + len(t.parties) for t in example.told)
                undated += sum(t.times is None for t in example.told)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(pickle.dumps(out))
    print(f"{len(out)} pages, {told} contacts; {missing} of {parties} parties are not among the actors; {undated} dates left out")
    print(sorted(MISSED.items(), key=lambda kv: -kv[1])[:40])


if __name__ == "__main__":
    main()
