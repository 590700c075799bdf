"""The ledger's tables as they are now. A change here needs a migration beside it; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

HEAD = "0004"  # the newest migration
metadata = MetaData(naming_convention={
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s",
})  # fmt: skip

pages = Table(
    "pages", metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", String, nullable=False),  # as given, or the SHA-256
    Column("sha256", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("url", String, index=True), Column("path", String),
    Column("content", LargeBinary, nullable=False),  # zlib
    Column("added_at", String, nullable=False),
    UniqueConstraint("page_id", "sha256"),
)  # fmt: skip
articles = Table(
    "articles", metadata,
    Column("id", Integer, primary_key=True),
    Column("page", ForeignKey("pages.id"), nullable=False, unique=True),
    Column("title", Text), Column("text", Text, nullable=False), Column("language", String),
    Column("published", Date), Column("published_basis", String), Column("outlet", String),
    Column("bylines", JSON, nullable=False), Column("credits", JSON, nullable=False),
    Column("repairs", JSON, nullable=False), Column("dropped", JSON, nullable=False),
    Column("sketch", String, index=True), Column("words", Integer),
    Column("key", String, index=True),  # a digest of page and ID: the same in every ledger, whatever came first
    Column("topic", LargeBinary),  # read/sketch.py says what is in it
    Column("story", Integer, index=True),  # the article that opens the story
    Column("newest", Integer),  # day and number in one, so that full text comes newest first (`search`)
    Column("facets", JSON), Column("marks", Text),  # what it can be narrowed by, for people and as words of the full text
    Column("repair_list", JSON),  # each repair: kind, at, before, after
    Index(None, "published"), Index(None, "newest", unique=True), Index(None, "outlet", "published"),
)  # fmt: skip
texts = Table(
    "texts", metadata,  # one row for all articles with the same words
    Column("id", Integer, primary_key=True),
    Column("sketch", String, nullable=False, unique=True),
    Column("shingles", LargeBinary, nullable=False), Column("anchors", LargeBinary, nullable=False),
)  # fmt: skip
bands = Table(
    "bands", metadata,  # where texts that may be copies of each other meet
    Column("hash", Integer, primary_key=True), Column("text", ForeignKey("texts.id"), primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip
copies = Table(
    "copies", metadata,  # a < b
    Column("a", ForeignKey("texts.id"), primary_key=True), Column("b", ForeignKey("texts.id"), primary_key=True, index=True),
    Column("relation", String, nullable=False),  # edited, reworded or partial
    Column("coverage_a", Float, nullable=False), Column("coverage_b", Float, nullable=False),
    Column("verbatim", Float, nullable=False),
)  # fmt: skip
terms = Table(
    "terms", metadata,  # the heaviest words of an article's topic
    Column("term", Integer, primary_key=True), Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("day", Date),
    Index(None, "article"), Index(None, "term", "day"),
    sqlite_with_rowid=False,
)  # fmt: skip
decisions = Table(
    "decisions", metadata,  # what people decided; facts stay as they were read
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False), Column("data", JSON, nullable=False),
    Column("who", String, nullable=False), Column("why", Text, nullable=False),
    Column("at", String, nullable=False), Column("undone_at", String),
)  # fmt: skip
decided = Table(
    "decided", metadata,  # what a decision is about: facts by their key, articles by theirs
    Column("fact", String, primary_key=True), Column("decision", ForeignKey("decisions.id"), primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip
held = Table(
    "held", metadata,  # outlets of which there are articles of their own
    Column("name", String, primary_key=True), Column("number", Integer, nullable=False),
)  # fmt: skip
actors = Table(
    "actors", metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, index=True), Column("kind", String, nullable=False),
    Column("wikidata", String), Column("side", String),
    Column("folded", String),  # the name as names compare
)  # fmt: skip
mentions = Table(
    "mentions", metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("actor", ForeignKey("actors.id"), primary_key=True, index=True),
    Column("number", Integer, nullable=False),
)  # fmt: skip
attributions = Table(
    "attributions", metadata,
    Column("id", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("local", String, nullable=False),
    Column("fact", String, index=True), Column("decided", JSON), Column("rejected", Boolean),
    Column("altered", JSON),  # what the quotation says where it was copied from, and in which article (settle/wording.py)
    Column("source", Text), Column("content", Text, nullable=False),
    Column("quotation", String, nullable=False), Column("verbatim", Boolean, nullable=False),
    Column("addressee", Text, index=True), Column("said_start", Date), Column("said_end", Date),
    Column("data", JSON, nullable=False),  # the row of the contract
)  # fmt: skip
speakers = Table(
    "speakers", metadata,
    Column("attribution", ForeignKey("attributions.id"), primary_key=True),
    Column("actor", ForeignKey("actors.id"), primary_key=True, index=True),
)  # fmt: skip
merged = Table(
    "merged", metadata,
    Column("id", Integer, primary_key=True),
    Column("party_key", String, nullable=False, index=True),
    Column("into", Integer),  # the contact that its rows went to, where it has none left: a number once shown keeps its meaning
)  # fmt: skip
contacts = Table(
    "contacts", metadata,
    Column("id", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("local", String, nullable=False),
    Column("fact", String, index=True),  # the same in every ledger (`keys`): what decisions are about
    Column("decided", JSON),  # what people's decisions put in place of what was read
    Column("rejected", Boolean),
    Column("party_key", String, nullable=False, index=True),  # the parties' IDs in order, joined by "|"
    Column("kind", String, nullable=False), Column("past", Boolean, nullable=False),
    Column("start", Date), Column("end", Date), Column("precision", String, nullable=False),
    Column("merged", ForeignKey("merged.id"), index=True),
    Column("home", Integer),  # the number that it was first given: what is parted again, or brought back, has its own again
    Column("data", JSON, nullable=False),  # the row of the contract, without its status: that is derived
)  # fmt: skip
# What follows is derived and can be thrown away: made when it is asked for, taken out when what it rests on is touched.
summaries = Table(
    "summaries", metadata,  # merged contacts
    Column("merged", ForeignKey("merged.id"), primary_key=True),
    Column("kind", String, nullable=False), Column("past", Boolean, nullable=False), Column("status", String, nullable=False),
    Column("start", Date), Column("end", Date), Column("place", String), Column("names", Text, nullable=False),
    Column("pages", Integer, nullable=False), Column("first", Date), Column("changed", Date), Column("was", String),
    Column("party_key", String, nullable=False, index=True),
    Column("data", JSON, nullable=False),  # the contact as it is shown, without its evidence
    Index(None, "changed"), Index(None, "first"), Index(None, "start"), Index(None, "status"),
)  # fmt: skip
history = Table(
    "history", metadata,  # from which day on a contact has which status
    Column("merged", ForeignKey("merged.id"), primary_key=True), Column("day", Date, primary_key=True),
    Column("status", String, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
story_summaries = Table(
    "story_summaries", metadata,
    Column("story", ForeignKey("articles.id"), primary_key=True),
    Column("first", Date), Column("last", Date), Column("pages", Integer, nullable=False),
    Column("origins", JSON, nullable=False),  # by day, how many origins were first seen on it
    Column("data", JSON, nullable=False), Column("listed", JSON, nullable=False),  # the story as it is shown; its pages
    Index(None, "last"),
)  # fmt: skip
saved = Table(
    "saved", metadata,  # searches that a person keeps
    Column("id", Integer, primary_key=True), Column("name", String, nullable=False), Column("query", Text, nullable=False),
    Column("at", String, nullable=False),
)  # fmt: skip
parties = Table(
    "parties", metadata,
    Column("contact", ForeignKey("contacts.id"), primary_key=True),
    Column("actor", ForeignKey("actors.id"), primary_key=True, index=True),
)  # fmt: skip
claims = Table(
    "claims", metadata,
    Column("id", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),  # commitment or accusation
    Column("data", JSON, nullable=False),
)  # fmt: skip
skipped = Table(
    "skipped", metadata,
    Column("id", Integer, primary_key=True),
    Column("where", String, nullable=False), Column("page", ForeignKey("pages.id")),
    Column("step", String, nullable=False), Column("reason", Text, nullable=False), Column("at", String, nullable=False),
    UniqueConstraint("where", "step", "reason"),
)  # fmt: skip
