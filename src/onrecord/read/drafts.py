"""An attribution as found, with its tokens, for the readers that come after."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from ..records import Span


@dataclass(slots=True)
class Draft:
    """An attribution as found: tokens of one paragraph."""

    paragraph: int
    cue: list[Token]
    source: list[Token]
    content: list[Span]  # counted from the paragraph's start
    kind: str
    head: Token | None = None  # the cue's verb or noun
    source_paragraph: int | None = None  # where the source stands, if not in this paragraph
    actors: tuple[str, ...] = ()
    confidence: float = 0.5
    id: str = ""
    covers: set[int] = field(default_factory=set)  # token indices of the content
    text: str = ""  # of the content
