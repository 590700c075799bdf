"""Marks that a scraper turned into ampersands: which of them opened, closed, elided, or were ampersands all along.

The marks of a page are decided together: a shortest path over two states (outside, inside a quotation), so that
openings and closings pair up. What looks like `&& t` after a letter is an apostrophe wherever it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..records import Repair
from ..text import Builder

Label = Literal["open", "close", "apostrophe", "dash", "kept"]

TOKEN = re.compile(r"&--|&\s?&(?!\w+;)(?!-)|&(?![a-zA-Z]{2,8};|#)")
ELISION = re.compile(r"\s?(?:s|t|re|ve|ll|d|m)\b(?!-)")
DAMAGE = re.compile(r"&--|&&(?!\w)|&\s&|[a-z]\s?& (?:s|t|re|ve|ll)\b")
SURE_SIGNS = 2  # of damage; on a page with fewer every "&" is taken for one
WRITTEN: dict[Label, str] = {"open": "“", "close": "”", "apostrophe": "’", "dash": "—"}

# Costs of a label in its surroundings, in units of "one odd thing". Read them together: only sums are compared.
BASE = {"open": 1.0, "close": 1.0, "apostrophe": 6.0, "kept": 4.0}
UNPAIRED = 5.0  # an opening inside a quotation, or a closing outside of one
LEFT_OPEN = 4.0  # the text ends inside a quotation
PER_LINE_INSIDE = 0.4  # long quotations over many lines are rare
PER_CHARACTER_INSIDE = 0.002


@dataclass(frozen=True, slots=True)
class Around:
    """A token's surroundings: characters touching it, and the nearest that are no white space."""

    token: str
    touching_left: str
    touching_right: str
    left: str
    right: str
    word_before: str
    elides: bool


def around(text: str, match: re.Match[str]) -> Around:
    """The surroundings of one token."""
    start, end = match.span()
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    words = re.findall(r"\w+", before)
    return Around(
        match[0], before[-1:], after[:1], before.rstrip()[-1:], after.lstrip()[:1], words[-1] if words else "",
        bool(before.rstrip()[-1:].isalnum() and ELISION.match(after)),
    )  # fmt: skip


def costs(a: Around) -> dict[Label, float]:
    """What each label would cost here."""
    if a.token == "&--":
        return {"dash": 0.0}
    single = a.token == "&"
    if single and a.touching_left.isalnum() and a.touching_right.isalnum():
        return {"kept": 0.0}
    spaced = a.touching_left in ("", " ", "\n", "\t", "\xa0")
    opening = BASE["open"] + (a.right.islower() and 0.4) - (a.left in ",:" and spaced and 0.6)
    opening += 4.0 if a.touching_left.isalnum() else 0.0
    opening += 1.5 if a.left and a.left in ".?!" and not spaced else 0.0
    closing = BASE["close"] + (1.2 if spaced else 0.0) - (a.left in ",.?!" and not spaced and 0.6)
    closing += 2.0 if a.left in ":" else 0.0
    apostrophe = 0.1 if a.elides else 3.0 if a.word_before.endswith("s") and not spaced else BASE["apostrophe"]
    if a.elides:  # a lone "s" or "t" after a word is no word that a quotation begins with
        opening, closing = opening + 6.0, closing + 6.0
    kept = 12.0
    if single:
        names = a.word_before[:1].isupper() and a.right.isupper() and spaced
        kept = 1.2 if names else BASE["kept"]
    return {"open": float(opening), "close": float(closing), "apostrophe": apostrophe, "kept": kept}


def label(text: str) -> list[tuple[re.Match[str], Label]]:
    """Every token with its label; nothing where the page shows no such damage."""
    if len(DAMAGE.findall(text)) < SURE_SIGNS:
        return []
    matches = list(TOKEN.finditer(text))
    history: list[dict[bool, tuple[bool, Label]]] = []
    score = {False: 0.0, True: LEFT_OPEN}
    position = 0
    for match in matches:
        gap = text[position : match.start()]
        score[True] += gap.count("\n") * PER_LINE_INSIDE + len(gap) * PER_CHARACTER_INSIDE
        position = match.end()
        new: dict[bool, tuple[float, bool, Label]] = {}
        for name, cost in costs(around(text, match)).items():
            for inside in (False, True):
                after, extra = _step(name, inside)
                total = score[inside] + cost + extra
                if after not in new or total < new[after][0]:
                    new[after] = (total, inside, name)
        for state in (False, True):
            new.setdefault(state, (float("inf"), state, "kept"))
        history.append({state: (came, name) for state, (_, came, name) in new.items()})
        score = {state: total for state, (total, _, _) in new.items()}
    state = score[True] + LEFT_OPEN < score[False]
    labels: list[Label] = []
    for step in reversed(history):
        state, name = step[state]
        labels.append(name)
    return list(zip(matches, reversed(labels), strict=True))


def _step(name: Label, inside: bool) -> tuple[bool, float]:
    """The state after a label, and what the step costs."""
    if name == "open":
        return True, UNPAIRED if inside else 0.0
    if name == "close":
        return False, 0.0 if inside else UNPAIRED
    return inside, 0.0


def restore_marks(text: str) -> tuple[Builder, list[Repair]]:
    """The text with its marks back; repairs carry places in `text`."""
    builder, repairs, position = Builder(text), [], 0
    for match, name in label(text):
        if name == "kept":
            continue
        start, end = match.span()
        if name == "close" or (name == "apostrophe" and ELISION.match(text[end:])):
            while start > position and text[start - 1] in " \xa0\n":
                start -= 1
        if (name in ("open", "apostrophe") and (name == "open" or ELISION.match(text[end:]))) or (
            name == "close" and re.match(r"\s[,.;:?!)]", text[end:])
        ):
            while text[end : end + 1] in (" ", "\xa0", "\n") and end < len(text):
                end += 1
        builder.copy(position, start)
        builder.put(WRITTEN[name], start, end)
        repairs.append(Repair("ampersand_mark", (start, end), text[start:end], WRITTEN[name]))
        position = end
    builder.copy(position, len(text))
    return builder, repairs
