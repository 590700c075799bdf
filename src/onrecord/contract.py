"""The JSON contract of a reading, as types; its JSON Schema is generated from them (`docs/reading.schema.json`).

`span` and `at` are lists of half-open code-point ranges: into the article's text or title, and into the page's
decoded text. Days are ISO strings; what is not known is null.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from .records import (
    ActorKind,
    ContactKind,
    Precision,
    Quotation,
    Relation,
    Stance,
    Status,
    TimexType,
    Where,
)  # fmt: skip

Ranges = list[tuple[int, int]]


class SelectorJSON(TypedDict):
    """A TextQuoteSelector (W3C Web Annotation Data Model): finds evidence on an HTML page."""

    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: str
    suffix: str


EvidenceJSON = TypedDict(
    "EvidenceJSON",
    {"in": Where, "span": Ranges | None, "at": Ranges | None, "text": str, "selector": NotRequired[SelectorJSON]},
)


class PageJSON(TypedDict):
    """The page that was read."""

    url: str | None
    path: str | None
    sha256: str
    media_type: str


class PublishedJSON(TypedDict):
    """The publication day and on what it rests."""

    value: str
    precision: Literal["day", "minute"]
    basis: Literal["given", "metadata", "url", "dateline", "text"]
    at: tuple[int, int] | None


class CreditJSON(TypedDict):
    """Whom the page names as its source."""

    name: str
    relation: Relation
    at: tuple[int, int] | None


class DroppedJSON(TypedDict):
    """What is left out, and why."""

    at: tuple[int, int] | None
    reason: str
    text: str


class ArticleJSON(TypedDict):
    """The restored article."""

    title: str | None
    text: str
    language: str | None
    published: PublishedJSON | None
    outlet: str | None
    bylines: list[str]
    credits: list[CreditJSON]
    repairs: dict[str, int]
    dropped: list[DroppedJSON]


class ActorJSON(TypedDict):
    """An actor with its mentions."""

    id: str
    name: str
    kind: ActorKind
    wikidata: str | None
    side: str | None
    mentions: list[EvidenceJSON]


TimeJSON = TypedDict("TimeJSON", {
    "in": Where, "span": Ranges | None, "at": Ranges | None, "text": str, "type": TimexType, "value": str,
    "start": str | None, "end": str | None, "precision": Precision, "anchor": str | None, "edtf": str | None,
})  # fmt: skip
SourceJSON = TypedDict("SourceJSON", {
    "in": Where, "span": Ranges | None, "at": Ranges | None, "text": str, "actors": list[str],
})  # fmt: skip
ContentJSON = TypedDict("ContentJSON", {
    "in": Where, "span": Ranges | None, "at": Ranges | None, "text": str, "quotation": Quotation, "verbatim": bool,
})  # fmt: skip


class WhenJSON(TypedDict):
    """An interval of whole days."""

    start: str | None
    end: str | None
    precision: Precision
    text: str | None


class AttributionJSON(TypedDict):
    """Who said what."""

    id: str
    source: SourceJSON | None
    cue: EvidenceJSON | None
    content: ContentJSON
    relayed_by: str | None
    addressee: str | None
    venue: str | None
    said_on: WhenJSON | None
    confidence: float


PositionJSON = TypedDict("PositionJSON", {
    "actor": str | None, "name": str, "stance": Stance, "hedged": bool, "via": str | None, "attribution": str | None,
    "side": str | None, "in": Where, "span": Ranges | None, "at": Ranges | None, "text": str,
})  # fmt: skip


class CountJSON(TypedDict):
    """How many contacts are spoken of; null: no upper bound."""

    min: int
    max: int | None


class ContactJSON(TypedDict):
    """A contact with its positions; `status` is derived from them."""

    id: str
    kind: ContactKind
    parties: list[str]
    names: list[str]
    sides: list[str | None]
    when: WhenJSON
    past: bool
    place: str | None
    count: CountJSON
    topic: str | None
    status: Status
    because: str
    certainty: str
    polarity: str
    cameo: str
    plover: str
    may_be_same_as: list[str]
    positions: list[PositionJSON]


class CommitmentJSON(TypedDict):
    """What parties are said to have agreed to."""

    id: str
    parties: list[str]
    terms: str
    condition: str | None
    since: WhenJSON | None
    status: Literal["agreed", "conditional"]
    positions: list[PositionJSON]


AccusationJSON = TypedDict("AccusationJSON", {
    "id": str, "accuser": str, "accused": str, "of": str, "when": WhenJSON | None, "answer": str | None,
    "commitment": str | None, "in": Where, "span": Ranges | None, "at": Ranges | None, "text": str,
})  # fmt: skip


class TopicJSON(TypedDict):
    """What an article is about (IPTC Media Topics, top level), with the words that spoke for it."""

    name: str
    share: float
    words: list[str]


class SkippedJSON(TypedDict):
    """Why a page, or its reading, is left out."""

    step: str
    reason: str


class ReadingJSON(TypedDict):
    """One line of `onrecord read --format jsonl`. A page that yields nothing has `id`, `page` and `skipped` only."""

    id: str
    page: PageJSON
    article: NotRequired[ArticleJSON]
    actors: NotRequired[list[ActorJSON]]
    times: NotRequired[list[TimeJSON]]
    attributions: NotRequired[list[AttributionJSON]]
    contacts: NotRequired[list[ContactJSON]]
    commitments: NotRequired[list[CommitmentJSON]]
    accusations: NotRequired[list[AccusationJSON]]
    topics: NotRequired[list[TopicJSON]]
    skipped: NotRequired[SkippedJSON]


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a reading."""
    found = TypeAdapter(ReadingJSON).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An OnRecord reading", **found}
