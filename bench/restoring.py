"""Restoring: bodies from HTML and from flattened text, marks after damage, boundaries, speed, hostile and mutated pages.

The shipped readers of layout were trained on the development pages, so what they reach there flatters; the figures that count
here are the cross-validated ones, which training/body/measure.py writes into the model's manifest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import SkipPage
from onrecord.ingest.kinds import Given, page_of
from onrecord.restore import restore
from onrecord.restore.layout import FOLDER

from . import facts, hostile

Figures = dict[str, float]
KINDS = ("lines", "content", "oneline")
DAMAGED = 60  # Wikinews articles; the reader of marks was trained on the others


def mojibake(text: str) -> str:
    """UTF-8 read as Windows-1252."""
    return "".join(chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([b]).decode("cp1252") for b in text.encode())


def twice(text: str, _: random.Random) -> str:
    """The same, done twice."""
    return mojibake(mojibake(text))


def escaped(text: str, _: random.Random) -> str:
    """Entities whose ampersand is escaped."""
    names = {"“": "&amp;ldquo;", "”": "&amp;rdquo;", "’": "&amp;#8217;", "—": "&amp;mdash;"}
    return "".join(names.get(c, c) for c in text)


def article(content: bytes | str, kind: str) -> str:
    """The restored text, "" where there is no article."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    try:
        return restore(page_of(raw, Given(), kind=kind)).text
    except SkipPage:
        return ""


def timed(texts: dict[str, Any], kind: str) -> tuple[dict[str, str], float]:
    """Everything restored, and how many pages a second that is on one core, the model's loading left out."""
    article(next(iter(texts.values())), kind)
    started = time.process_time()
    out = {key: article(content, kind) for key, content in texts.items()}
    return out, len(texts) / (time.process_time() - started)


def scored(shared: Path, work: Path, truth: dict[str, Any], predicted: dict[str, str]) -> dict[str, float]:
    """The scorer's figures."""
    a, b = work / "truth.json", work / "predicted.jsonl"
    a.write_text(json.dumps(truth), encoding="utf-8")
    b.write_text("".join(json.dumps({"id": k, "text": v}) + "\n" for k, v in predicted.items()), encoding="utf-8")
    command = [sys.executable, str(shared / "score" / "score_restore.py"), str(a), str(b), "--json"]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))


def pages(shared: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The development pages: what is marked, and the HTML."""
    folder = shared / "data" / "pages"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return truth, {key: gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()) for key in truth}


def crossed() -> dict[str, dict[str, float]]:
    """The cross-validated figures of the shipped model."""
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return dict(manifest["figures"]["cross-validated by host, development pages"])


def html(shared: Path, work: Path) -> Figures:
    """Bodies of hand-marked HTML pages: cross-validated by host, then by the shipped model, which was trained on them."""
    truth, raw = pages(shared)
    predicted, speed = timed(raw, "text/html")
    found = scored(shared, work, truth, predicted)
    names = ("body_f1", "exact", "quote_p", "quote_r", "mark_f1")
    theirs, their_speed = peer(raw)
    peers = scored(shared, work, truth, theirs)
    return {
        **{f"cross-validated {name}": crossed()["html"][name] for name in (*names, "other languages body_f1")},
        **{f"shipped {name}": round(found[name], 3) for name in names}, "pages a second of one core": round(speed),
        **{f"trafilatura {name}": round(peers[name], 3) for name in names},
        "times as fast as trafilatura": round(speed / their_speed, 1),
    }  # fmt: skip


def peer(raw: dict[str, bytes]) -> tuple[dict[str, str], float]:
    """The same by trafilatura, the best peer, in its best setting; and its speed."""
    import trafilatura

    started = time.process_time()
    best: Any = {"include_comments": False, "include_tables": False, "favor_precision": True}
    out = {key: trafilatura.extract(content.decode("utf-8", "replace"), **best) or "" for key, content in raw.items()}
    return out, len(raw) / (time.process_time() - started)


def flattened(shared: Path, work: Path) -> Figures:
    """The same pages as scrapers flatten them, in the same two ways."""
    truth, _ = pages(shared)
    damage = [sys.executable, str(shared / "score" / "damage.py"), "flatten"]
    subprocess.run([*damage, str(shared / "data" / "pages" / "html"), str(work)], check=True)
    figures: Figures = {}
    for kind in KINDS:
        rows = map(json.loads, (work / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines())
        predicted, speed = timed({row["id"]: row["text"] for row in rows}, "text/plain")
        found = scored(shared, work, truth, predicted)
        figures |= {f"{kind}: cross-validated body F1": crossed()[kind]["body_f1"],
                    f"{kind}: cross-validated body F1, other languages": crossed()[kind]["other languages body_f1"],
                    f"{kind}: shipped body F1": round(found["body_f1"], 3),
                    f"{kind}: pages a second of one core": round(speed)}  # fmt: skip
    return figures


def clean(shared: Path, most: int) -> list[str]:
    """The first Wikinews articles."""
    packed = shared / "data" / "wikinews" / "wikinews_2019_2020.jsonl.gz"
    return [json.loads(line)["text"] for line in gzip.decompress(packed.read_bytes()).decode("utf-8").splitlines()[:most]]


def damaged(shared: Path, work: Path) -> Figures:
    """Clean articles with their marks damaged in ten ways; the first 60 of Wikinews, on which nothing was trained."""
    sys.path.insert(0, str(shared / "score"))
    import damage  # type: ignore[import-not-found]

    kinds: dict[str, Callable[[str, random.Random], str]] = {k: f for k, f in damage.KINDS.items() if k != "question"}
    kinds |= {"mojibake_twice": twice, "escaped_entities": escaped}
    figures: Figures = {}
    for kind, hurt in kinds.items():
        truth, predicted = {}, {}
        for i, text in enumerate(clean(shared, DAMAGED)):
            body = damage.curl(text)
            truth[str(i)] = {"articleBody": body}
            predicted[str(i)] = article(hurt(body, random.Random(f"1/{kind}/{i}")), "text/plain")
        found = scored(shared, work, truth, predicted)
        figures |= {f"{kind}: {name}": round(found[key], 3) for name, key in
                    (("quotations P", "quote_p"), ("quotations R", "quote_r"), ("marks F1", "mark_f1"))}  # fmt: skip
        if kind in ("seed", "glued"):
            # The day with which each of these begins is no sentence of theirs, and is not restored as one.
            rows = [(DAY.sub("", truth[k]["articleBody"]), DAY.sub("", predicted[k])) for k in truth]
            figures |= {
                f"{kind}: sentence boundaries F1": boundaries(rows, SENTENCE),
                f"{kind}: paragraph boundaries F1": boundaries(rows, PARAGRAPH),
            }
    return figures | ampersands(shared, damage) | questions(shared, damage)


SENTENCE = re.compile(r"[.!?][”’\"')]*\s+|\n+")
DAY = re.compile(r"\A\w+day, \w+ \d+, \d{4}\s*")
PARAGRAPH = re.compile(r"\n+")


def boundaries(rows: Iterable[tuple[str, str]], pattern: re.Pattern[str]) -> float:
    """F1 of the places where a sentence (or paragraph) ends, each told by the words around it."""
    hit = got = gold = 0
    for want, have in rows:
        a, b = (Counter(_ends(text, pattern)) for text in (want, have))
        hit, got, gold = hit + (a & b).total(), got + b.total(), gold + a.total()
    return round(2 * hit / max(got + gold, 1), 3)


def _ends(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    for match in pattern.finditer(text.strip()):
        before = re.findall(r"\w+", text[max(0, match.start() - 60) : match.end()])[-2:]
        after = re.findall(r"\w+", text[match.end() : match.end() + 60])[:2]
        if before and after:
            yield (*before, *after)


def ampersands(shared: Path, damage: Any) -> Figures:
    """Genuine ampersands: in clean text, and in text whose marks became ampersands too, ten lines a page."""
    lines = [line for line in (shared / "data" / "ampersands.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    whole = [article("\n".join(lines[i : i + 10]), "text/plain") for i in range(0, len(lines), 10)]
    total = sum(line.count("&") for line in lines)
    kept = want = hit = got = gold = 0
    for i in range(0, len(lines), 10):
        body = "\n".join(damage.curl(line) for line in lines[i : i + 10])
        out = article(damage.ampersands(body, random.Random(i)), "text/plain")
        a, b = (_marks(text) for text in (body, out))
        kept += sum(n for mark, n in (a & b).items() if mark[1] == "&")
        want += sum(n for mark, n in a.items() if mark[1] == "&")
        hit, got, gold = hit + (a & b).total(), got + b.total(), gold + a.total()
    return {
        "genuine & kept in clean text, percent": round(100 * min(1.0, sum(t.count("&") for t in whole) / total), 1),
        "genuine & kept among damaged marks, percent": round(100 * kept / want, 1),
        "marks F1 among genuine &": round(2 * hit / (got + gold), 3),
    }  # fmt: skip


def _marks(text: str) -> Counter[tuple[str, str, str]]:
    import score_restore  # type: ignore[import-not-found]

    return Counter(score_restore.marks(text))


def questions(shared: Path, damage: Any) -> Figures:
    """Marks that became "?": flagged as they are, never guessed."""
    flagged = pages_hurt = invented = 0
    for i, text in enumerate(clean(shared, DAMAGED)):
        body = damage.curl(text)
        hurt = damage.KINDS["question"](body, random.Random(i))
        if len(re.findall("[“”‘’]", body)) < 6:
            continue
        pages_hurt += 1
        made = restore(page_of(hurt.encode("utf-8"), Given(), kind="text/plain"))
        flagged += any(r.kind == "doubtful_mark" for r in made.repairs)
        invented += len(re.findall("[“”‘’]", made.text))
    return {
        "marks lost to ?: pages flagged, percent": round(100 * flagged / max(pages_hurt, 1), 1),
        "marks lost to ?: marks invented": invented,
    }


def bounds(shared: Path, _: Path) -> Figures:
    """Hostile input: each page ends in an article or a reason; the longest of them, and the memory at the end."""
    longest = 0.0
    for content, kind in hostile.pages():
        started = time.process_time()
        article(content, kind)
        longest = max(longest, time.process_time() - started)
    figures = {"hostile pages": len(list(hostile.names())), "longest of them, seconds": round(longest, 1)}
    originals = list(pages(shared)[1].values())
    rng = random.Random(5)
    count, started = 0, time.process_time()
    for count, content in enumerate(hostile.mutated(originals, 10_000, rng), 1):  # noqa: B007
        article(content, "text/html")
    return figures | {"mutated pages without a crash": count,
                      "mutated pages a second": round(count / (time.process_time() - started)),
                      "peak memory, MiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}  # fmt: skip


def facts_of(shared: Path, _: Path) -> Figures:
    """What pages say of themselves, against facts marked by eye (bench/facts.jsonl), and against JSON-LD that is hidden."""
    return facts.figures(shared)


BENCHES: dict[str, Callable[[Path, Path], Figures]] = {
    "html": html, "flattened": flattened, "damaged": damaged, "facts": facts_of, "bounds": bounds,
}  # fmt: skip


def main() -> None:
    """The command: python -m bench.restoring html --shared ../shared"""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=list(BENCHES))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        print(json.dumps(BENCHES[args.name](args.shared.resolve(), Path(work))))


if __name__ == "__main__":
    main()
