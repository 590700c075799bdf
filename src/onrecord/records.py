"""The words of the project as frozen values. Imports nothing of ours; nothing here does more than name things.

Offsets are counted in code points and half-open. `Spans` are in ascending order and do not overlap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]

Where = Literal["body", "title", "page"]
Precision = Literal["day", "week", "month", "range", "open"]
ActorKind = Literal["person", "organisation", "country", "outlet"]
ContactKind = Literal["call", "meeting", "visit", "talks", "letter", "contact"]
Quotation = Literal["direct", "partial", "none"]
Relation = Literal["agency", "first_published", "citing"]
Stance = Literal[
    "affirms", "reports", "hints", "not_ruled_out", "evades", "no_comment", "denies", "plans", "conditions", "cancels"
]
Status = Literal[
    "disputed", "denied", "cancelled", "conditional", "planned", "hinted",
    "confirmed", "claimed", "announced", "reported", "stated",
]  # fmt: skip
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

NARRATOR = "narrator"
UNNAMED_REPORTS = "unnamed reports"
UNNAMED_OFFICIALS = "unnamed officials"


@dataclass(frozen=True, slots=True)
class Page:
    """What was captured. `content` is never changed; `id` is the SHA-256 of it, or what the caller gave."""

    id: str
    content: bytes
    sha256: str
    media_type: str
    text: str | None = None  # set where the page came as a string (JSONL), so that no encoding has to be guessed
    url: str | None = None
    path: str | None = None
    published: str | None = None  # as given by the caller, an ISO day
    outlet: str | None = None  # as given by the caller

    @property
    def place(self) -> str:
        """Where it came from, for messages: its path, with its ID where one file holds many; else its address."""
        return f"{self.path} ({self.id})" if self.path and self.id != self.sha256 else self.path or self.url or self.id


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim slice: `text` is the concatenation of `spans` in the place `where`; `at` is the same in the page."""

    where: Where
    spans: Spans | None
    at: Spans | None
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One undone damage: `before` at `at` in the page became `after` at `span` in the article."""

    kind: str
    at: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of the page that is not in the article, and why."""

    at: Span | None
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Published:
    """The publication day, with where it was read (`basis`: given, metadata, url, dateline or text)."""

    value: date
    precision: Literal["day", "minute"]
    basis: Literal["given", "metadata", "url", "dateline", "text"]
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Another outlet or agency that the page names as where its words came from."""

    name: str
    relation: Relation
    at: Span | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """`length` article characters from `start` on stand for page characters `at[0]` to `at[1]`.

    A copied stretch leads back character by character; a repaired one stands for its page characters as a whole.
    """

    start: int
    length: int
    at: Span
    copied: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """The restored text of a page. `offsets` lead back into `page_text`; both are None for HTML, where `visible_offsets` lead
    into `visible`, the text that a browser would show, a block a line."""

    title: str | None
    text: str
    language: str | None
    published: Published | None = None
    outlet: str | None = None
    bylines: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    repairs: tuple[Repair, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    page_text: str | None = None
    offsets: tuple[Stretch, ...] | None = None
    title_offsets: tuple[Stretch, ...] | None = None
    visible: str | None = None
    visible_offsets: tuple[Stretch, ...] | None = None

    @property
    def reworded(self) -> bool:
        """Is this a copy whose wording was altered by a machine, quotations included?"""
        return any(repair.kind == "ampersand_mark" for repair in self.repairs)


@dataclass(frozen=True, slots=True)
class Interval:
    """Inclusive days; None is an open side. Both None: not known. `text` is the expression it was read from."""

    start: date | None = None
    end: date | None = None
    precision: Precision = "open"
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression (TIMEX3) resolved to days, against `anchor` where it is relative."""

    evidence: Evidence
    type: TimexType
    value: str
    interval: Interval
    anchor: date | None
    edtf: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, country or outlet, as met on one page. `side` is the ID of the state it speaks for."""

    id: str
    name: str
    kind: ActorKind
    wikidata: str | None = None
    side: str | None = None
    mentions: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content: someone is said to have said, thought or done-by-saying something."""

    id: str
    content: Evidence
    source: Evidence | None = None
    cue: Evidence | None = None
    actors: tuple[str, ...] = ()
    quotation: Quotation = "none"
    verbatim: bool = False
    relayed_by: str | None = None
    addressee: str | None = None
    venue: str | None = None
    said_on: Interval | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Position:
    """One actor's stance on one contact. `actor` is an actor ID, or None for the narrator and the unnamed."""

    actor: str | None
    name: str
    stance: Stance
    evidence: Evidence
    hedged: bool = False
    via: str | None = None
    attribution: str | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A call, meeting, visit, talks, letter or unspecified contact between actors, past or future."""

    id: str
    kind: ContactKind
    parties: tuple[str, ...]
    names: tuple[str, ...]
    sides: tuple[str | None, ...]
    when: Interval
    past: bool
    positions: tuple[Position, ...]
    place: str | None = None
    count: tuple[int, int | None] = (1, 1)
    topic: str | None = None
    may_be_same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a party is said to have agreed to, on which condition."""

    id: str
    parties: tuple[str, ...]
    names: tuple[str, ...]  # of the parties, in their order; so are the sides
    sides: tuple[str | None, ...]
    terms: str
    evidence: Evidence
    condition: str | None = None
    since: Interval | None = None


@dataclass(frozen=True, slots=True)
class Accusation:
    """Who accuses whom of what, and how it was answered on the same page."""

    id: str
    accuser: str
    accused: str
    of: str
    evidence: Evidence
    when: Interval | None = None
    answer: Literal["denies", "accuses"] | None = None
    commitment: str | None = None  # the one that the accused is said to break


@dataclass(frozen=True, slots=True)
class Topic:
    """What an article is about, by IPTC Media Topics' top level: its share of what speaks for any, and the words that spoke."""

    name: str
    share: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A small fingerprint of an article: `exact` is equal for verbatim copies, marks and spaces aside; `shingles` and `anchors`
    are MinHashes (uint32, little-endian) of word triples and of pairs of names and numbers; `topic` holds as many hashes of
    telling words (uint32) as weights (float32). Each is empty where there is nothing to make it of."""

    exact: str
    words: int
    shingles: bytes = b""
    anchors: bytes = b""
    topic: bytes = b""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the readers found in one article."""

    actors: tuple[Actor, ...] = ()
    times: tuple[Time, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    contacts: tuple[Contact, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    accusations: tuple[Accusation, ...] = ()
    sketch: Sketch | None = None
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Why a page yields nothing, or no reading."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class PageResult:
    """What one page came to: an article and a reading, or the reason why not."""

    page: Page
    article: Article | None = None
    reading: Reading = field(default_factory=Reading)
    skipped: Skipped | None = None
