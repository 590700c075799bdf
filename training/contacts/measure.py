"""How well the whole reading does on the training pages that were left out of training; the figures go into the manifest.

python -m training.contacts.measure training/contacts/pages/*.txt --shared ../shared --model src/onrecord/models/contacts
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

from .pages import Page, pages

FOLD, FOLDS = 0, 12  # as in training: pages whose digest leaves this remainder


def left_out(page_id: str, fold: int = FOLD, folds: int = FOLDS) -> bool:
    """Is a page one of those that training does not see?"""
    return zlib.crc32(page_id.encode()) % folds == fold


def gold(page: Page) -> dict[str, Any]:
    """A page's contacts in the scorer's form."""
    return {"page_id": page.id, "published": str(page.published), "contacts": [
        {"parties": c.parties, "kind": c.kind, "status": c.status, "negated_or_future": "past" if c.past else "future",
         "when": {"start": str(c.start) if c.start else None, "end": str(c.end) if c.end else None},
         "positions": [{"who": who, "stance": stance} for who, stance in c.positions]} for c in page.contacts]}  # fmt: skip


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    kept = [page for path in args.files for page in pages(path) if left_out(page.id)]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        given = ({"id": p.id, "text": f"{p.title}\n\n{p.text}", "published": str(p.published), "outlet": p.outlet} for p in kept)
        (work / "pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in given))
        (work / "gold.jsonl").write_text("".join(json.dumps(gold(p)) + "\n" for p in kept))
        read = [sys.executable, "-c", "from onrecord.cli import main; main()", "read", "--format", "jsonl", "--from", "jsonl"]
        (work / "read.jsonl").write_bytes(subprocess.run([*read, work / "pages.jsonl"], capture_output=True, check=True).stdout)
        adapter = [sys.executable, args.shared / "score" / "readings.py", "contacts", work / "read.jsonl"]
        (work / "found.jsonl").write_bytes(subprocess.run(adapter, capture_output=True, check=True).stdout)
        scorer = [sys.executable, args.shared / "score" / "score_contacts.py", "--strict-time", "--json"]
        found = json.loads(
            subprocess.run([*scorer, work / "gold.jsonl", work / "found.jsonl"], capture_output=True, check=True).stdout
        )
    figures = {"pages": len(kept), "ledger F1": found["ledger"]["F1"], "contacts F1": found["contacts"]["F1"],
               "positions F1, lenient": found["positions_all_lenient"]["F1"], "denials P": found["denials"]["P"],
               "denials R": found["denials"]["R"]}  # fmt: skip
    print(json.dumps(figures))
    manifest = json.loads((args.model / "manifest.json").read_text(encoding="utf-8"))
    manifest["left_out"] = figures
    (args.model / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
