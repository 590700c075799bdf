"""Counts in how many articles each word stem or number stands, and writes src/onrecord/tables/frequencies.tsv.

    python -m training.words.frequencies TEXTS.jsonl.gz … > src/onrecord/tables/frequencies.tsv

TEXTS have a line of {"text": …} an article; the shipped table is of Wikinews 2019-2020 and of PolNeAR's training part.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter

from onrecord.read.sketch import STOPS, TOKEN, stem

LEAST = 4  # articles; a rarer word tells as much as one that was never seen


def main() -> None:
    """The command."""
    counts: Counter[str] = Counter()
    articles = 0
    for path in sys.argv[1:]:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                articles += 1
                counts.update({stem(word.lower()) for word in TOKEN.findall(json.loads(line)["text"]) if word not in STOPS})
    print("stem\tarticles")
    print(f"*\t{articles}")
    for word, count in sorted(counts.items()):
        if count >= LEAST:
            print(f"{word}\t{count}")


if __name__ == "__main__":
    main()
