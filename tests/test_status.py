"""The status table, row by row."""

import pytest

from onrecord.records import NARRATOR, UNNAMED_REPORTS, Evidence, Position, Stance, Status
from onrecord.status import TABLE, because, codes, status_of

SIDES = ("KARV", "SULM")


def position(stance: str, side: str | None = None, name: str = "somebody") -> Position:
    """A position of a side, or of nobody's."""
    return Position(None, name, stance, Evidence("body", None, None, ""), side=side)  # type: ignore[arg-type]


K, S = "KARV", "SULM"
CASES: list[tuple[Status, bool, list[tuple[str, str | None, str]]]] = [
    ("disputed", True, [("denies", S, "x"), ("reports", None, "Wire")]),
    ("disputed", False, [("denies", S, "x"), ("plans", K, "y")]),
    ("denied", True, [("denies", S, "x")]),
    ("denied", True, [("denies", S, "x"), ("hints", K, "y")]),
    ("cancelled", False, [("cancels", S, "x"), ("plans", K, "y")]),
    ("conditional", False, [("conditions", K, "x"), ("plans", K, "y")]),
    ("planned", False, [("plans", K, "x"), ("hints", S, "y")]),
    ("planned", True, [("plans", K, "x")]),
    ("conditional", True, [("conditions", K, "x"), ("plans", S, "y")]),
    ("hinted", True, [("plans", K, "x"), ("evades", S, "y")]),
    ("hinted", False, [("hints", K, "x")]),
    ("confirmed", True, [("affirms", K, "x"), ("affirms", S, "y")]),
    ("claimed", True, [("affirms", K, "x"), ("evades", S, "y")]),
    ("claimed", True, [("affirms", K, "x"), ("no_comment", S, "y")]),
    ("announced", True, [("affirms", K, "x"), ("affirms", None, NARRATOR)]),
    ("announced", True, [("affirms", K, "x"), ("hints", K, "y")]),
    ("reported", True, [("reports", None, UNNAMED_REPORTS)]),
    ("reported", True, [("affirms", "ESTM", "a third state"), ("evades", K, "y")]),
    ("hinted", True, [("not_ruled_out", K, "x"), ("hints", S, "y")]),
    ("stated", True, [("affirms", None, NARRATOR)]),
]


@pytest.mark.parametrize(("status", "past", "taken"), CASES)
def test_positions_amount_to_the_first_row_that_holds(
    status: Status, past: bool, taken: list[tuple[str, str | None, str]]
) -> None:
    """Each row of the table, at least once."""
    positions = [position(stance, side, name) for stance, side, name in taken]
    assert status_of(positions, SIDES, past=past) == status


@pytest.mark.parametrize(("status", "others"), [
    ("announced", []), ("confirmed", [("affirms", K)]), ("claimed", [("no_comment", S)]), ("disputed", [("denies", S)]),
])  # fmt: skip
def test_who_affirms_by_name_speaks_for_a_side_even_where_the_page_does_not_tell_which(
    status: Status, others: list[tuple[str, str | None]]
) -> None:
    """A press secretary without a country is one side's; with the other side it makes two. A third state's is still nobody's."""
    evidence = Evidence("body", None, None, "")
    rest = [position(stance, side) for stance, side in others]
    assert status_of([Position("local:lena-voss", "Lena Voss", "affirms", evidence), *rest], SIDES, past=True) == status
    elsewhere = Position("local:lena-voss", "Lena Voss", "affirms", evidence, side="ESTM")
    assert status_of([elsewhere], SIDES, past=True) == "reported"


def test_every_status_of_the_table_is_tested() -> None:
    """A new row needs a case here."""
    assert {row[0] for row in TABLE} == {case[0] for case in CASES}


def test_a_dodge_is_never_a_denial() -> None:
    """No vague stance, alone or with others of its kind, makes a contact denied, disputed or confirmed."""
    vague: list[Stance] = ["hints", "not_ruled_out", "evades", "no_comment"]
    for stance in vague:
        for side in (K, S, None):
            assert status_of([position(stance, side)], SIDES, past=True) == "hinted"


def test_a_status_explains_itself() -> None:
    """The reason names who takes which stance."""
    said = because([position("reports", None, "Wire"), position("denies", S, "Sulmar")])
    assert said == "reported by Wire; denied by Sulmar"


def test_codes_follow_kind_tense_and_status() -> None:
    """CAMEO 041 for a call, 036 where it is still to come, 016 where it is denied."""
    assert codes("call", "announced", past=True)["cameo"] == "041"
    assert codes("call", "planned", past=False)["cameo"] == "036"
    assert codes("call", "denied", past=True)["cameo"] == "016"
