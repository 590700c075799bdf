"""Pages in, and what is said of inputs that are none."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
from pathlib import Path

import pytest

from onrecord.errors import BadRequest
from onrecord.ingest import pages
from onrecord.ingest.kinds import MAX_BYTES, Failure, Given
from onrecord.records import Page

TEXT = "The president met the prime minister on Monday, officials said in a statement to the press."


def failures(*paths: Path) -> list[str]:
    """The reasons that come out."""
    return [item.reason for item in pages([str(p) for p in paths]) if isinstance(item, Failure)]


def test_a_page_is_known_by_the_digest_of_its_bytes(tmp_path: Path) -> None:
    """The ID is the SHA-256 of the content; packing a file does not change it."""
    plain, packed = tmp_path / "a.txt", tmp_path / "b.txt.gz"
    plain.write_text(TEXT)
    packed.write_bytes(gzip.compress(TEXT.encode()))
    first, second = pages([str(plain), str(packed)])
    assert isinstance(first, Page) and isinstance(second, Page)
    assert first.id == second.id == hashlib.sha256(TEXT.encode()).hexdigest()


def test_the_kind_is_found_by_content_not_by_name(tmp_path: Path) -> None:
    """HTML in a .txt is HTML, JSON lines in a .log are JSON lines."""
    (tmp_path / "a.txt").write_text(f"<!doctype html><html><body><p>{TEXT}</p></body></html>")
    (tmp_path / "b.log").write_text(json.dumps({"id": 7, "text": TEXT}) + "\n" + json.dumps({"html": "<p>x</p>"}))
    found = [item for item in pages([str(tmp_path)]) if isinstance(item, Page)]
    assert [p.media_type for p in found] == ["text/html", "text/plain", "text/html"]
    assert found[1].id == "7" and found[1].text == TEXT


def test_folders_come_in_name_order_and_without_hidden_files(tmp_path: Path) -> None:
    """The same folder gives the same order everywhere."""
    for name in ("b.txt", "a.txt", ".hidden.txt"):
        (tmp_path / name).write_text(f"{name}: {TEXT}")
    assert [Path(str(item.path)).name for item in pages([str(tmp_path)]) if isinstance(item, Page)] == ["a.txt", "b.txt"]


def test_what_the_line_says_goes_before_what_the_caller_says(tmp_path: Path) -> None:
    """`published` and `outlet` of a JSON line win over the options."""
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": TEXT, "published": "2025-03-23"}) + "\n" + json.dumps({"text": TEXT + "!"}))
    first, second = pages([str(file)], given=Given("2020-01-01", "Wire"))
    assert isinstance(first, Page) and isinstance(second, Page)
    assert (first.published, second.published, second.outlet) == ("2025-03-23", "2020-01-01", "Wire")


@pytest.mark.parametrize(("name", "content", "words"), [
    ("empty.html", b"", "empty"),
    ("blank.txt", b" \n ", "empty"),
    ("binary.txt", bytes(range(256)) * 8, "binary"),
    ("paper.pdf", b"%PDF-1.7 and so on", "a PDF"),
    ("broken.html.gz", b"\x1f\x8b\x08\x00broken", "damaged gzip"),
    ("bomb.html.gz", gzip.compress(b" " * (MAX_BYTES + 1)), "larger than"),
])  # fmt: skip
def test_a_file_that_is_no_page_says_what_it_is(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    """One reason each, and no exception."""
    file = tmp_path / name
    file.write_bytes(content)
    assert [words in reason for reason in failures(file)] == [True]


def test_a_hundred_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    """The size is enough to know."""
    file = tmp_path / "big.txt"
    with file.open("wb") as stream:
        stream.truncate(100_000_000)
    assert "larger than" in failures(file)[0]


def test_a_broken_line_does_not_stop_those_after_it(tmp_path: Path) -> None:
    """Each bad line has a reason with its number, each good one is a page."""
    file = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": TEXT}), "{broken", "[1]", json.dumps({"id": 1}), json.dumps({"text": ""}), json.dumps({"text": 3}),
             json.dumps({"text": TEXT, "published": "soon"}), "[" * 100_000, json.dumps({"text": TEXT + "!"})]  # fmt: skip
    file.write_text("\n".join(lines))
    found = list(pages([str(file)]))
    assert [isinstance(item, Page) for item in found] == [True, False, False, False, False, False, False, False, True]
    assert [item.where for item in found if isinstance(item, Failure)] == [f"{file}, line {n}" for n in range(2, 9)]


def test_a_missing_file_and_a_pipe_are_named(tmp_path: Path) -> None:
    """What is not there, or no file, is said."""
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    assert ["no such file" in r or "not a regular file" in r for r in failures(tmp_path / "nothing", fifo)] == [True, True]


def test_an_unreadable_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be listed is a failure; those beside it are read."""
    (tmp_path / "locked").mkdir()
    (tmp_path / "z.txt").write_text(TEXT)
    real = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = list(pages([str(tmp_path)]))
    assert isinstance(found[0], Failure) and "not readable" in found[0].reason
    assert isinstance(found[1], Page)


def test_stdin_is_one_page_or_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first line tells."""
    for content, number in ((TEXT.encode(), 1), ((json.dumps({"text": TEXT}) + "\n").encode() * 2, 2)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert len([p for p in pages(["-"]) if isinstance(p, Page)]) == number


def test_an_unknown_source_is_a_bad_request() -> None:
    """The message names those that there are."""
    with pytest.raises(BadRequest, match="auto, jsonl, text"):
        list(pages(["x"], source="fax"))


def test_half_a_surrogate_pair_harms_nothing(tmp_path: Path) -> None:
    """In a text, an ID or a file's name it becomes U+FFFD, so that what is printed and stored is UTF-8."""
    file = Path(os.fsdecode(os.fsencode(str(tmp_path)) + b"/bad\xff.jsonl"))
    file.write_text('{"id": "\\ud800", "text": "' + TEXT + ' \\ud83d"}\n{"text": "' + TEXT + ' \\ud83d\\ude00"}\n{broken')
    found = list(pages([str(file)]))
    assert isinstance(found[0], Page) and found[0].id == "\ufffd"
    assert [str(item.text)[-1] for item in found if isinstance(item, Page)] == ["\ufffd", "😀"]
    for item in found:
        repr(item).encode("utf-8")


def test_json_lines_come_packed_marked_and_with_empty_fields(tmp_path: Path) -> None:
    """Gzip, a byte order mark, a null beside what counts."""
    row = json.dumps({"id": "1", "text": None, "html": f"<p>{TEXT}</p>"})
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(row.encode()))
    (tmp_path / "b.jsonl").write_bytes(b"\xef\xbb\xbf" + row.encode())
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "1", "text": "", "html": f"<p>{TEXT}</p>"}))
    found = list(pages([str(tmp_path)]))
    assert [(p.id, p.media_type) for p in found if isinstance(p, Page)] == [("1", "text/html")] * 3


@pytest.mark.parametrize("content", [
    json.dumps([{"text": TEXT}], indent=1).encode(), json.dumps({"text": TEXT}, indent=1).encode(),
    (json.dumps({"text": TEXT}) + "\n").encode("utf-16"),
])  # fmt: skip
def test_json_that_is_no_json_lines_is_refused_and_not_read_as_prose(tmp_path: Path, content: bytes) -> None:
    """An array, a pretty-printed object, UTF-16: each says what to write."""
    (tmp_path / "a.json").write_bytes(content)
    found = list(pages([str(tmp_path)]))
    assert found and all(
        isinstance(item, Failure)
        and ("one object a line" in item.reason or "UTF-8" in item.reason or "not a JSON object" in item.reason)
        for item in found
    )


@pytest.mark.parametrize("day", ["20250323", "2025-W12-7", "23.03.2025", "2025-03-2", "2025-13-01"])
def test_a_given_day_is_an_iso_day_or_refused(tmp_path: Path, day: str) -> None:
    """Never taken and then dropped in silence."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "published": day}))
    [found] = pages([str(tmp_path)])
    assert isinstance(found, Failure) and day in found.reason


def test_a_folder_that_links_to_itself_is_passed_over(tmp_path: Path) -> None:
    """And its other pages are read once."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "again").symlink_to(tmp_path)
    found = list(pages([str(tmp_path)]))
    assert [type(item) for item in found] == [Page, Failure]
