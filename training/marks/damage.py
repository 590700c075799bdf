"""Clean text → text whose marks became ampersands, with the label of each. Every document is damaged in a way of its own.

The rates are drawn anew for each document, so that what is learned is how marks are used in prose and not how one scraper failed.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from onrecord.restore.marks import Label

OPENS = re.compile(r"(^|[\s(\[—–-])\"(?=\S)")
SINGLE_OPENS = re.compile(r"(^|[\s(\[—–“-])'(?=\w)")
COMPANIES = (
    "Marsh & Lowe", "Harrow & Finch", "B&K", "Orsolo & Sons", "R&D", "Q&A", "P&L", "Tarn & Partners", "AB&C", "M&A", "Venn & Co.",
    "food & drink", "Bed & Breakfast", "S&T", "Keller & Daughters", "T&Cs", "Grain & Feed", "Law & Order", "K&R", "Smith & Co",
)  # fmt: skip


@dataclass
class Damaged:
    """A damaged text and the label of each token in it, in order."""

    text: str
    labels: list[Label]


def curled(text: str) -> str:
    """Straight marks curled, so that each says whether it opens or closes."""
    text = re.sub(r"[ \t\xa0]+", " ", text)
    text = re.sub(r"\s*\n\s*", "\n", text).strip()
    text = re.sub(r"''|``", '"', text)
    text = OPENS.sub(r"\1“", text).replace('"', "”")
    text = re.sub(r"^“?\"", "“", text, flags=re.M)
    text = SINGLE_OPENS.sub(r"\1‘", text).replace("'", "’")
    return re.sub(r"\s?--\s?", " — ", text)


def label_of(text: str, i: int) -> Label:
    """What a mark or an ampersand does where it stands."""
    if text[i] == "“":
        return "open"
    if text[i] == "”":
        return "close"
    if text[i] == "‘":
        return "single open"
    if text[i] == "&":
        return "kept"
    inside = i and text[i - 1].isalnum() and text[i + 1 : i + 2].isalpha()
    return "apostrophe" if inside or re.match(r"\d|[a-z]", text[i + 1 : i + 2]) else "single close"


def with_ampersands(text: str, rng: random.Random) -> str:
    """Genuine ampersands put in: firms after "at", "by" and the like, "and" between names written short, names doubled."""
    share = rng.choice([0, 0.1, 0.3, 0.6])
    text = re.sub(r"(?<=[a-z] )([A-Z][a-z]+) and (?=[A-Z][a-z]+)", lambda m: f"{m[1]} & " if rng.random() < share else m[0], text)
    text = re.sub(r"\b([A-Z][a-z]{2,}) (?=[A-Z][a-z]{2,})", lambda m: f"{m[1]} & " if rng.random() < share / 4 else m[0], text)
    text = re.sub(r" and (?=[a-z])", lambda _: " & " if rng.random() < share / 3 else " and ", text)
    text = re.sub(r"\b([A-Z]{2})([A-Z])\b", lambda m: f"{m[1]}&{m[2]}" if rng.random() < share else m[0], text)
    return re.sub(r"\b(at|by|from|of|for|with|the|and|to) (?=[a-z])",
                  lambda m: f"{m[1]} {rng.choice(COMPANIES)} " if rng.random() < share / 12 else m[0], text)  # fmt: skip


def replaced(clean: str, rng: random.Random) -> Damaged:
    """Every mark, and a few letters that a wrong encoding loses, turned into U+FFFD."""
    text = curled(clean)
    out: list[str] = []
    labels: list[Label] = []
    letters = rng.choice([0.0, 0.0, 0.002])
    glue = rng.choice([0.0, 0.0, 0.5])
    for i, char in enumerate(text):
        if char in "“”‘’—–":
            labels.append("dash" if char in "—–" else label_of(text, i))
            out.append("\ufffd")
        elif char.isalpha() and (not char.isascii() or rng.random() < letters):
            labels.append("kept")
            out.append("\ufffd")
        else:
            out.append("" if char == "\n" and rng.random() < glue else char)
    return Damaged("".join(out), labels)


def damaged(clean: str, rng: random.Random) -> Damaged:
    """One text, damaged in one way."""
    if rng.random() < 0.3:
        return replaced(clean, rng)
    text = with_ampersands(curled(clean), rng)
    glue, broken, lone = rng.choice([0, 0.3, 0.7, 0.9]), rng.choice([0, 0.1, 0.25]), rng.choice([0.05, 0.15, 0.15, 0.4, 0.8])
    split, blank_after, elided = rng.choice([0.1, 0.35, 0.5]), rng.choice([0.0, 1.0, 1.0, 1.0]), rng.choice([0.1, 0.25, 0.6])
    out: list[str] = []
    labels: list[Label] = []
    for i, char in enumerate(text):
        if char == "\n":
            out.append("" if rng.random() < glue else "\n")
            continue
        if char == " " and text[i - 1 : i] in ".!?" and rng.random() < broken:
            out.append("\n")
            continue
        if char in "—–":
            out.append(" &-- ")
            continue
        if char not in "“”‘’&":
            out.append(char)
            continue
        name = label_of(text, i)
        labels.append(name)
        tail = " " if rng.random() < blank_after else ""
        if name == "kept":
            out.append("&")
        elif name in ("open", "single open"):
            out.append(("& " if rng.random() < lone else "&& ") if tail or rng.random() < 0.5 else "&&")
        elif name == "apostrophe" and text[i - 1 : i].isalnum():
            out.append(" & " if rng.random() < elided else "& & " if rng.random() < split / 5 else "&& " if tail else "&&")
        elif rng.random() < lone:
            out.append("& ")
        else:
            out.append(("& & " if rng.random() < split else "&& ") if tail or name == "single close" else "&& ")
    return Damaged(re.sub(r" {2,}", " ", "".join(out)), labels)
