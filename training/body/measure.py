"""Measures the readers of layout by cross-validation: each development page is restored, by the whole of `restore`, with the
weights of the fold that saw no page of its host. Writes the figures into the manifest.

    python -m training.body.measure --shared ../shared --work DIR --model src/onrecord/models/layout
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import torch

from onrecord.errors import SkipPage
from onrecord.ingest.kinds import Given, page_of
from onrecord.records import Page
from onrecord.restore import body, restore, unflatten
from onrecord.restore.language import language

from .network import Layout
from .train_flat import flat_network
from .train_html import fold_of, new_network


def reader(network: Layout) -> Callable[..., Any]:
    """What `layout.chances` does, by a network that is not shipped."""

    def chances(_: str, numbers: Any, ids: Any) -> Any:
        if not len(numbers):
            return numbers[:, 0]
        with torch.no_grad():
            scores = network(torch.from_numpy(numbers)[None], torch.from_numpy(ids)[None], torch.ones(1, len(numbers)))
        return torch.sigmoid(scores)[0].numpy()

    return chances


def loaded(path: Path, network: Layout) -> Layout:
    """A network with the weights of a fold."""
    network.load_state_dict(torch.load(path))
    return network.eval()


def restored(page: Page) -> str:
    """The article's text, "" where there is none."""
    try:
        return restore(page).text
    except SkipPage:
        return ""


def scored(score: Path, work: Path, truth: dict[str, Any], predicted: Path) -> dict[str, float]:
    """The scorer's figures: all pages, and the bodies of those that are not in English."""
    foreign = {key: row for key, row in truth.items() if language(row["articleBody"]) not in (None, "en")}
    out: dict[str, float] = {}
    for name, part in (("", truth), ("other languages ", foreign)):
        (work / "part.json").write_text(json.dumps(part), encoding="utf-8")
        command = [sys.executable, str(score / "score_restore.py"), str(work / "part.json"), str(predicted), "--json"]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        kept = ("body_f1", "exact", "quote_p", "quote_r", "mark_f1") if not name else ("body_f1",)
        out |= {name + key: round(found[key], 3) for key in kept}
    return out | {"other languages pages": len(foreign)}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("shared", "work", "model"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder for what was restored")
    args = parser.parse_args()
    pages, score = args.shared / "data" / "pages", args.shared / "score"
    truth = json.loads((pages / "truth.json").read_text(encoding="utf-8"))
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        work = args.keep or Path(folder)
        subprocess.run([sys.executable, str(score / "damage.py"), "flatten", str(pages / "html"), str(work)], check=True)
        inputs = {"html": {key: gzip.decompress((pages / "html" / f"{key}.html.gz").read_bytes()) for key in truth}}
        for kind in ("lines", "content", "oneline"):
            rows = map(json.loads, (work / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines())
            inputs[kind] = {row["id"]: row["text"].encode("utf-8", "surrogatepass") for row in rows}
        html = [reader(loaded(args.work / f"html-{k}.pt", new_network())) for k in range(args.folds)]
        flat = [reader(loaded(args.work / f"flat-{k}.pt", flat_network())) for k in range(args.folds)]
        for kind, texts in inputs.items():
            predicted = work / f"{kind}.restored.jsonl"
            with predicted.open("w", encoding="utf-8") as out:
                for key, content in texts.items():
                    fold = fold_of(urlparse(truth[key]["url"]).netloc, args.folds)
                    body.chances, unflatten.chances = html[fold], flat[fold]  # type: ignore[assignment]
                    page = page_of(content, Given(), kind="text/html" if kind == "html" else "text/plain")
                    out.write(json.dumps({"id": key, "text": restored(page)}, ensure_ascii=False) + "\n")
            figures[kind] = scored(score, work, truth, predicted)
            print(kind, figures[kind], flush=True)
    manifest = json.loads((args.model / "manifest.json").read_text(encoding="utf-8"))
    manifest["figures"] = {"cross-validated by host, development pages": figures}
    (args.model / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
