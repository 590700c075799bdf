"""The trained reader: what it is fed, how its scores become spans, and that it refuses weights that do not fit."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ModelMissing
from onrecord.models import checked
from onrecord.read import tagger as t
from onrecord.read.pieces import CLOSES, OPENS, OUTSIDE, PIECES, WITHIN, Vocabulary, windows, words_of

TEXT = "Dessa Tarn said the corridor was closed. “We will wait,” she added."


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The one that ships."""
    return Vocabulary(t.FOLDER / "vocab.txt")


def test_words_know_their_place_case_and_marks() -> None:
    """Spans count from the text's start; capitals and quotation marks go along as numbers."""
    words = words_of([(10, "He SAID “no” to"), (40, '"Yes"')])
    assert words.spans[0] == (10, 12) and words.texts[1] == "SAID"
    assert words.case[:2] == [1, 2]
    assert words.quote == [OUTSIDE, OUTSIDE, OPENS, WITHIN, CLOSES, OUTSIDE, OPENS, WITHIN, CLOSES]
    assert [i for i, first in enumerate(words.starts) if first] == [0, 6]


def test_word_pieces_are_those_of_bert(vocabulary: Vocabulary) -> None:
    """Longest match first; accents and case aside; what cannot be spelled is unknown."""
    names = {i: piece for piece, i in vocabulary.ids.items()}
    assert [names[i] for i in vocabulary.pieces("Embeddings")] == ["em", "##bed", "##ding", "##s"]
    assert vocabulary.pieces("Élysée") == vocabulary.pieces("elysee")
    assert vocabulary.pieces("“") == vocabulary.pieces('"')
    assert vocabulary.pieces("x" * 100) == (vocabulary.unknown,)


@given(st.lists(st.text(alphabet="ab “”.\"'Zé1", max_size=400), max_size=6))
def test_windows_hold_every_word_once_and_stay_in_bounds(texts: list[str]) -> None:
    """Whatever the text."""
    vocabulary = Vocabulary(t.FOLDER / "vocab.txt")
    offset, paragraphs = 0, []
    for text in texts:
        paragraphs.append((offset, text))
        offset += len(text) + 1
    words = words_of(paragraphs)
    found = list(windows(words, vocabulary))
    assert [w.low for w in found] == [0, *(w.high for w in found[:-1])][: len(found)]
    assert (found[-1].high if found else 0) == len(words.spans)
    assert all(len(w.ids) <= PIECES + 2 or w.high - w.low == 1 for w in found)


def test_the_best_path_holds_the_head_in_the_cue_and_smooths_slips() -> None:
    """One word that leans the other way within a content does not cut it in two."""
    chances = np.full((1, 7, 4), 0.02, np.float32)
    chances[0, 0, t.SOURCE] = chances[0, 1, t.NONE] = 0.94
    chances[0, 2:, t.CONTENT] = 0.94
    chances[0, 4, t.CONTENT], chances[0, 4, t.NONE] = 0.45, 0.49
    path = t.best_paths(np.log(chances), np.array([1]))[0].tolist()
    assert path == [t.SOURCE, t.CUE, *[t.CONTENT] * 5]


def test_attributions_come_with_their_spans() -> None:
    """Source, cue and content of both sentences; marks belong to the quotation."""
    found = t.tagger().tag([(5, TEXT)])
    shown = [tuple(" ".join(TEXT[a - 5 : b - 5] for a, b in part) for part in (f.source, f.cue, f.content)) for f in found]
    assert ("Dessa Tarn", "said", "the corridor was closed") in [tuple(p.rstrip(".") for p in row) for row in shown]
    assert any(source == "she" and "“We will wait,”" in content for source, _, content in shown)
    assert all(0 < t.tagger().confidence(f) < 1 for f in found)


def test_weights_that_do_not_fit_their_manifest_are_refused(tmp_path: Path) -> None:
    """A changed file, another format, a missing manifest: each says what to do."""
    for name in ("manifest.json", "vocab.txt", "encoder.onnx", "roles.onnx", "embeddings.npz"):
        shutil.copy(t.FOLDER / name, tmp_path)
    assert checked(tmp_path)["files"]
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(ModelMissing, match="format 99"):
        t.Tagger(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "vocab.txt").write_text("x")
    with pytest.raises(ModelMissing, match=r"vocab.txt changed"):
        t.Tagger(tmp_path)
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(ModelMissing, match="install onrecord again"):
        t.Tagger(tmp_path)


def test_the_manifest_says_where_the_weights_come_from() -> None:
    """Digests of corpus and encoder, seed, commit, figures on documents left out, licences; 30 MB at most."""
    manifest = checked(t.FOLDER)
    assert {"corpus_sha256", "encoder_sha256", "seed", "commit", "figures", "licences", "confidence"} <= manifest.keys()
    assert sum(p.stat().st_size for p in t.FOLDER.iterdir()) < 30e6
