"""Runs every scorer that applies to what is built, and writes the figures or holds them against the floors.

    python -m bench.run --shared ../shared [--write docs/benchmarks.md] [--floors bench/floors.json]

The scorers and gold sets are not part of this project; without them this says so and ends with 1.
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
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from . import asserted, restoring, saying, speakers, stories, topics

Figures = dict[str, float]


class Bench:
    """The gold sets, a folder for what is made, and the program."""

    def __init__(self, shared: Path, work: Path) -> None:
        self.shared, self.work = shared, work

    def read(self, source: Path, name: str, *options: str) -> Path:
        """The readings of a source, by the command that users run. Exit code 3 (some pages left out) is no failure."""
        target = self.work / f"{name}.readings.jsonl"
        program = [sys.executable, "-c", "from onrecord.cli import main; main()"]
        command = [*program, "read", str(source), "--format", "jsonl", *options]
        with target.open("wb") as out, (self.work / f"{name}.log").open("wb") as log:
            code = subprocess.run(command, stdout=out, stderr=log, check=False).returncode
        if code not in (0, 3):
            raise SystemExit(f"reading {source} ended with {code}: {(self.work / f'{name}.log').read_text()[-500:]}")
        return target

    def adapted(self, readings: Path, kind: str) -> Path:
        """Readings as the input of a scorer."""
        target = readings.with_suffix(f".{kind}.jsonl")
        with target.open("wb") as out:
            adapter = str(self.shared / "score" / "readings.py")
            subprocess.run([sys.executable, adapter, kind, str(readings)], stdout=out, check=True)
        return target

    def score(self, scorer: str, *words: str | Path) -> dict[str, Any]:
        """A scorer's figures."""
        command = [sys.executable, str(self.shared / "score" / f"score_{scorer}.py"), *map(str, words), "--json"]
        return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))

    def jsonl(self, name: str, rows: Iterable[dict[str, Any]]) -> Path:
        """A JSONL file of rows."""
        target = self.work / f"{name}.jsonl"
        target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return target


def lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file, packed or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode("utf-8").splitlines() if line.strip()]


def seed(b: Bench) -> Figures:
    """The founding page: contacts and attributions against its gold; slices checked one by one."""
    text = next((b.shared / "seed").glob("000_*.txt")).read_text(encoding="utf-8")
    readings = b.read(b.jsonl("seed", [{"id": "seed", "text": text, "published": "2025-03-23"}]), "seed", "--from", "jsonl")
    contacts = b.score("contacts", b.shared / "seed" / "contacts.jsonl", b.adapted(readings, "contacts"), "--strict-time")
    said = b.score("attribution", b.shared / "seed" / "attributions.jsonl", b.adapted(readings, "attribution"))
    row = lines(readings)[0]
    return {
        "contacts matched, of 12": contacts["matched"], "contacts precision": contacts["contacts"]["P"],
        "ledger F1": contacts["ledger"]["F1"], "denials precision": contacts["denials"]["P"],
        "positions F1": contacts["positions_all"]["F1"], "attributed recall": said["all"]["attributed"]["r"],
        "attributed precision": said["all"]["attributed"]["p"], "slices that differ": float(differing(row)),
    }  # fmt: skip


def differing(row: dict[str, Any]) -> int:
    """How many texts of a reading are not their slice."""
    texts = {"body": row["article"]["text"], "title": row["article"]["title"] or ""}
    wrong = 0
    stack: list[Any] = [row]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if node.get("span"):
                wrong += "".join(texts[node["in"]][a:b] for a, b in node["span"]) != node["text"]
            stack += node.values()
        elif isinstance(node, list):
            stack += node
    return wrong


def attribution(b: Bench) -> Figures:
    """PolNeAR's dev part by the whole reading, its speed, and whom its sources mean (bench/speakers.py)."""
    gold = b.shared / "data" / "attribution" / "polnear.dev.jsonl"
    source = b.jsonl("polnear", ({"id": d["id"], "text": d["text"], "published": d["date"]} for d in lines(gold)))
    started = time.perf_counter()
    readings = b.read(source, "polnear", "--from", "jsonl", "--jobs", "1")
    seconds = time.perf_counter() - started
    rows = lines(readings)
    words = sum(len(row["article"]["text"].split()) for row in rows if "article" in row)
    adapted = b.adapted(readings, "attribution")
    found = b.score("attribution", gold, adapted)
    return {
        "strict F1": found["all"]["strict"]["f1"], "relaxed F1": found["all"]["relaxed"]["f1"],
        "attributed F1": found["all"]["attributed"]["f1"], "attributed F1 on quotations": found["quoted"]["attributed"]["f1"],
        **saying.recall(b.shared, gold, adapted),
        "words a second, one process, start-up included": round(words / seconds),
        **{f"speakers: {name}": value for name, value in speakers.figures(rows).items()},
        **{f"contacts asserted: {name}": value for name, value in asserted.figures(rows).items()},
    }  # fmt: skip


def reader(b: Bench) -> Figures:
    """The trained reader by itself, without parse, actors or restoring: PolNeAR's dev part."""
    command = [sys.executable, "-m", "bench.attribution_model", "--shared", str(b.shared)]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))


def times(b: Bench) -> Figures:
    """MEANTIME's time expressions."""
    gold = b.shared / "data" / "time" / "meantime_time.jsonl"
    rows = []
    for d in lines(gold):
        day = d["dct"][:10]
        iso = day if day[4] == "-" else f"{day[6:]}-{day[3:5]}-{day[:2]}"  # two documents are dated day first
        rows.append({"id": d["id"], "text": d["text"], "published": iso})
    readings = b.read(b.jsonl("times", rows), "times", "--from", "jsonl")
    found = b.score("time", gold, b.adapted(readings, "time"), "--cut")
    return {name: round(found[name], 1) for name in ("strict_f1", "relaxed_f1", "value_accuracy", "value_f1")}


def alone(name: str) -> Callable[[Bench], Figures]:
    """A benchmark of `restoring` or `facts`, in a process of its own, so that its speed and memory are its own."""

    def run(b: Bench) -> Figures:
        command = [sys.executable, "-m", "bench.restoring", name, "--shared", str(b.shared)]
        return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))

    run.__doc__ = restoring.BENCHES[name].__doc__
    return run


def written_pages(name: str) -> Callable[[Bench], Figures]:
    """Contacts, stories and origins on the pages of bench/stories."""

    def run(b: Bench) -> Figures:
        return dict(stories.measure(b.shared, name))

    return run


def topics_of(b: Bench) -> Figures:
    """Topics of 223 Wikinews articles, hand-marked, that the reader was not built on; macro over topics met at least 5 times."""
    return dict(topics.measure(b.shared))


def rewordings(b: Bench) -> Figures:
    """Copies by script among 10,000 articles; needs WordNet's files."""
    folder = next((f for f in WORDNETS if (f / "data.noun").exists()), None)
    if folder is None:
        print(
            "copies: left out, since there is no WordNet; run `make wordnet`, or install Debian's wordnet-base", file=sys.stderr
        )
        return {}
    command = [sys.executable, "-m", "bench.copies", "--shared", str(b.shared), "--wordnet", str(folder)]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))


def screens(b: Bench) -> Figures:
    """The desk's screens over a made-up ledger of 100,000 articles, and a hundred searches in it."""
    del b
    command = [sys.executable, "-W", "ignore", "-m", "bench.desk"]
    lines_ = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    return dict(json.loads(lines_[-1]))


def searches(b: Bench) -> Figures:
    """A hundred searches in a made-up ledger of a million articles, common and rare words, with and without facets."""
    del b
    command = [sys.executable, "-W", "ignore", "-m", "bench.desk", "--articles", "1000000", "--searches"]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))


def growing(b: Bench) -> Figures:
    """What one more page costs a ledger of 100,000 articles: entering it and settling what it touches."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.growing", "--shared", str(b.shared)]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))


def million(b: Bench) -> Figures:
    """Candidates among a million sketches."""
    del b
    command = [sys.executable, "-m", "bench.copies", "--million"]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))


WORDNETS = (Path("build/wordnet/usr/share/wordnet"), Path("/usr/share/wordnet"))
BENCHES: dict[str, tuple[Callable[[Bench], Figures], str]] = {
    "seed": (seed, "The founding page"),
    "attribution": (attribution, "Who said what: PolNeAR dev (84 articles)"),
    "reader": (reader, "The attribution model alone: PolNeAR dev"),
    "times": (times, "Times: MEANTIME, TIMEX3"),
    "html": (alone("html"), "Bodies from HTML: 85 hand-marked pages"),
    "flattened": (alone("flattened"), "Bodies from flattened text, the same pages"),
    "damaged": (alone("damaged"), "Marks after damage: 60 Wikinews articles"),
    "facts": (alone("facts"), "Titles, days, bylines, outlets: the same pages"),
    "stories": (written_pages("dev"), "Contacts, stories, origins: 55 pages written for measuring, development"),
    "stories_held": (written_pages("held"), "The same: 24 pages on 14 other stories, by another writer"),
    "topics": (topics_of, "Topics: 223 Wikinews articles (IPTC Media Topics, top level)"),
    "copies": (rewordings, "Copies: 600 articles reworded in seven ways, among 10,000 others"),
    "million": (million, "Candidates for copies among a million sketches"),
    "growing": (growing, "One more page, at 100,000 articles"),
    "desk": (screens, "The desk at 100,000 articles"),
    "searches": (searches, "Searches at a million articles"),
    "bounds": (alone("bounds"), "Hostile and mutated pages"),
}  # fmt: skip


HEADER = """# Benchmarks

Made by `make bench`; no figure here is typed in by hand. `make floors` fails where one sinks below `bench/floors.json`.

The sets are development sets: the readers were developed with them in sight, the founding page above all. Figures on unseen
pages will be lower. "Cross-validated" figures are of weights that saw no page of the same host; "shipped" ones flatter, since
the shipped weights were trained on these very pages.
"""


def written(figures: dict[str, Figures], before: str = "") -> str:
    """The figures as a document; a benchmark that was not run keeps its part of the document as it was before."""
    out = [HEADER]
    parts = {part.split("\n", 1)[0]: part for part in before.split("\n## ")[1:]}
    for name, (run, title) in BENCHES.items():
        if name not in figures:
            out += [f"## {parts[title]}".rstrip("\n"), ""] if title in parts else []
            continue
        rows = figures[name]
        out += [f"## {title}", "", (run.__doc__ or "").strip().split("\n")[0], "", "| measure | figure |", "|---|---|"]
        out += [f"| {measure} | {value:g} |" for measure, value in rows.items()] + [""]
    return "\n".join(out)


def sunk(figures: dict[str, Figures], floors: dict[str, dict[str, list[Any]]]) -> list[str]:
    """What lies below its floor, or above its ceiling."""
    out = []
    for name, rows in floors.items():
        for measure, (sign, bound) in rows.items() if figures[name] else ():
            value = figures[name][measure]
            if not (value >= bound if sign == ">=" else value <= bound):
                out.append(f"{name}: {measure} is {value:g}, must be {sign} {bound:g}")
    return out


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", type=Path)
    parser.add_argument("--floors", type=Path)
    parser.add_argument("--only", nargs="*", choices=list(BENCHES))
    args = parser.parse_args()
    if not (args.shared / "score").is_dir():
        sys.exit(f"no gold sets at {args.shared}; name their folder with --shared")
    floors = json.loads(args.floors.read_text()) if args.floors else {}
    wanted = args.only or (list(floors) if floors else list(BENCHES))
    figures: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as work:
        for name in wanted:
            figures[name] = BENCHES[name][0](Bench(args.shared.resolve(), Path(work)))
            print(f"{name}: " + ", ".join(f"{k} {v:g}" for k, v in figures[name].items()), flush=True)
    print(f"peak memory of a reading process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
    if args.write:
        before = args.write.read_text(encoding="utf-8") if args.write.exists() else ""
        args.write.write_text(written(figures, before), encoding="utf-8")
    below = sunk(figures, {k: v for k, v in floors.items() if k in figures})
    if below:
        sys.exit("below the floor:\n" + "\n".join(below))


if __name__ == "__main__":
    main()
