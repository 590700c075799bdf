"""Which language a text is in."""

from __future__ import annotations

import re

MIN_CHARACTERS = 40  # fewer do not tell
SAMPLE = 2_000


def language(text: str) -> str | None:
    """ISO 639-1 code, None where the text is too short to tell. After Lui and Baldwin 2012 (langid.py)."""
    letters = re.sub(r"[\d\W_]+", " ", text[:SAMPLE]).strip()
    if len(letters) < MIN_CHARACTERS:
        return None
    import py3langid  # 0.5 s to import with its model

    return str(py3langid.classify(letters)[0])
