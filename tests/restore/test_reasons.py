"""Why something is left out: by place, else by wording."""

from __future__ import annotations

import pytest

from onrecord.restore.blocks import blocks
from onrecord.restore.markup import tree_of
from onrecord.restore.reasons import of_block, of_text
from onrecord.tables import rows


@pytest.mark.parametrize(("text", "reason"), [
    ("Home", "menu"), ("Read more: the talks end", "promo"), ("Advertisement", "promo"), ("Sign up for our newsletter", "promo"),
    ("Updated 3 June 2019 10:24", "date or byline"), ("By Teo Brandal", "date or byline"), ("© 2031 Ostrel Daily", "small print"),
    ("Photo: Nils Aro", "caption"), ("Orsolo at his desk (Nils Aro / Getty Images)", "caption"), ("12 comments", "comment"),
    ("The minister said on Monday that the talks would go on for as long as it took.", "other text"),
])  # fmt: skip
def test_wording_gives_a_reason(text: str, reason: str) -> None:
    """The forms in which pages say such things."""
    assert of_text(text) == reason


@pytest.mark.parametrize("row", list(rows("reasons.tsv")), ids=lambda row: f"{row['reason']}, {row['where']}")
def test_each_row_of_the_table_has_an_example_that_holds(row: dict[str, str]) -> None:
    """A block in such an element gets that reason."""
    name = row["example"].split(" ")[0]
    found, _ = blocks(tree_of(f"<html><body><{row['example']}>Something that is written here</{name}></body></html>"))
    assert of_block(found[0], {}) == row["reason"]
