"""Turns folders of HTML pages into one corpus: {"id", "host", "html", "body"?, "unsure"?, "with"?, "without"?} a line, packed.

    python -m training.body.collect --pages ../shared/data/pages --fundus DIR --crawler DIR --trafilatura DIR --html DIR …
        --out corpus.jsonl.gz

`body` is a marked body; `unsure` what may or may not belong to it; `with` and `without` are strings that must, or must not, be
in it. The folders are checkouts of public projects with test pages (flairNLP/fundus, also as it was earlier;
alan-turing-institute/misinformation-crawler; adbar/trafilatura) and any folder of pages (--html), of which no body is known. A
page that several of them keep is taken once. The pages belong to their publishers: the corpus is for training only,
and goes into no commit.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import lxml.html

LARGEST = 3_000_000  # bytes; a page larger than that teaches nothing


def text_of(raw: bytes) -> str:
    """A page's text; every corpus here is UTF-8, save for a few broken bytes."""
    return raw.decode("utf-8", "replace")


def from_pages(folder: Path) -> Iterator[dict[str, Any]]:
    """The hand-marked development pages."""
    for key, row in json.loads((folder / "truth.json").read_text(encoding="utf-8")).items():
        raw = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        yield {"id": key, "host": urlparse(row["url"]).netloc, "html": text_of(raw), "body": row["articleBody"], "set": "pages"}


def from_fundus(folder: Path) -> Iterator[dict[str, Any]]:
    """Fundus' test pages, today's and those of its history, with what the reader written for each publisher took from them."""

    def git(*words: str) -> bytes:
        return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False).stdout

    tree = git("ls-tree", "-r", "HEAD").decode().splitlines()
    if not tree:
        raise SystemExit(f"{folder} is no clone of fundus with its history")
    found = {row.split()[2]: ("HEAD", row.split("\t")[1]) for row in tree if row.endswith(".html.gz")}
    commit = ""
    for row in git("log", "--all", "--format=@%H", "--diff-filter=AM", "--raw", "--no-abbrev", "--no-renames", "--",
                   "*.html.gz").decode().splitlines():  # fmt: skip
        commit = row[1:] if row.startswith("@") else commit
        if row.startswith(":"):
            found.setdefault(row.split()[3], (commit, row.split("\t")[-1]))
    for blob, (commit, path) in found.items():
        name, where = path.split("/")[-1].split("_")[0], path.rsplit("/", 1)[0]
        packed, known = git("cat-file", "blob", blob), git("show", f"{commit}:{where}/{name}.json")
        if not packed or not known:
            continue
        raw = gzip.decompress(packed)
        words = text_of(raw)
        version = max(versions(json.loads(known)), key=lambda v: _found(v, words))
        body = version.get("body")
        if not isinstance(body, dict) or not body.get("sections") or len(raw) > LARGEST:
            continue
        parts = [p for s in body["sections"] for p in (*s["headline"], *s["paragraphs"])]
        yield {"id": f"{path.split('/')[-1][:-8]}-{blob[:6]}", "host": name, "html": words, "body": "\n\n".join(parts),
               "unsure": "\n\n".join(body.get("summary") or []),
               "set": "fundus"}  # fmt: skip


def versions(known: dict[str, Any]) -> list[dict[str, Any]]:
    """What each version of a publisher's reader took; older test data has but one, and names none."""
    return [version for version in known.values() if isinstance(version, dict) and "body" in version] or [known]


def _found(version: dict[str, Any], words: str) -> int:
    """How many of the paragraphs that a version of a publisher's page gave stand on this page."""
    sections = (version.get("body") or {}).get("sections") or []
    return sum(p[:40] in words for section in sections for p in section["paragraphs"])


def from_crawler(folder: Path) -> Iterator[dict[str, Any]]:
    """The misinformation crawler's test pages, with what the rules written for each site take from them."""
    for path in sorted(folder.glob("tests/site_test_data/*/*_article.html")):
        known = json.loads(path.with_name(path.name.replace("_article.html", "_extracted_data.json")).read_text(encoding="utf-8"))
        if known.get("plain_content"):
            body = "\n".join(lxml.html.fromstring(known["plain_content"]).itertext())
            yield {"id": f"{path.parent.name}/{path.name[:-13]}", "host": path.parent.name, "html": text_of(path.read_bytes()),
                   "body": body, "set": "crawler"}  # fmt: skip


def from_trafilatura(folder: Path) -> Iterator[dict[str, Any]]:
    """Trafilatura's evaluation pages, with strings that must and must not be in the body."""
    known = json.loads((folder / "tests" / "evaldata.json").read_text(encoding="utf-8"))
    for url, row in known.items():
        for part in ("eval", "cache"):
            path = folder / "tests" / part / row["file"]
            if path.exists() and path.stat().st_size < LARGEST:
                yield {"id": row["file"], "host": urlparse(url).netloc, "html": text_of(path.read_bytes()), "with": row["with"],
                       "without": row["without"], "set": "trafilatura"}  # fmt: skip
                break


def from_html(folder: Path) -> Iterator[dict[str, Any]]:
    """Any pages below a folder."""
    for path in sorted(folder.rglob("*.html")):
        if 4_000 < path.stat().st_size < LARGEST and not path.name.startswith("expected"):
            yield {
                "id": str(path.relative_to(folder)),
                "host": path.parent.name,
                "html": text_of(path.read_bytes()),
                "set": "html",
            }


def key_of(row: dict[str, Any]) -> str:
    """What copies of a page share: its title if it has one of its own, else all of it."""
    title = re.search(r"<title[^>]*>\s*(.{20,}?)\s*</title>", row["html"], re.I | re.S)
    return " ".join(title[1].split()).casefold() if title else hashlib.sha256(row["html"].encode()).hexdigest()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--fundus", type=Path, help="a clone with its history")
    parser.add_argument("--crawler", type=Path)
    parser.add_argument("--trafilatura", type=Path)
    parser.add_argument("--html", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    sources = [from_pages(args.pages)]
    sources += [from_fundus(args.fundus)] if args.fundus else []
    sources += [from_crawler(args.crawler)] if args.crawler else []
    sources += [from_trafilatura(args.trafilatura)] if args.trafilatura else []
    sources += [from_html(folder) for folder in args.html]
    counts: dict[str, int] = {}
    seen: set[str] = set()
    with gzip.open(args.out, "wt", encoding="utf-8", compresslevel=1) as out:
        for row in (row for source in sources for row in source):
            if (key := key_of(row)) in seen:
                continue
            seen.add(key)
            counts[row["set"]] = counts.get(row["set"], 0) + 1
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(counts)


if __name__ == "__main__":
    main()
