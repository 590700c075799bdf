"""Contacts, stories and origins on pages written for the purpose (bench/stories/README.md says what they are).

python -m bench.stories --shared ../shared [--set dev|held]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "stories"
SETS = ("dev", "held")


def gold(shared: Path, name: str) -> tuple[Path, Path]:
    """The gold contacts and stories of a set."""
    if name == "dev":
        return shared / "data" / "contacts" / "pages.jsonl", shared / "data" / "contacts" / "stories.jsonl"
    return HERE / "held.gold.jsonl", HERE / "held.stories.jsonl"


def program(*words: str | Path) -> str:
    """What the program prints."""
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def scored(shared: Path, scorer: str, *words: str | Path) -> dict[str, Any]:
    """What a scorer says."""
    command = [sys.executable, str(shared / "score" / scorer), *map(str, words), "--json"]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))


def contacts(shared: Path, name: str, work: Path) -> dict[str, float]:
    """Contacts page by page."""
    readings = work / f"{name}.jsonl"
    readings.write_text(program("read", "--format", "jsonl", "--from", "jsonl", HERE / f"{name}.pages.jsonl"))
    adapter = [sys.executable, str(shared / "score" / "readings.py"), "contacts", str(readings)]
    predicted = work / f"{name}.contacts.jsonl"
    predicted.write_text(subprocess.run(adapter, capture_output=True, check=True, text=True).stdout)
    found = scored(shared, "score_contacts.py", "--strict-time", gold(shared, name)[0], predicted)
    return {
        "ledger F1": found["ledger"]["F1"], "contacts F1": found["contacts"]["F1"], "contacts P": found["contacts"]["P"],
        "positions F1, lenient": found["positions_all_lenient"]["F1"], "denials P": found["denials"]["P"],
        "denials R": found["denials"]["R"], "of those matched, date right": found["date_exact"],
        "of those matched, status right": found["status"],
    }  # fmt: skip


def origins(shared: Path, name: str, work: Path) -> dict[str, float]:
    """Stories and their origins, over all pages together."""
    book = work / f"{name}.db"
    program("add", "--from", "jsonl", HERE / f"{name}.pages.jsonl", "--ledger", book)
    rows = [json.loads(line) for line in program("stories", "--format", "jsonl", "--ledger", book).splitlines()]
    predicted = work / f"{name}.origins.jsonl"
    lines = ({"page_id": p["id"], "story": v["story"], "origins": p["origins"]} for v in rows for p in v["pages"])
    predicted.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = scored(shared, "score_origins.py", gold(shared, name)[1], predicted)
    return {
        "stories B-cubed F1": found["story_b3_f1"], "pairs of pages with one origin F1": found["pair_f1"],
        "number of origins exact": found["number_exact"], "number within one": found["number_within_one"],
    }  # fmt: skip


def measure(shared: Path, name: str) -> dict[str, float]:
    """All figures of a set."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        found = contacts(shared, name, work) | origins(shared, name, work)
    return {key: round(float(value), 3) for key, value in found.items()}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--set", choices=SETS, action="append")
    args = parser.parse_args()
    for name in args.set or SETS:
        print(json.dumps({name: measure(args.shared.resolve(), name)}, indent=1))


if __name__ == "__main__":
    main()
