"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ..tables.words import words

MIN_CHARACTERS = 40  # fewer do not tell
SAMPLE = 600
SURELY = 0.12  # share of words of English alone from which on a text is English; other languages have less than half of it


def language(text: str) -> str | None:
    """ISO 639-1 code, None where the text is too short to tell. After Lui and Baldwin 2012 (langid.py)."""
    letters = re.sub(r"[\d\W_]+", " ", text[:SAMPLE]).strip()
    if len(letters) < MIN_CHARACTERS:
        return None
    spoken = letters.lower().split()
    if len(spoken) > 20 and sum(map(words("language.english").__contains__, spoken)) > SURELY * len(spoken):
        return "en"
    return str(_identifier().classify(letters)[0])


@cache
def _identifier() -> Any:
    """The identifier, held to languages that have a two-letter code: among its others are varieties such as Nigerian Pidgin,
    for which it takes one English paragraph in 500."""
    import py3langid  # 0.5 s to import with its model

    py3langid.classify("")  # loads the model
    found = py3langid.langid.IDENTIFIER
    found.set_languages([code for code in found.nb_classes if len(code) == 2])
    return found
