"""Measures an exported model on the documents that training left out, fits its confidence, and writes both into the manifest.

    python -m training.attribution.measure --corpus polnear.train.jsonl.gz --model DIR

The confidence of an attribution is the chance that a person would have marked it: content (Dice of words at least .5) and
source (a word in common). It is a logistic curve over the model's own score, fitted on the first half of what was left out
and measured (expected calibration error, ten bins) on the second.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.read.pieces import paragraphs_of, words_of
from onrecord.read.tagger import Tagger

from .data import covered, load

Found = tuple[set[int], set[int], float]  # words of the content, words of the source, score


def matched(gold: list[Found], found: list[Found]) -> list[tuple[int, int, float]]:
    """(gold, found, Dice) pairs, each used once, best first."""
    pairs = [(2 * len(g[0] & f[0]) / max(len(g[0]) + len(f[0]), 1), i, j)
             for i, g in enumerate(gold) for j, f in enumerate(found)]  # fmt: skip
    out: list[tuple[int, int, float]] = []
    for dice, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if dice >= 0.5 and all(i != a and j != b for a, b, _ in out):
            out.append((i, j, dice))
    return out


def document(tagger: Tagger, row: dict[str, Any]) -> tuple[int, list[tuple[float, bool, bool, bool]]]:
    """How many attributions a document has, and (score, exact, relaxed, with its source) of each found."""
    parts = paragraphs_of(row["text"])
    words = words_of(parts)
    solid = {i for i, text in enumerate(words.texts) if text[0].isalnum()}
    dropped = set(covered(words, row.get("discard", [])))

    def sets(a: Any) -> tuple[set[int], set[int]]:
        return set(covered(words, a["content"])) & solid, set(covered(words, a["source"])) & solid

    gold = [(*sets(a), 1.0) for a in row["attributions"]]
    found = [(*sets({"content": t.content, "source": t.source}), t.score) for t in tagger.tag(parts)]
    found = [f for f in found if not f[0] <= dropped]
    hits = {j: (i, dice) for i, j, dice in matched(gold, found)}
    out = []
    for j, (_, source, score) in enumerate(found):
        i, dice = hits.get(j, (-1, 0.0))
        named = j in hits and (bool(source & gold[i][1]) or not (source or gold[i][1]))
        out.append((score, dice == 1.0, j in hits, named))
    return len(gold), out


def f1(right: int, found: int, gold: int) -> float:
    """F1 in percent."""
    return round(200 * right / max(found + gold, 1), 1)


def fit(scores: np.ndarray, right: np.ndarray, steps: int = 4000) -> tuple[float, float]:
    """Slope and intercept of a logistic curve over the scores' log odds, by gradient descent."""
    odds = np.log(scores / (1 - scores))
    slope, offset = 1.0, 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(slope * odds + offset))) - right
        slope, offset = slope - 0.05 * float((error * odds).mean()), offset - 0.05 * float(error.mean())
    return round(slope, 4), round(offset, 4)


def calibration_error(chance: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten bins."""
    bins = np.minimum((chance * 10).astype(int), 9)
    return float(sum(abs(chance[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    rows = load(args.corpus)
    left_out = rows[len(rows) * 9 // 10 :]
    tagger = Tagger(args.model)
    results = [document(tagger, row) for row in left_out]
    total = sum(n for n, _ in results)
    every = [r for _, found in results for r in found]
    half = [r for _, found in results[: len(results) // 2] for r in found]
    rest = [r for _, found in results[len(results) // 2 :] for r in found]
    curve = fit(np.clip(np.array([r[0] for r in half]), 1e-4, 1 - 1e-4), np.array([r[3] for r in half], float))
    scores = np.clip(np.array([r[0] for r in rest]), 1e-4, 1 - 1e-4)
    chance = 1 / (1 + np.exp(-(curve[0] * np.log(scores / (1 - scores)) + curve[1])))
    figures = {
        "documents": len(left_out), "attributions": total,
        "strict F1": f1(sum(r[1] for r in every), len(every), total),
        "relaxed F1": f1(sum(r[2] for r in every), len(every), total),
        "attributed F1": f1(sum(r[3] for r in every), len(every), total),
        "calibration error": round(calibration_error(chance, np.array([r[3] for r in rest], float)), 3),
    }  # fmt: skip
    path = args.model / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) | {"figures": figures, "confidence": curve}
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
