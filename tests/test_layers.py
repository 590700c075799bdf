"""The one direction of data: which part may import which."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "onrecord"
LEAVES = {"records", "errors", "text", "status", "dates", "tables", "models"}
MAY = {
    "records": set(), "errors": set(), "text": {"records"}, "status": {"records"}, "dates": {"records"},
    "tables": {"records", "errors"}, "models": {"errors"},
    "contract": {"records"}, "readings": LEAVES | {"contract"},
    "ingest": LEAVES, "restore": LEAVES, "read": LEAVES,
    "pipeline": LEAVES | {"restore", "read"}, "scale": LEAVES | {"pipeline"},
    "ledger": LEAVES | {"readings", "contract"}, "settle": LEAVES | {"ledger"},
    "export": LEAVES | {"contract"},
    "desk": LEAVES | {"ledger", "settle", "export", "restore", "contract", ""},
    "cli": LEAVES | {"desk", "ingest", "pipeline", "scale", "ledger", "settle", "export", "readings", "contract", "read", ""},
    "__init__": set(),
}  # fmt: skip


def imports(path: Path) -> set[str]:
    """The parts of ours that a file imports."""
    part = path.relative_to(SOURCE).parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = list(part[: len(part) - node.level])
            names = [*base, *(node.module or "").split(".")] if node.module else base
            names = [n for n in names if n]
            found |= (
                {names[0]}
                if names
                else {a.name for a in node.names if (SOURCE / a.name).exists() or (SOURCE / f"{a.name}.py").exists()}
            )
            if not names and any(a.name.startswith("__") for a in node.names):
                found.add("")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "onrecord":
            found |= {(node.module or "").split(".")[1]} if "." in (node.module or "") else {a.name for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {[*a.name.split("."), ""][1] for a in node.names if a.name.split(".")[0] == "onrecord"}
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_file_imports_a_part_that_comes_after_it(path: Path) -> None:
    """A file imports its own part and those that MAY names; the failing import is named."""
    relative = path.relative_to(SOURCE)
    own = relative.parts[0].removesuffix(".py")
    assert own in MAY, f"{own} has no row in MAY: say what it may import"
    guilty = imports(path) - MAY[own] - {own}
    assert not guilty, (
        f"{relative} imports {', '.join(sorted(guilty))}; {own} may import {', '.join(sorted(MAY[own])) or 'nothing of ours'}"
    )
