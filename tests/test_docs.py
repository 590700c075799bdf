"""Everything that a person can use is documented, or the failing test says what is not."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import status
from onrecord.cli import COMMANDS
from onrecord.desk import api
from onrecord.desk.pages import SCREENS
from onrecord.export import EXPORTS
from onrecord.ingest import SOURCES
from onrecord.ledger import decisions, store
from onrecord.read import document
from onrecord.tables import SETTING

ROOT = Path(__file__).parent.parent
DOCS = "\n".join(p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])


SCREEN_NAMES = ("contacts", "stories", "timeline", "matrix", "search", "review", "sources", "dossier", "kept")


def things() -> Iterator[tuple[str, str]]:
    """(kind, name) of everything that needs a word in the docs."""
    for module in COMMANDS:
        command = module.__name__.rsplit(".", 1)[-1]
        yield "command", f"onrecord {command}"
        for parameter in inspect.signature(module.run).parameters.values():
            for flag in getattr(parameter.default, "param_decls", None) or ():
                if flag.startswith("--"):
                    yield f"option of {command}", flag
    yield from (("source", name) for name in SOURCES)
    yield from (("export", name) for name in EXPORTS)
    yield from (("API route", route.path) for route in api.router.routes)
    yield from (("screen", f"/{name}") for name in SCREEN_NAMES)
    yield from (("decision", name) for name in decisions.KINDS)
    yield from (("setting", name) for name in (SETTING, store.SETTING, document.SETTING, "ONRECORD_DEBUG", "NO_COLOR"))
    yield from (("status", row[0]) for row in status.TABLE)
    yield from (("stance", name) for name in status.SAYS)
    yield from (("exit code", code) for code in ("0", "1", "2", "3", "130"))


@pytest.mark.parametrize(("kind", "name"), sorted(set(things())))
def test_it_is_documented(kind: str, name: str) -> None:
    """Named in README or docs, in code marks."""
    marked = rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])[^`\n]*`"
    in_block = rf"^(?:    |\$ |\.venv/bin/)?(?:onrecord|make)\b[^\n]*(?<![\w-]){re.escape(name)}(?![\w-])"
    row = rf"^\|\s*{re.escape(name)}\s*\|"
    assert re.search(f"{marked}|{in_block}|{row}", DOCS, re.M), f"{kind} {name} is not documented"


def test_each_screen_says_what_its_template_gets() -> None:
    """A documented dataclass for each, with a word on every field that does not say itself."""
    bare = {"dossier", "kept"}  # no template of their own, or one that gets nothing
    for screen in SCREENS:
        name = screen.__name__.rsplit(".", 1)[-1]
        contexts = [c for _, c in inspect.getmembers(screen, dataclasses.is_dataclass) if c.__module__ == screen.__name__]
        assert contexts or name in bare, f"{name} has no context"
        assert all(c.__doc__ and not c.__doc__.startswith(f"{c.__name__}(") for c in contexts), name


def test_links_between_documents_lead_somewhere() -> None:
    """No dead link to a file of ours."""
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_file_says_in_its_first_line_what_it_is_for() -> None:
    """Sources, tests and benchmarks alike."""
    for folder in ("src", "tests", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            assert path.read_text(encoding="utf-8").startswith('"""'), f"{path.relative_to(ROOT)} begins without a docstring"


def test_files_and_functions_stay_short() -> None:
    """Files aim at 300 lines."""
    for path in (ROOT / "src").rglob("*.py"):
        name = str(path.relative_to(ROOT))
        lines = path.read_text(encoding="utf-8").count(os.linesep)
        assert lines <= 320, f"{name} has {lines} lines"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= 62, f"{name}: {node.name} has {length} lines"


WORDS = ("page", "article", "repair", "attribution", "actor", "contact", "position", "status", "commitment", "accusation", "copy",
         "story", "origin", "ledger")  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_each_of_our_words_is_explained(word: str) -> None:
    """One meaning each, in docs/words.md."""
    text = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| \*?\*?{word}\*?\*? \||\*\*{word}\*\*", text, re.M), f"{word} is not explained in docs/words.md"
