"""How many attributions whose cue is a verb of saying are found, with content and source: PolNeAR has many more of thinking and
wanting, where annotators themselves disagree. A verb is what the parse takes for one; which of them say is told by our tables:
the wide one of cues (class "say"), and the short one of those that close a quotation ("…, X added")."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord.read import cues, document

NAME = "attributed recall, verbs of saying: "
WIDE = frozenset(lemma for lemma, cue in cues.cues().items() if cue.kind == "say")
VERBS = {"wide table": WIDE, "those that close a quotation": cues.PARENTHETICAL}


def _scorer(shared: Path) -> Any:
    """The scorer, for its own match and its own view of sources."""
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "score" / "score_attribution.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer in {shared / 'score'}")
    sys.modules[spec.name] = scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def recall(shared: Path, gold: Path, found: Path) -> dict[str, float]:
    """Per cent of them that are found, by table. `found` is the scorer's input."""
    scorer = _scorer(shared)
    told = {row["id"]: row["attributions"] for row in map(json.loads, found.read_text(encoding="utf-8").splitlines())}
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        text, parsed = scorer.Text.of(row["text"]), document.model()(row["text"])
        drop = text.tokens(row.get("discard"))
        want = [(raw, a) for raw in row["attributions"] if (a := scorer.Attribution.of(text, raw, drop)).content]
        have = [a for raw in told.get(row["id"], ()) if (a := scorer.Attribution.of(text, raw, drop)).content]
        partner = {i: (dice, j) for dice, i, j in scorer.match([a for _, a in want], have)}
        for i, (raw, attribution) in enumerate(want):
            tokens = (t for span in raw["cue"] for t in parsed.char_span(span[0], span[1], alignment_mode="expand") or ())
            verbs = {t.lemma_.lower() for t in tokens if t.pos_ in ("VERB", "AUX")}
            dice, j = partner.get(i, (0.0, -1))
            hit = dice >= 0.5 and scorer.source_agrees(text, attribution, have[j])
            for table in (name for name, those in VERBS.items() if verbs & those):
                count[table] += 1
                right[table] += hit
    return {NAME + table: round(100 * right[table] / count[table], 2) for table in VERBS}
