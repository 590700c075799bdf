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

HEAD = "0003"  # the newest migration
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
    Column("url", String), Column("path", String),
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
    Index(None, "published"),
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
actors = Table(
    "actors", metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, index=True), Column("kind", String, nullable=False),
    Column("wikidata", String), Column("side", String),
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
    Column("source", Text), Column("content", Text, nullable=False),
    Column("quotation", String, nullable=False), Column("verbatim", Boolean, nullable=False),
    Column("addressee", Text), Column("said_start", Date), Column("said_end", Date),
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
    Column("party_key", String, nullable=False, index=True),  # the parties' IDs in order, joined by "|"
    Column("kind", String, nullable=False), Column("past", Boolean, nullable=False),
    Column("start", Date), Column("end", Date), Column("precision", String, nullable=False),
    Column("merged", ForeignKey("merged.id"), index=True),
    Column("data", JSON, nullable=False),  # the row of the contract, without its status: that is derived
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
