"""Mojibake, double escapes and half-eaten entities, undone with a map back to the page."""

from __future__ import annotations

import html
import re
from difflib import SequenceMatcher

import ftfy
from ftfy import TextFixerConfig

from ..records import Repair
from ..text import Builder

EATEN = {"ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "mdash": "—", "ndash": "–", "hellip": "…", "nbsp": " "}
ENTITY = re.compile(r"&(?:amp;){0,6}(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
HALF = re.compile(r"(?<![&\w])(?:" + "|".join(EATEN) + r");")
HALF_INSIDE = re.compile(r"(?<=\w)(?:" + "|".join(EATEN) + r");(?=\w|\s|[.,;:!?])")
SUSPECT = re.compile(r"[ÃÂâÐÑ€\x80-\x9f\ufffd]")  # no mojibake without one of these
CONFIG = TextFixerConfig(
    unescape_html=False, fix_latin_ligatures=False, fix_character_width=False, uncurl_quotes=False,
    fix_line_breaks=False, normalization=None, remove_control_chars=False, fix_surrogates=False, explain=False,
)  # fmt: skip


def undo(text: str, *, entities: bool) -> tuple[Builder, list[Repair]]:
    """The text with its characters back; `entities` where it is no HTML, so that `&quot;` is damage."""
    found: list[tuple[int, int, str, str]] = []
    if entities:
        found += _entities(text)
    if any(name + ";" in text for name in EATEN):
        halves = [m for half in (HALF, HALF_INSIDE) for m in half.finditer(text)]
        found += [(m.start(), m.end(), EATEN[m[0][:-1]], "eaten_entity") for m in halves]
    if SUSPECT.search(text):
        found += _mojibake(text)
    builder, repairs, position = Builder(text), [], 0
    for start, end, after, kind in sorted(found):
        if start < position:
            continue
        builder.copy(position, start)
        builder.put(after, start, end)
        repairs.append(Repair(kind, (start, end), text[start:end], after))
        position = end
    builder.copy(position, len(text))
    return builder, repairs


def _entities(text: str) -> list[tuple[int, int, str, str]]:
    out = []
    for match in ENTITY.finditer(text):
        plain = match[0]
        for _ in range(4):  # escaped twice and more
            plain, before = html.unescape(plain), plain
            if plain == before:
                break
        if plain != match[0]:
            out.append((match.start(), match.end(), plain.replace("\xa0", " "), "entity"))
    return out


def _mojibake(text: str) -> list[tuple[int, int, str, str]]:
    """Changed stretches, found line by line, since different lines may have been damaged differently."""
    out, start = [], 0
    for line in text.splitlines(keepends=True):
        if SUSPECT.search(line):
            fixed = ftfy.fix_text(line, CONFIG)
            if fixed != line:
                matcher = SequenceMatcher(None, line, fixed, autojunk=False) if len(line) < 5000 else None
                codes = matcher.get_opcodes() if matcher else [("replace", 0, len(line), 0, len(fixed))]
                out += [(start + a, start + b, fixed[c:d], "mojibake") for op, a, b, c, d in codes if op != "equal"]
        start += len(line)
    return out
