"""An attribution as found, with its tokens, for the readers that come after."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from ..records import Quotation, Span
from .document import Paragraph


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
    unsaid: bool = False  # known to the readers after this one, but too unsure to be told as an attribution
    by_form: bool = False  # a turn of a transcript, or a signed quotation: nothing about it is to be weighed
    id: str = ""
    continues: Draft | None = None  # the attribution whose content goes on here, in a paragraph of its own
    covers: set[int] = field(default_factory=set)  # token indices of the content
    text: str = ""  # of the content

    @property
    def home(self) -> int:
        """The paragraph in which the source stands."""
        return self.paragraph if self.source_paragraph is None else self.source_paragraph


def quotation(paragraph: Paragraph, draft: Draft) -> Quotation:
    """How much of a content stands between quotation marks."""
    total = sum(b - a for a, b in draft.content)
    quoted = sum(max(0, min(b, q[1] + 1) - max(a, q[0] - 1)) for a, b in draft.content for q in paragraph.quotes)
    if not quoted:
        return "none"
    return "direct" if quoted >= total * 0.8 else "partial"
