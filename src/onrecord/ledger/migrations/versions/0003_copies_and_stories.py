"""Texts with their sketches, copies, stories, decisions. Pages added before are read anew when they are given again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Never edit a migration that has landed; write the next one."""
    for statement in STATEMENTS:
        op.execute(sa.text(statement))


STATEMENTS = (
    "ALTER TABLE articles ADD COLUMN key VARCHAR",
    "ALTER TABLE articles ADD COLUMN topic BLOB",
    "ALTER TABLE articles ADD COLUMN story INTEGER",
    "CREATE INDEX ix_articles_key ON articles (key)",
    "CREATE INDEX ix_articles_story ON articles (story)",
    "CREATE TABLE texts (id INTEGER NOT NULL, sketch VARCHAR NOT NULL, shingles BLOB NOT NULL, anchors BLOB NOT NULL, "
    "CONSTRAINT pk_texts PRIMARY KEY (id), CONSTRAINT uq_texts_sketch UNIQUE (sketch))",
    "CREATE TABLE bands (hash INTEGER NOT NULL, text INTEGER NOT NULL, CONSTRAINT pk_bands PRIMARY KEY (hash, text), "
    "CONSTRAINT fk_bands_text FOREIGN KEY(text) REFERENCES texts (id)) WITHOUT ROWID",
    "CREATE TABLE copies (a INTEGER NOT NULL, b INTEGER NOT NULL, relation VARCHAR NOT NULL, coverage_a FLOAT NOT NULL, "
    "coverage_b FLOAT NOT NULL, verbatim FLOAT NOT NULL, CONSTRAINT pk_copies PRIMARY KEY (a, b), "
    "CONSTRAINT fk_copies_a FOREIGN KEY(a) REFERENCES texts (id), CONSTRAINT fk_copies_b FOREIGN KEY(b) REFERENCES texts (id))",
    "CREATE INDEX ix_copies_b ON copies (b)",
    "CREATE TABLE terms (term INTEGER NOT NULL, article INTEGER NOT NULL, day DATE, "
    "CONSTRAINT pk_terms PRIMARY KEY (term, article), "
    "CONSTRAINT fk_terms_article FOREIGN KEY(article) REFERENCES articles (id)) WITHOUT ROWID",
    "CREATE INDEX ix_terms_article ON terms (article)",
    "CREATE INDEX ix_terms_term_day ON terms (term, day)",
    "CREATE TABLE decisions (id INTEGER NOT NULL, kind VARCHAR NOT NULL, data JSON NOT NULL, who VARCHAR NOT NULL, "
    "why TEXT NOT NULL, at VARCHAR NOT NULL, undone_at VARCHAR, CONSTRAINT pk_decisions PRIMARY KEY (id))",
)
