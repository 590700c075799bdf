"""The trained attribution reader by itself: its figures, its speed with tokenisation, its memory; and what other settings give.

    python -m bench.attribution_model --shared ../shared --part dev
    python -m bench.attribution_model --shared ../shared --part left-out --set CUE_AT=0.35 --set SWITCH_CONTENT=2

`left-out` is the last tenth of the training part, on which the settings were chosen; `dev` is PolNeAR's own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from onrecord.read import pieces, tagger


def documents(shared: Path, part: str) -> list[dict[str, Any]]:
    """The documents of a part."""
    data = shared / "data" / "attribution"
    if part == "dev":
        return [json.loads(line) for line in (data / "polnear.dev.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in gzip.decompress((data / "polnear.train.jsonl.gz").read_bytes()).decode().splitlines()]
    return rows[len(rows) * 9 // 10 :]


def run(shared: Path, part: str) -> dict[str, float]:
    """Reads a part in this process and scores it."""
    rows = documents(shared, part)
    started = time.perf_counter()
    model = tagger.Tagger()
    loading = time.perf_counter() - started
    found: list[list[tagger.Tagged]] = []
    started = time.process_time()
    for row in rows:
        found.append(model.tag(pieces.paragraphs_of(row["text"]), tagger.CUE_AT))
    seconds = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for row, tags in zip(rows, found, strict=True):
            row["found"] = [{"source": f.source, "cue": f.cue, "content": f.content} for f in tags]
        lines = ({"id": row["id"], "attributions": row["found"]} for row in rows)
        predicted.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        scorer = [sys.executable, str(shared / "score" / "score_attribution.py"), str(gold), str(predicted), "--json"]
        scored = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)
    words = sum(len(row["text"].split()) for row in rows)
    return {
        **{f"{name} F1": round(scored["all"][name]["f1"], 1) for name in ("strict", "relaxed", "attributed")},
        "attributed F1 on quotations": round(scored["quoted"]["attributed"]["f1"], 1),
        "words a second of one core, tokenisation included": round(words / seconds), "seconds to load": round(loading, 2),
        "peak memory, MiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--part", choices=("dev", "left-out"), default="dev")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the reader, such as CUE_AT=0.35"
    )
    args = parser.parse_args()
    for setting in args.set:
        name, _, value = setting.partition("=")
        if name == "PIECES":
            pieces.windows.__defaults__ = (int(value),)
        else:
            setattr(tagger, name, float(value))
    print(json.dumps(run(args.shared.resolve(), args.part)))


if __name__ == "__main__":
    main()
