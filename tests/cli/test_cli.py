"""The command line as a person meets it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli import COMMANDS

ROOT = Path(__file__).parent.parent.parent
NAMES = [module.__name__.rsplit(".", 1)[-1] for module in COMMANDS]
PROGRAM = "import sys; from onrecord.cli import main; sys.argv[0] = 'onrecord'; main()"


def run(*words: str, stdin: bytes = b"", cwd: Path = ROOT, **extra: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    return subprocess.run([sys.executable, "-c", PROGRAM, *words], input=stdin, capture_output=True, cwd=cwd, check=False,
                          env={**os.environ, "COLUMNS": "140", **extra})  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger of the example pages."""
    path = str(tmp_path_factory.mktemp("ledger") / "demo.db")
    done = run("add", "examples/pages", "--actors", "examples/actors.tsv", "--ledger", path)
    assert done.returncode == 0, done.stderr
    return path


def examples(command: str | None) -> list[str]:
    """The command lines under "Examples:" of a help page."""
    text = run(*([command] if command else []), "--help", NO_COLOR="1").stdout.decode()
    lines = [line.strip() for line in text[text.index("Examples:") :].splitlines()[1:]]
    found = []
    for line in lines:
        if not line.startswith("onrecord"):
            break
        found.append(line)
    return found


@pytest.mark.parametrize("command", [None, *NAMES])
def test_help_opens_with_two_examples_that_run(command: str | None, ledger: str, tmp_path: Path) -> None:
    """Each exits with 0 on the example ledger."""
    found = examples(command)
    assert len(found) == 2, f"{command}: {found}"
    (tmp_path / "examples").symlink_to(ROOT / "examples")  # what they write stays out of the sources
    for line in found:
        words = shlex.split(line)[1:]
        if "--ledger" in words:
            words[words.index("--ledger") + 1] = str(tmp_path / "own.db")
        target = str(tmp_path / "x.db") if command == "add" else ledger
        if command == "serve" and "--export-static" not in words:
            assert "http://localhost:" in first_line(*words, ONRECORD_LEDGER=target)
            continue
        done = run(*words, ONRECORD_LEDGER=target, cwd=tmp_path)
        assert done.returncode == 0, f"{line}: {done.stderr.decode()}"
        assert done.stdout


def first_line(*words: str, **extra: str) -> str:
    """The first line of a program that goes on until it is told to end."""
    words = tuple("0" if before == "--port" else word for before, word in zip(("", *words), words, strict=False))
    going = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words], stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, **extra}
    )
    assert going.stdout is not None
    try:
        return going.stdout.readline().decode()
    finally:
        going.terminate()
        going.communicate(timeout=20)


def test_bad_inputs_get_a_line_each_and_exit_code_3(tmp_path: Path) -> None:
    """What, which, and what to do; the good page goes in; the ledger keeps the reasons; no traceback."""
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "deep.html").write_text("<html><body>" + "<div>" * 100_000 + "<p>x</p>")
    (tmp_path / "broken.jsonl").write_text('{"id": "a", "text":\n')
    (tmp_path / "menu.txt").write_text("Home\nWorld\nVideo")
    (tmp_path / "german.txt").write_text(
        "Der Bundeskanzler hat am Montag den Präsidenten getroffen, wie ein Sprecher der Regierung mitteilte."
    )
    (tmp_path / "unknown.txt").write_bytes(bytes([0xFF, 0x81, 0x90, 0x8D, 0x9D]) * 200)
    with (tmp_path / "big.txt").open("wb") as big:
        big.truncate(100_000_000)
    (tmp_path / "good.txt").write_text(
        "Ilan Orsolo and Mara Venn spoke by phone on Friday, the White Lodge said on Saturday in a statement."
    )
    book = str(tmp_path / "a.db")
    done = run("add", str(tmp_path), "missing.html", "--ledger", book)
    errors = done.stderr.decode()
    assert done.returncode == 3 and "Traceback" not in errors
    for name in (
        "empty.html",
        "binary.txt",
        "deep.html",
        "broken.jsonl, line 1",
        "menu.txt",
        "german.txt",
        "unknown.txt",
        "big.txt",
        "missing.html",
    ):
        lines = [line for line in errors.splitlines() if name in line]
        assert len(lines) == 1 and lines[0].startswith("onrecord: ") and len(lines[0].split(name)[1]) > 15, f"{name}: {lines}"
    kept = json.loads(run("doctor", "--ledger", book, "--format", "json").stdout)
    assert sum(row["what"] == "left out" for row in kept) == 9
    again = run("add", str(tmp_path / "good.txt"), "--ledger", book)
    assert b"1 known already" in again.stdout and again.returncode == 0


def test_results_go_to_stdout_and_are_well_formed_in_every_format(ledger: str) -> None:
    """json, jsonl and csv of the same question agree."""
    array = json.loads(run("contacts", "Orsolo", "--ledger", ledger, "--format", "json").stdout)
    lines = [json.loads(line) for line in run("contacts", "Orsolo", "--ledger", ledger, "-f", "jsonl").stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(run("contacts", "Orsolo", "--ledger", ledger, "-f", "csv").stdout.decode())))
    assert array == lines and [str(v["id"]) for v in array] == [row["id"] for row in table] and array


def test_filters_narrow_the_answer(ledger: str) -> None:
    """By status, kind, pair and time."""

    def ask(*words: str) -> list[dict[str, object]]:
        return json.loads(run("contacts", *words, "--ledger", ledger, "-f", "json").stdout)

    assert {v["status"] for v in ask("--status", "disputed")} == {"disputed"}
    assert {v["kind"] for v in ask("--kind", "visit")} == {"visit"}
    assert all(v["when"]["end"] is None or v["when"]["end"] >= "2031-06-01" for v in ask("--since", "2031-06"))  # type: ignore[index]
    assert ask("Orsolo", "Hadrin") == [] and ask("Orsolo", "Venn")


def test_read_takes_stdin_and_echoes_ids() -> None:
    """`read --from jsonl -` prints one object a page, with the caller's id, also for a page that yields nothing."""
    lines = [
        json.dumps({"id": "a", "text": "Mara Venn met Ilan Orsolo on Monday, officials said in the evening."}),
        json.dumps({"id": "b", "text": "Home"}),
    ]
    done = run("read", "--from", "jsonl", "--format", "jsonl", "-", stdin="\n".join(lines).encode())
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"] and rows[1]["skipped"]["step"] == "restore" and done.returncode == 3


@pytest.mark.parametrize("words", [("contacts", "--since", "soon"), ("contact", "999"), ("contact", "x"), ("read",), ("nothing",),
                                   ("read", "x", "--from", "fax"), ("said", "--ledger", "/no/such/ledger.db")])  # fmt: skip
def test_usage_errors_exit_with_2_and_a_message(words: tuple[str, ...], ledger: str) -> None:
    """Never a traceback."""
    done = run(*words, ONRECORD_LEDGER=ledger)
    assert done.returncode == 2 and done.stderr and b"Traceback" not in done.stderr


def test_no_colour_and_no_bar_where_nobody_looks(ledger: str) -> None:
    """A pipe gets plain text."""
    done = run("contacts", "--ledger", ledger)
    assert b"\x1b[" not in done.stdout and done.stderr == b""


def test_a_reader_that_goes_away_is_no_error(ledger: str) -> None:
    """`onrecord contacts | head -1` ends quietly."""
    line = f"{shlex.quote(sys.executable)} -c {shlex.quote(PROGRAM)} said --format jsonl --limit 500 --ledger {shlex.quote(ledger)} | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_nothing_on_record_is_not_said_to_be_nothing_happened(ledger: str) -> None:
    """The empty answer says what was searched."""
    text = run("contacts", "Napoleon", "--ledger", ledger).stdout.decode()
    assert re.search(r"Nothing on record with Napoleon in \d+ articles", text) and "not to say" in text


def test_help_and_version_import_nothing_heavy() -> None:
    """Start-up stays quick: no parser, no database, no network library."""
    code = "import sys; import onrecord.cli; print(sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    for heavy in ("spacy", "sqlalchemy", "lxml", "trafilatura", "numpy", "pydantic"):
        assert f"'{heavy}'" not in loaded


def test_a_page_text_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    """Escape sequences in a page do not reach the terminal."""
    page = tmp_path / "a.txt"
    page.write_text(
        "Mara Venn met \x1b[31mIlan Orsolo\x1b[0m on Monday, officials said in the evening to the press. [bold]x[/bold]"
    )
    done = run("read", str(page))
    assert b"\x1b" not in done.stdout


def test_the_output_that_the_readme_shows_is_the_one_that_comes(tmp_path: Path) -> None:
    """Line for line, up to the dots."""
    own = {"ONRECORD_LEDGER": str(tmp_path / "a.db"), "ONRECORD_ACTORS": "examples/actors.tsv", "COLUMNS": "120"}
    run("add", "examples/pages", **own)
    run("add", "examples/spun.txt", "--published", "2031-05-18", **own)
    shown = re.search(r"\$ (onrecord contact \d+)\n(.*?)\n…\n", (ROOT / "README.md").read_text(), re.S)
    assert shown
    lines = run(*shown[1].split()[1:], **own).stdout.decode().split("\n")
    assert shown[2].split("\n") == [line.rstrip() for line in lines][: shown[2].count("\n") + 1]


@pytest.mark.parametrize("words", [("contacts", "--status", "wrong"), ("contacts", "--kind", "calls"), ("contact", "9" * 30),
                                   ("said", "--limit", "9" * 30), ("add", "x.html", "--published", "20310518")])  # fmt: skip
def test_a_value_that_no_option_knows_is_a_usage_error(ledger: str, words: tuple[str, ...]) -> None:
    """Exit code 2 and a line that says what there is, never an empty answer."""
    done = run(*words, ONRECORD_LEDGER=ledger)
    assert done.returncode == 2 and done.stderr and b"Traceback" not in done.stderr and done.stdout == b""


def test_csv_has_one_header_whatever_comes_first(tmp_path: Path, ledger: str) -> None:
    """A page that was left out first does not decide the columns."""
    (tmp_path / "a.html").write_text("<html><body><p>x</p></body></html>")
    (tmp_path / "b.txt").write_text(
        "Mara Venn said on Monday that the talks had gone well, and that she would come again in June."
    )
    rows = list(csv.DictReader(run("read", str(tmp_path), "--format", "csv").stdout.decode().splitlines()))
    assert len(rows) == 2 and rows[0]["skipped"] and rows[1]["attributions"]
    empty = run("said", "Nobody", "--format", "csv", "--ledger", ledger).stdout.decode()
    assert empty.startswith("source,")


def test_names_are_whole_words(ledger: str) -> None:
    """`--about Ven` is not Venn."""
    assert run("said", "--about", "Ven", "--format", "jsonl", "--ledger", ledger).stdout == b""
    assert run("said", "--about", "Venn", "--format", "jsonl", "--ledger", ledger).stdout


def test_the_html_page_marks_evidence_and_escapes_the_page(tmp_path: Path) -> None:
    """Self-contained, without script; every link leads to a mark; hostile text stays text."""
    page = tmp_path / "x.txt"
    page.write_text(
        'Mara <script>alert(1)</script> Venn\n\nMara Venn said the corridor "was <b>closed</b>" on Monday & would stay so.'
    )
    text = run("read", str(page), "--format", "html").stdout.decode()
    assert "<script" not in text and "&lt;script&gt;" in text and "default-src 'none'" in text
    targets, ids = set(re.findall(r'href="#([^"]+)"', text)), set(re.findall(r' id="([^"]+)"', text))
    assert targets and targets <= ids and "http" not in text.replace("http-equiv", "")
    assert '<mark class="said"' in text
