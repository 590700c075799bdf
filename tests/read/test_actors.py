"""Who is meant: names, roles in time, pronouns; and the table behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import BadRequest
from onrecord.records import PageResult
from onrecord.tables.actors import current, fold, surname, table


def mentioned(result: PageResult) -> dict[str, list[str]]:
    """Mentions by actor."""
    return {a.id: [m.text for m in a.mentions] for a in result.reading.actors}


def test_names_surnames_and_roles_lead_to_one_actor(read_text: Callable[..., PageResult]) -> None:
    """The full name, the surname alone and the role phrase."""
    found = mentioned(
        read_text("President Vladimir Putin left on Monday. Putin said little. The Russian president met nobody.", "2025-03-23")
    )
    assert found["vladimir-putin"] == ["Vladimir Putin", "Putin", "The Russian president"]


def test_a_role_is_held_by_who_held_it_then(read_text: Callable[..., PageResult]) -> None:
    """ "A U.S. president in February 2022" is not the one of 2025."""
    found = mentioned(
        read_text(
            "The envoy met the U.S. president in February 2022, officials said. He met the U.S. president again on Monday.",
            "2025-03-23",
        )
    )
    assert "joe-biden" in found and "donald-trump" in found


def test_people_of_the_page_are_opened_with_the_side_that_their_title_names(read_text: Callable[..., PageResult]) -> None:
    """Kremlin aide Ivan Petrov speaks for Russia."""
    result = read_text("Kremlin aide Ivan Petrov said the talks were useful. Petrov then left for the airport.", "2025-03-23")
    person = next(a for a in result.reading.actors if a.name == "Ivan Petrov")
    assert person.side == "RUS" and [m.text for m in person.mentions] == ["Ivan Petrov", "Petrov"]


def test_names_fold() -> None:
    """Accents, articles, possessives and hyphens do not count; family names come first where they do."""
    assert fold("The Erdoğan’s") == "erdogan"
    assert surname("Xi Jinping") == "xi" and surname("Mohammed bin Salman") == "bin salman" and surname("Joe Biden") == "biden"


def test_roles_end() -> None:
    """The holder of a role depends on the day."""
    found = current().holder("president", "USA", date(2022, 2, 15)), current().holder("president", "USA", date(2025, 3, 1))
    assert [entry.id for entry in found if entry] == ["joe-biden", "donald-trump"]


def test_every_row_of_the_tables_fits_the_others() -> None:
    """Sides and roles name states or bodies that there are; intervals run forwards."""
    known = table(None)
    for entry in known.entries.values():
        assert entry.side is None or entry.side in known.entries, f"{entry.id}: no {entry.side}"
        for role in entry.roles:
            assert role.of in known.entries, f"{entry.id}: no {role.of}"
            assert role.start is None or role.end is None or role.start < role.end, entry.id


def test_a_table_of_ones_own_needs_its_columns(tmp_path: Path) -> None:
    """The message names the file and the columns."""
    own = tmp_path / "mine.tsv"
    own.write_text("id\tname\nx\tX\n")
    with pytest.raises(BadRequest, match=r"mine\.tsv.*no column"):
        table(str(own))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("x\tperson\tX\t\t\tpresident\tsulmar\t2031-13-01\t", "2031-13-01"),
        ("x\tperson\tX", "fewer cells"),
        ("x\trobot\tX\t\t\t\t\t\t", "robot"),
        ("\tperson\tX\t\t\t\t\t\t", "no id"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_line(tmp_path: Path, row: str, words: str) -> None:
    """File, line and what to do; never a traceback."""
    own = tmp_path / "own.tsv"
    own.write_text("id\tkind\tname\tnames\tside\trole\tof\tstart\tend\n\n" + row + "\n", encoding="utf-8-sig")
    with pytest.raises(BadRequest, match=f"own.tsv, line 2: .*{words}"):
        table(str(own))


def test_outlets_that_no_table_knows(read_text: Callable[..., PageResult]) -> None:
    """By what a paper is called, or by what stands beside its name; a poll's "Post-Debate" is none, nor who is named behind "paper"."""
    text = (
        "The Holm Sentinel said on Monday that the envoys met. The weekly Polska Rzecz had it too, and Vremya Dnya, a Holm daily, did not. "
        "The paper Prime Minister Narendra Modi signed is a poll's Minor Post-Debate addendum."
    )
    outlets = {a.name for a in read_text(text, "2031-05-18").reading.actors if a.kind == "outlet"}
    assert outlets == {"Holm Sentinel", "Polska Rzecz", "Vremya Dnya"}


def test_whom_people_speak_for(read_text: Callable[..., PageResult]) -> None:
    """By the title before the name or after it, and by whom they work for; an ambassador's host is not his side."""
    text = (
        "Ivan Petrov, a spokesman for the Turkish presidency, said on Monday that the envoys met. Narendra Modi's adviser Lena Brandt, "
        "agreed. India's ambassador to France, Ola Nordmann, and Peter Stone, who likes the French president, did not. "
        "Secretary of State Madeleine Albright was told by Russian minister Anna Kohl."
    )
    sides = {a.name: a.side for a in read_text(text, "1999-05-18").reading.actors if a.kind == "person"}
    named = {name: sides[name] for name in ("Ivan Petrov", "Lena Brandt", "Ola Nordmann", "Peter Stone", "Anna Kohl")}
    assert named == {"Ivan Petrov": "TUR", "Lena Brandt": "IND", "Ola Nordmann": "IND", "Peter Stone": None, "Anna Kohl": "RUS"}
