"""The trained contact reader: what it is given, how its words become contacts, and how those join what the parse gives."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from onrecord import dates
from onrecord.errors import ModelMissing
from onrecord.read import actors, attributions, contact_model, document, scene, scene_pairs, scene_paths, times, told
from onrecord.read.cast import Cast
from onrecord.read.contact_table import alike, square
from onrecord.read.groups import Group
from onrecord.records import NARRATOR, Article, Evidence, Interval, Position, Published

TEXT = (
    "The Karvenian presidency denied that Ada Marsh had met Jory Almet in Holm last week. He told reporters that no such meeting "
    "took place.\nThe two spoke by phone on 3 May, officials said."
)


@pytest.fixture(scope="module")
def read() -> tuple[scene.Scene, Cast]:
    """A page as the network sees it."""
    article = Article("Karvenia denies a meeting", TEXT, "en", Published(date(2031, 5, 18), "day", "given"))
    parsed = document.parse(article)
    found_times = times.read(parsed)
    cast = actors.read(parsed)
    drafts, _ = attributions.read(parsed, cast, found_times)
    [found] = scene.of(parsed, cast, found_times, drafts)
    return found, cast


def test_a_scene_knows_where_everything_stands(read: tuple[scene.Scene, Cast]) -> None:
    """The title goes before the body; people, pronouns, demonyms and the unnamed are named somewhere; times and contact words too."""
    found, cast = read
    texts = found.words.texts
    assert texts[: found.body] == ["Karvenia", "denies", "a", "meeting"] and texts[found.body] == "The"
    named = {(found.actors[n.column], texts[n.word]) for n in found.named}
    assert {"Marsh", "Almet", "He"} <= {word for _, word in named}
    assert any(actor == "unnamed officials" for actor, _ in named)
    assert [t.evidence.text for t, _ in found.times] == ["last week", "3 May"]
    assert {texts[i] for i in found.by_rule} == {"met", "meeting", "spoke"} and min(found.by_rule) >= found.body
    assert found.features.shape == (len(texts), scene.FEATURES)
    told_at = sorted(found.by_rule)
    assert scene_pairs.of_actors(found, cast, told_at).shape == (len(told_at), len(found.named), scene_pairs.ACTOR_FEATURES)
    assert scene_pairs.of_times(found, told_at, date(2031, 5, 18), {}).shape == (len(told_at), 2, scene_pairs.TIME_FEATURES)


def test_how_two_words_hang_together(read: tuple[scene.Scene, Cast]) -> None:
    """Steps up to where their ways meet, the role of the first, and whether they are of one sentence; what stands beside a name
    counts as the name."""
    found, _ = read
    at = {found.words.texts[i]: scene_paths.way(*found.where[i]) for i in range(found.body, len(found.where))}
    assert scene_paths.ROLES[at["Marsh"].role] == scene_paths.ROLES[at["Ada"].role] == "nsubj"
    assert scene_paths.ROLES[at["Almet"].role] == "dobj"
    [[near, far]] = scene_paths.between([at["Marsh"]], [at["met"], at["spoke"]])
    assert np.flatnonzero(near).tolist() == [1, scene_paths.UP] and np.flatnonzero(far).tolist() == [scene_paths.PATHS - 1]


def test_a_word_points_back_or_tells_itself_from_others() -> None:
    """By what stands before it."""
    doc = document.parse(Article(None, "The call followed another meeting.", "en", None, None)).paragraphs[0].doc
    assert scene_paths.pointed(doc[1]) == (True, False) and scene_paths.pointed(doc[4]) == (False, True)


def test_the_table_is_looked_up_either_way() -> None:
    """Pairs both ways, with which of the two stands before; mentions of one actor are alike."""
    table = square(np.array([[1, 0]]), np.array([[0.5, 2.0]], np.float32), 2)
    assert table[1, 0].tolist() == [0.5, 2, 1] and table[0, 1].tolist() == [0.5, 2, 0] and not table[0, 0].any()
    same = alike([7, 3, 7], 2)
    assert same.shape == (6, 6) and same[1, 3] == same[2, 2] == 1 and not same[1, 2] and not same[0].any() and not same[4:].any()


def test_words_that_mean_one_contact_go_together() -> None:
    """By their mean score with those that already do."""
    same = np.array([[0, -3, 2, -1], [-3, 0, -2, -4], [2, -2, 0, 1], [-1, -4, 1, 0]], np.float32)
    assert told.together(same) == [[0, 2], [1], [3]]


def test_mentions_of_an_actor_count_together() -> None:
    """The logarithm of the sum; who is not named has next to none."""
    found = contact_model.pooled(np.array([[1.0], [1.0], [-2.0]], np.float32), np.array([0, 0, 1]), 3)
    assert found[:, 0] == pytest.approx([1 + np.log(2), -2, -10], abs=0.01)


def test_a_changed_model_is_refused(tmp_path: Path) -> None:
    """As the attribution reader's is."""
    copy = tmp_path / "contacts"
    shutil.copytree(contact_model.FOLDER, copy)
    (copy / "table.onnx").write_bytes(b"other")
    with pytest.raises(ModelMissing, match=r"table\.onnx changed"):
        contact_model.Model(copy)


def test_scores_are_those_of_the_page(read: tuple[scene.Scene, Cast]) -> None:
    """A score for every mention of the page, and three for every time, and none for words of the title."""
    found, cast = read
    scores = contact_model.model().scores(found, cast, date(2031, 5, 18), {})
    assert scores is not None and min(scores.words) >= found.body
    assert scores.actors.shape[1] == len(found.named) and scores.dates.shape[1] == 2 + 3 * len(found.times)
    assert np.allclose(np.exp(scores.dates).sum(axis=1), 1, atol=1e-3)


def view(name: str, stance: str) -> Position:
    """Somebody's stance."""
    return Position(None if name == NARRATOR else name, name, stance, Evidence("body", ((0, 1),), None, "T"))  # type: ignore[arg-type]


def group(words: set[tuple[int, int]], *views: Position, when: Interval = dates.UNKNOWN, past: bool = True) -> Group:
    """A meeting of two people of the page."""
    return Group(("local:ada-marsh", "local:jory-almet"), "meeting", past, when, False, 0, views=list(views), words=words)


def test_the_trained_reader_has_the_word_and_the_parse_adds(read: tuple[scene.Scene, Cast]) -> None:
    """Its parties, date, tense and contacts; of the same words the parse's views, count and place, of others what is contested."""
    _, cast = read
    day, other = dates.day(date(2031, 5, 3)), dates.day(date(2030, 1, 2))
    parse = [
        group({(0, 1)}, view("a", "evades")),
        group({(0, 9)}, view(NARRATOR, "affirms"), view("e", "denies"), when=day),
        group({(2, 2)}, view("d", "denies"), when=other),
        group({(2, 9)}, view("f", "affirms"), when=other),
    ]
    parse[0].count, parse[0].place = (2, 2), "Holm"
    more = [group({(3, 3)}, view("c", "plans"), past=False), group({(0, 1)}, view("a", "affirms"), view("b", "denies"), when=day)]
    out = told.joined(cast, parse, more)
    assert [[(v.name, v.stance) for v in g.views] for g in out] == [
        [("a", "evades"), ("b", "denies"), ("e", "denies")],
        [("d", "denies")],
        [("c", "plans")],
    ]
    assert (out[0].when, out[0].count, out[0].place) == (day, (2, 2), "Holm")


def test_long_articles_are_read_in_parts_that_bound_what_is_compared() -> None:
    """Every word once, whole paragraphs together."""
    text = "\n".join(["Ada Marsh met Jory Almet in Holm on Monday, officials of both sides said after the talks."] * 200)
    parsed = document.parse(Article(None, text, "en", Published(date(2031, 5, 18), "day", "given")))
    cast = actors.read(parsed)
    scenes = list(scene.of(parsed, cast, (), []))
    assert len(scenes) > 2 and all(len(s.words.texts) <= scene.LONGEST for s in scenes)
    assert len(scenes[0].by_rule) > contact_model.ROWS
    scores = contact_model.model().scores(scenes[0], cast, date(2031, 5, 18), {})
    assert 0 < len(scores.words) <= contact_model.ROWS and scores.actors.shape[1] == len(scenes[0].named)
    assert sum(len(s.words.texts) for s in scenes) == 200 * 19


def test_a_position_leads_to_its_attribution(read: tuple[scene.Scene, Cast]) -> None:
    """Also where its words stand in another sentence than the contact's."""
    found, cast = read
    at, draft = next((i, d) for i, d in found.sources if found.words.texts[i] == "officials")
    told_at = next(i for i in found.by_rule if found.words.texts[i] == "met")
    position = told._position(found, cast, group({(0, 1)}), "unnamed officials", scene.STANCES.index("affirms"), at, told_at)
    assert position.attribution == draft.id and position.evidence.text == "The two spoke by phone on 3 May, officials said."


def test_of_two_stances_of_one_person_the_one_that_both_readers_give(read: tuple[scene.Scene, Cast]) -> None:
    """By the parse alone they would contradict each other; where the readers differ altogether, both stay."""
    _, cast = read
    for heard, kept in (("denies", ["denies", "affirms"]), ("evades", ["denies", "affirms", "affirms"])):
        parsed = group({(0, 1)}, view("A", "denies"), view("A", "affirms"), view("B", "affirms"))
        [joined] = told.joined(cast, [parsed], [group({(0, 1)}, view("A", heard))])
        assert [v.stance for v in joined.views] == kept
