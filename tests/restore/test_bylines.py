"""Authors out of bylines."""

from __future__ import annotations

import pytest

from onrecord.restore.bylines import names_in


@pytest.mark.parametrize(("byline", "names"), [
    ("By Teo Brandal", ["Teo Brandal"]),
    ("By TEO BRANDAL and Ina E. Kors", ["Teo Brandal", "Ina E. Kors"]),
    ("By Teo Brandal, AP Sports Writer", ["Teo Brandal"]),
    ("Analysis by Ina Kors, Reuters", ["Ina Kors"]),
    ("Ina Kors\nFollow @inakors", ["Ina Kors"]),
    ("Por Ana de la Cruz e João dos Santos", ["Ana de la Cruz", "João dos Santos"]),
    ("Von Jörg Müller und Änne Öz", ["Jörg Müller", "Änne Öz"]),
    ("Ina Kors Published May 3, 2031", ["Ina Kors"]),
    ("By Teo Brandal Reuters", ["Teo Brandal"]),
])  # fmt: skip
def test_names_are_taken_and_roles_and_outlets_are_not(byline: str, names: list[str]) -> None:
    """In the forms that pages give them."""
    assert names_in(byline) == names


@pytest.mark.parametrize(
    "text", ["", "Share this", "5 min read", "November 3, 2031", "Read more about the talks in Ostrel today", "https://x.test/a"]
)
def test_what_is_no_byline(text: str) -> None:
    """Nothing is made of it."""
    assert names_in(text) == []


def test_a_desk_is_a_byline_where_the_page_says_so_and_names_nobody() -> None:
    """`sure` is for what stands where authors stand."""
    assert names_in("Ostrel Daily Staff", sure=True) == ["Ostrel Daily Staff"]
    assert names_in("The Associated Press", sure=True) == ["The Associated Press"]
