"""How many attributions whose cue is a verb of saying are found, with content and source: of PolNeAR's, which has many more of
thinking and wanting, where annotators themselves disagree."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

VERBS = frozenset({
    "say", "said", "says", "saying", "tell", "told", "tells", "telling", "add", "added", "adds", "adding", "state",
    "stated", "states", "announce", "announced", "claim", "claimed", "claims", "report", "reported", "reports", "deny",
    "denied", "denies", "argue", "argued", "argues", "insist", "insisted", "note", "noted", "notes", "write", "wrote",
    "writes", "written", "tweet", "tweeted", "tweets", "declare", "declared", "explain", "explained", "ask", "asked",
    "asks", "reply", "replied", "respond", "responded", "confirm", "confirmed", "admit", "admitted", "acknowledge",
    "acknowledged", "assert", "asserted", "according", "suggest", "suggested", "call", "called", "accuse", "accused",
    "warn", "warned", "promise", "promised", "vow", "vowed",
})  # fmt: skip


def recall(shared: Path, gold: Path, found: Path) -> float:
    """Per cent of them that are found, by the scorer's own match and its own view of sources. `found` is the scorer's input."""
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "score" / "score_attribution.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer in {shared / 'score'}")
    scorer = importlib.util.module_from_spec(spec)
    sys.modules["score_attribution"] = scorer
    spec.loader.exec_module(scorer)
    told = {row["id"]: row["attributions"] for row in map(json.loads, found.read_text(encoding="utf-8").splitlines())}
    right = count = 0
    for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        text = scorer.Text.of(row["text"])
        drop = text.tokens(row.get("discard"))
        want, have = ([a for a in (scorer.Attribution.of(text, raw, drop) for raw in rows) if a.content]
                      for rows in (row["attributions"], told.get(row["id"], ())))  # fmt: skip
        partner = {i: (dice, j) for dice, i, j in scorer.match(want, have)}
        for i, attribution in enumerate(want):
            if VERBS & {text.words[t] for t in attribution.cue}:
                count += 1
                dice, j = partner.get(i, (0.0, -1))
                right += dice >= 0.5 and scorer.source_agrees(text, attribution, have[j])
    return round(100 * right / count, 2)
