"""Spans and offset maps."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.text import Builder, compose, ends_sentence, normalise, slice_of, to_source

PLAN = st.lists(
    st.tuples(st.sampled_from(["copy", "drop", "put"]), st.integers(1, 6), st.text("xyz ", min_size=1, max_size=3)), max_size=12
)


def build(source: str, plan: list[tuple[str, int, str]]) -> tuple[Builder, list[tuple[int, int]]]:
    """A text made of a source by copying, dropping and putting; and the spans that were copied."""
    builder, position, copied = Builder(source), 0, []
    for action, width, text in plan:
        end = min(position + width, len(source))
        if action == "copy":
            if end > position:
                copied.append((builder.length, builder.length + end - position))
            builder.copy(position, end)
        elif action == "put":
            builder.put(text, position, end)
        position = end
    return builder, copied


@given(st.text("abcdef", max_size=40), PLAN)
def test_a_copied_slice_leads_back_to_the_same_slice(source: str, plan: list[tuple[str, int, str]]) -> None:
    """What was copied reads the same in the source."""
    builder, copied = build(source, plan)
    for start, end in copied:
        assert slice_of(source, to_source(builder.stretches, [(start, end)])) == builder.text[start:end]


@given(st.text("abcdef", max_size=40), PLAN, PLAN)
def test_maps_compose(source: str, first: list[tuple[str, int, str]], second: list[tuple[str, int, str]]) -> None:
    """Two maps after one another lead where their composition leads, for every character that both copied."""
    inner, _ = build(source, first)
    outer, copied = build(inner.text, second)
    both = compose(outer.stretches, inner.stretches)
    for start, end in copied:
        for i in range(start, end):
            step = to_source(outer.stretches, [(i, i + 1)])
            assert to_source(both, [(i, i + 1)]) == to_source(inner.stretches, step)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_normalised_spans_ascend_and_do_not_touch(spans: list[tuple[int, int]]) -> None:
    """Spans come out in order, none empty, none touching the next."""
    out = normalise(spans)
    assert all(a < b for a, b in out)
    assert all(left[1] < right[0] for left, right in pairwise(out))


def test_abbreviations_do_not_end_sentences() -> None:
    """A full stop after an abbreviation or initial is none."""
    assert ends_sentence("He left.") and ends_sentence("“He left.”") and ends_sentence("Why?")
    assert not ends_sentence("in the U.S.") and not ends_sentence("on Feb.") and not ends_sentence("He left")
