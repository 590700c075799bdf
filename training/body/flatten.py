"""What scrapers make of a page: its text nodes line by line, its text content, one long line, and kinds seen in the wild."""

from __future__ import annotations

import random
import re
from typing import Any

from onrecord.restore.blocks import Block

UNSEEN = ["script", "style", "noscript", "template", "svg", "iframe", "head"]
SPACE = re.compile(r"\s+")


def visible(tree: Any) -> list[str]:
    """The text nodes of a page outside of scripts and the like, in page order."""
    out: list[str] = []
    skip = 0
    from lxml import etree

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        unseen = element.tag in UNSEEN
        if event == "start":
            skip += unseen
            if not skip and element.text:
                out.append(element.text)
        else:
            skip -= unseen
            if not skip and element.tail:
                out.append(element.tail)
    return out


def lines(nodes: list[str]) -> str:
    """Each text node on a line of its own."""
    return "\n".join(filter(None, (SPACE.sub(" ", n).strip() for n in nodes)))


def content(nodes: list[str]) -> str:
    """Text nodes run together as they are, blank lines and white space at line ends left out."""
    return "\n".join(filter(None, (SPACE.sub(" ", line).strip() for line in "".join(nodes).split("\n"))))


def one_line(nodes: list[str]) -> str:
    """Everything on one line."""
    return " ".join(filter(None, (SPACE.sub(" ", n).strip() for n in nodes)))


def as_blocks(blocks: list[Block], rng: random.Random) -> str:
    """Blocks on lines of their own, as browsers copy them: with or without blank lines, wrapped or not, some glued."""
    gap = rng.choice(["\n", "\n\n", "\n\n"])
    glue = rng.choice([0.0, 0.0, 0.15])
    parts = []
    for block in blocks:
        text = block.text
        if gap == "\n\n" and rng.random() < 0.1:
            text = re.sub(r"(.{60,90}?) ", r"\1\n", text)
        parts += [text, "" if rng.random() < glue else gap]
    return "".join(parts)
