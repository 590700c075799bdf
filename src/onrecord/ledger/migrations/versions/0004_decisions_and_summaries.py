"""What people decide, what is derived for the desk, and full text that comes newest first and can be narrowed.

Pages added before are read anew when they are given again.
"""

import json
from collections import Counter

import sqlalchemy as sa
from alembic import op

from onrecord.tables import outlets

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Never edit a migration that has landed; write the next one."""
    for statement in STATEMENTS:
        op.execute(sa.text(statement))
    connection, counts = op.get_bind(), Counter[str]()
    for outlet, credits in connection.execute(sa.text("SELECT outlet, credits FROM articles WHERE outlet IS NOT NULL")):
        article = {"outlet": outlet, "credits": json.loads(credits)}
        if outlets.is_own(article):
            counts[outlets.folded(outlet)] += 1
    for name, number in counts.items():
        connection.execute(sa.text("INSERT INTO held (name, number) VALUES (:name, :number)"), {"name": name, "number": number})


STATEMENTS = (
    "CREATE TABLE decided (fact VARCHAR NOT NULL, decision INTEGER NOT NULL, CONSTRAINT pk_decided PRIMARY KEY (fact, decision), "
    "CONSTRAINT fk_decided_decision FOREIGN KEY(decision) REFERENCES decisions (id)) WITHOUT ROWID",
    "CREATE TABLE held (name VARCHAR NOT NULL, number INTEGER NOT NULL, CONSTRAINT pk_held PRIMARY KEY (name))",
    "CREATE TABLE summaries (merged INTEGER NOT NULL, kind VARCHAR NOT NULL, past BOOLEAN NOT NULL, status VARCHAR NOT NULL, "
    'start DATE, "end" DATE, place VARCHAR, names TEXT NOT NULL, pages INTEGER NOT NULL, first DATE, changed DATE, was VARCHAR, '
    "party_key VARCHAR NOT NULL, data JSON NOT NULL, "
    "CONSTRAINT pk_summaries PRIMARY KEY (merged), CONSTRAINT fk_summaries_merged FOREIGN KEY(merged) REFERENCES merged (id))",
    "CREATE INDEX ix_summaries_party_key ON summaries (party_key)",
    "CREATE INDEX ix_summaries_first ON summaries (first)",
    "CREATE INDEX ix_summaries_changed ON summaries (changed)",
    "CREATE INDEX ix_summaries_start ON summaries (start)",
    "CREATE INDEX ix_summaries_status ON summaries (status)",
    "CREATE TABLE history (merged INTEGER NOT NULL, day DATE NOT NULL, status VARCHAR NOT NULL, "
    "CONSTRAINT pk_history PRIMARY KEY (merged, day), "
    "CONSTRAINT fk_history_merged FOREIGN KEY(merged) REFERENCES merged (id)) WITHOUT ROWID",
    "CREATE TABLE story_summaries (story INTEGER NOT NULL, first DATE, last DATE, pages INTEGER NOT NULL, origins JSON NOT NULL, "
    "data JSON NOT NULL, listed JSON NOT NULL, CONSTRAINT pk_story_summaries PRIMARY KEY (story), "
    "CONSTRAINT fk_story_summaries_story FOREIGN KEY(story) REFERENCES articles (id))",
    "CREATE INDEX ix_story_summaries_last ON story_summaries (last)",
    'CREATE TABLE saved (id INTEGER NOT NULL, name VARCHAR NOT NULL, "query" TEXT NOT NULL, at VARCHAR NOT NULL, '
    "CONSTRAINT pk_saved PRIMARY KEY (id))",
    *(f"ALTER TABLE articles ADD COLUMN {c}" for c in ("newest INTEGER", "facets JSON", "marks TEXT", "repair_list JSON")),
    *(
        f"ALTER TABLE {table} ADD COLUMN {column}"
        for table in ("contacts", "attributions")
        for column in ("fact VARCHAR", "decided JSON", "rejected BOOLEAN")
    ),
    "CREATE INDEX ix_pages_url ON pages (url)",
    "CREATE INDEX ix_articles_outlet_published ON articles (outlet, published)",
    "CREATE INDEX ix_attributions_addressee ON attributions (addressee)",
    "ALTER TABLE actors ADD COLUMN folded VARCHAR",
    "ALTER TABLE attributions ADD COLUMN altered JSON",
    "ALTER TABLE contacts ADD COLUMN home INTEGER",
    "UPDATE contacts SET home = merged",
    "CREATE INDEX ix_contacts_fact ON contacts (fact)",
    "CREATE INDEX ix_attributions_fact ON attributions (fact)",
    # the day (as Python counts days) above the number: a higher one is newer, and those without a day come last
    "UPDATE articles SET newest = (coalesce(CAST(julianday(published) - 1721424.5 AS INTEGER), 0) << 24) | id",
    "CREATE UNIQUE INDEX ix_articles_newest ON articles (newest)",
    "DROP TRIGGER articles_ai",
    "DROP TRIGGER articles_ad",
    "DROP TABLE articles_fts",
    "CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, marks, content='articles', content_rowid='newest', "
    "tokenize='unicode61 remove_diacritics 2')",
    "INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')",
    "CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN INSERT INTO articles_fts(rowid, title, text, marks) "
    "VALUES (new.newest, new.title, new.text, new.marks); END",
    "CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN INSERT INTO articles_fts(articles_fts, rowid, title, text, marks) "
    "VALUES ('delete', old.newest, old.title, old.text, old.marks); END",
)
