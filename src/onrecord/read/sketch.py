"""A fingerprint of an article, by which copies find each other. First version: exact copies only."""

from __future__ import annotations

import hashlib
import re

from ..records import Sketch


def read(text: str) -> Sketch:
    """Equal for texts with the same words in the same order; marks, case and white space do not count."""
    words = re.findall(r"\w+", text.lower())
    return Sketch(hashlib.sha256(" ".join(words).encode()).hexdigest(), len(words))
