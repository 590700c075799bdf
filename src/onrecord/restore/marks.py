"""Marks that a scraper turned into ampersands or U+FFFD: which of them opened, closed, elided, or were something else all along.

All of a page's are decided together, by a linear-chain conditional random field (Lafferty et al. 2001) over two states, outside
and inside a quotation, so that openings and closings pair up. Its weights were trained on clean texts that we damaged
(training/marks); on a page without sure signs of such damage every ampersand is one. A lost mark that is not known to be a mark
(U+FFFD within a name) stays, as does every "?": those are flagged, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ..models import checked
from ..records import Repair
from ..text import Builder

Label = Literal["open", "close", "apostrophe", "single open", "single close", "dash", "kept"]
LABELS: tuple[Label, ...] = ("open", "close", "apostrophe", "single open", "single close", "dash", "kept")
OUTSIDE, INSIDE = 0, 1
# The state after each label, by the state before it: only double marks change it.
AFTER = np.array([[INSIDE, OUTSIDE, *[OUTSIDE] * 5], [INSIDE, OUTSIDE, *[INSIDE] * 5]])
WRITTEN = {"open": "“", "close": "”", "apostrophe": "’", "single open": "‘", "single close": "’", "dash": "—"}
HASHED = 16_384
FOLDER = Path(__file__).parent.parent / "models" / "marks"

TOKEN = re.compile(r"&--|&\s?&(?!\w+;)(?!-)|&(?![a-zA-Z]{2,8};|#)|\ufffd{3}|\ufffd")
DAMAGE = re.compile(r"&--|&&(?!\w)|&\s&|[a-z]\s?& (?:s|t|re|ve|ll)\b")
LOST = re.compile(
    r"(?<=[a-zA-Z])\ufffd{1,3}(?=(?:s|t|re|ve|ll|d|m)\b)|(?:^|(?<=[\s(]))\ufffd{1,3}(?=\w)|(?<=[.,?!])\ufffd{1,3}(?=\s|$)", re.M
)
# Written with the mark first, for which the engine then looks: ten times as fast as with what stands before it.
QUESTIONS = re.compile(r"\?(?:(?<=[a-zA-Z]\?)(?=(?:s|t|re|ve|ll|d|m)\b)|(?<!\S\?)(?=\w)|(?<=[.,!]\?)(?=\s|$))")
MAX_TOKENS = 20_000  # that are to be decided; a page with more is no article, and deciding takes 0.1 ms each
SURE_SIGNS = 2  # of damage; on a page with fewer every "&" is taken for one
ELISION = re.compile(r"\s?(?:s|t|re|ve|ll|d|m)\b(?!-)")
NAME = re.compile(r"\w+|[^\w\s&]")
ALONE = (
    8.0  # what it costs, in nats, to take such a one for an apostrophe; names such as "O & Brien" are rarer than "CEO & founder"
)
WINDOW = 60  # characters looked at on either side


@cache
def _model() -> dict[str, Any]:
    checked(FOLDER)
    with np.load(FOLDER / "weights.npz") as tables:
        return {name: tables[name].astype(np.float32) for name in tables.files}


def _shape(text: str) -> str:
    """What kind of character a text begins with."""
    char = text[:1]
    if not char:
        return "edge"
    if char.isspace():
        return "line" if char == "\n" else "blank"
    return "A" if char.isupper() else "a" if char.isalpha() else "0" if char.isdigit() else char


def features(text: str, match: re.Match[str], before: int, after: int) -> list[int]:
    """The hashed features of one token; `before` and `after` are where its neighbour tokens end and begin."""
    start, end = match.span()
    left, right = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    token = match[0] if match[0] in ("&", "&&") else "lost" if match[0][0] == "\ufffd" else "& &"
    touching = _shape(left[-1:]), _shape(right)
    near = _shape(left.rstrip()[-1:]), _shape(right.lstrip())
    words = NAME.findall(left)
    following = NAME.findall(right)
    last, next_ = (words[-1] if words else "^"), (following[0] if following else "$")
    last2, next2 = (words[-2] if len(words) > 1 else "^"), (following[1] if len(following) > 1 else "$")
    t = f"{token}|{touching[0]}|{touching[1]}"
    gap_before, gap_after = text[before:start], text[end:after]
    size = min(len(gap_before.split()), 30)
    ahead = min(len(gap_after.split()), 30)
    found = (
        "bias", f"t {token}", f"T {t}", f"n {near}", f"tn {t} {near}", f"l {last.lower()}", f"r {next_.lower()}",
        f"tl {t} {last.lower()}",
        f"tr {t} {next_.lower()}", f"ss {token} {last[-1:].lower() == 's'} {touching[0]} {near[1]}",
        f"rs {token} {_shape(next_)} {_shape(next2)} {near[0]}", f"ls {_shape(last)} {_shape(last2)} {near[1]} {token}",
        f"e {t} {near[0]} {next_.lower() if len(next_) < 3 else _shape(next_)} {_shape(next2)}",
        f"g {min(gap_before.count(chr(10)), 4)}", f"gs {size // 3} {token}", f"a {ahead // 3} {token}",
        f"an {min(gap_after.count(chr(10)), 3)}",
        f"st {min(len(re.findall('[.!?]', gap_before)), 4)} {near[0]}",
        f"sa {min(len(re.findall('[.!?]', gap_after)), 4)} {near[0]}",
        f"pa {text[after : after + 3]} {ahead < 2} {token}", f"pb {text[before - 2 : before]} {size < 2} {token}",
        f"w {last[-3:].lower()} {touching}", f"pn {near} {last.lower()}", f"nn {near} {next_.lower()}",
    )  # fmt: skip
    return [crc32(name.encode("utf-8", "surrogatepass")) % HASHED for name in found]


def tokens(text: str) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """The tokens to be decided, and the damaged dashes, of which there is no doubt."""
    every = list(TOKEN.finditer(text))
    return [m for m in every if m[0] != "&--"], [m for m in every if m[0] == "&--"]


def rows(text: str, found: list[re.Match[str]]) -> list[list[int]]:
    """The features of every token."""
    ends = [0, *(m.end() for m in found)]
    starts = [*(m.start() for m in found), len(text)]
    return [features(text, m, ends[i], starts[i + 1]) for i, m in enumerate(found)]


def label(text: str) -> Iterator[tuple[re.Match[str], Label]]:
    """Every token with its label; nothing where the page shows no such damage."""
    if "&" not in text and "\ufffd" not in text:
        return
    found, _ = tokens(text)
    signs = {"&": DAMAGE, "\ufffd": LOST}
    sure = {char: char in text and len(sign.findall(text)) >= SURE_SIGNS for char, sign in signs.items()}
    found = [m for m in found if sure[m[0][0]]]
    if not found or len(found) > MAX_TOKENS:
        return
    model = _model()
    scores = np.stack([model["weights"][row].sum(0) for row in rows(text, found)]).reshape(-1, 2, len(LABELS))
    for i, match in enumerate(found):
        if _stands_alone(text, match):
            scores[i, :, LABELS.index("apostrophe")] -= ALONE
    yield from ((m, LABELS[i]) for m, i in zip(found, decode(scores, model["last"]), strict=True))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Is it a lone "&" between blanks that no elision explains ("CEO & founder")?"""
    after = text[match.end() : match.end() + 8]
    return (
        match[0] == "&" and text[match.start() - 1 : match.start()].isspace() and after[:1].isspace() and not ELISION.match(after)
    )


def decode(scores: NDArray[np.float32], last: NDArray[np.float32]) -> list[int]:
    """The best path (Viterbi 1967). `scores`: tokens × states × labels; `last`: what it is worth to end in a state."""
    best = np.array([0.0, -np.inf], np.float32)
    back: list[list[tuple[int, int]]] = []
    for row in scores:
        totals = best[:, None] + row
        new, came = np.full(2, -np.inf, np.float32), [(0, 0), (0, 0)]
        for state in (OUTSIDE, INSIDE):
            for name in range(len(LABELS)):
                after = int(AFTER[state, name])
                if totals[state, name] > new[after]:
                    new[after], came[after] = totals[state, name], (state, name)
        best = new
        back.append(came)
    state = int(np.argmax(best + last))
    labels: list[int] = []
    for came in reversed(back):
        state, name = came[state]
        labels.append(name)
    return labels[::-1]


def restore_marks(text: str) -> tuple[Builder, list[Repair]]:
    """The text with its marks back; repairs carry places in `text`."""
    builder, repairs, position = Builder(text), [], 0
    decided: list[tuple[re.Match[str], str]] = [*label(text)]
    if "&--" in text and len(DAMAGE.findall(text)) >= SURE_SIGNS:
        decided += [(m, "dash") for m in tokens(text)[1]]
    for match, name in sorted(decided, key=lambda pair: pair[0].start()):
        if name == "kept" or match.start() < position:
            continue
        lost = match[0][0] == "\ufffd"  # one character in place of another: no white space came with it
        start, end = match.span() if lost else _spaces(text, match, name, position)
        builder.copy(position, start)
        builder.put(WRITTEN[name], start, end)
        repairs.append(Repair("lost_mark" if lost else "ampersand_mark", (start, end), text[start:end], WRITTEN[name]))
        position = end
    builder.copy(position, len(text))
    return builder, repairs


def doubtful(text: str) -> list[Repair]:
    """Marks that became "?" and cannot be told from question marks surely enough to be put back: flagged as they are."""
    found = [Repair("doubtful_mark", m.span(), m[0], m[0]) for m in QUESTIONS.finditer(text)]
    return found if len(found) >= SURE_SIGNS else []


def _spaces(text: str, match: re.Match[str], name: str, position: int) -> tuple[int, int]:
    """A mark's place with the white space that came with the damage: an opening one touches what follows, a closing one what
    was before, an elision both."""
    start, end = match.span()
    elides = name == "apostrophe" and ELISION.match(text[end:])
    if name in ("close", "single close") or elides:
        while start > position and text[start - 1] in " \xa0\n":
            start -= 1
    if name in ("open", "single open") or elides or (name != "dash" and re.match(r"\s[,.;:?!)]", text[end:])):
        while text[end : end + 1] in (" ", "\xa0", "\n") and end < len(text):
            end += 1
    return start, end
