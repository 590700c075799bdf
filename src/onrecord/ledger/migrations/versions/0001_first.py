"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Never edit a migration that has landed; write the next one."""
    for statement in STATEMENTS:
        op.execute(sa.text(statement))


STATEMENTS = (
    "CREATE TABLE actors ( id VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, wikidata "
    "VARCHAR, side VARCHAR, CONSTRAINT pk_actors PRIMARY KEY (id) )",
    "CREATE INDEX ix_actors_name ON actors (name)",
    "CREATE TABLE merged ( id INTEGER NOT NULL, party_key VARCHAR NOT NULL, CONSTRAINT pk_merged PRIMARY KEY (id) )",
    "CREATE INDEX ix_merged_party_key ON merged (party_key)",
    "CREATE TABLE pages ( id INTEGER NOT NULL, page_id VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, "
    "media_type VARCHAR NOT NULL, url VARCHAR, path VARCHAR, content BLOB NOT NULL, added_at VARCHAR NOT "
    "NULL, CONSTRAINT pk_pages PRIMARY KEY (id), CONSTRAINT uq_pages_page_id_sha256 UNIQUE (page_id, "
    "sha256) )",
    "CREATE TABLE articles ( id INTEGER NOT NULL, page INTEGER NOT NULL, title TEXT, text TEXT NOT NULL, "
    "language VARCHAR, published DATE, published_basis VARCHAR, outlet VARCHAR, bylines JSON NOT NULL, "
    "credits JSON NOT NULL, repairs JSON NOT NULL, dropped JSON NOT NULL, sketch VARCHAR, words INTEGER, "
    "CONSTRAINT pk_articles PRIMARY KEY (id), CONSTRAINT uq_articles_page UNIQUE (page), CONSTRAINT "
    "fk_articles_page FOREIGN KEY(page) REFERENCES pages (id) )",
    "CREATE INDEX ix_articles_published ON articles (published)",
    "CREATE INDEX ix_articles_sketch ON articles (sketch)",
    'CREATE TABLE skipped ( id INTEGER NOT NULL, "where" VARCHAR NOT NULL, page INTEGER, step VARCHAR NOT '
    "NULL, reason TEXT NOT NULL, at VARCHAR NOT NULL, CONSTRAINT pk_skipped PRIMARY KEY (id), CONSTRAINT "
    'uq_skipped_where_step_reason UNIQUE ("where", step, reason), CONSTRAINT fk_skipped_page FOREIGN '
    "KEY(page) REFERENCES pages (id) )",
    "CREATE TABLE attributions ( id INTEGER NOT NULL, article INTEGER NOT NULL, local VARCHAR NOT NULL, "
    "source TEXT, content TEXT NOT NULL, quotation VARCHAR NOT NULL, verbatim BOOLEAN NOT NULL, addressee "
    "TEXT, said_start DATE, said_end DATE, data JSON NOT NULL, CONSTRAINT pk_attributions PRIMARY KEY "
    "(id), CONSTRAINT fk_attributions_article FOREIGN KEY(article) REFERENCES articles (id) )",
    "CREATE INDEX ix_attributions_article ON attributions (article)",
    "CREATE TABLE claims ( id INTEGER NOT NULL, article INTEGER NOT NULL, kind VARCHAR NOT NULL, data "
    "JSON NOT NULL, CONSTRAINT pk_claims PRIMARY KEY (id), CONSTRAINT fk_claims_article FOREIGN "
    "KEY(article) REFERENCES articles (id) )",
    "CREATE INDEX ix_claims_article ON claims (article)",
    "CREATE TABLE contacts ( id INTEGER NOT NULL, article INTEGER NOT NULL, local VARCHAR NOT NULL, "
    'party_key VARCHAR NOT NULL, kind VARCHAR NOT NULL, past BOOLEAN NOT NULL, start DATE, "end" DATE, '
    "precision VARCHAR NOT NULL, merged INTEGER, data JSON NOT NULL, CONSTRAINT pk_contacts PRIMARY KEY "
    "(id), CONSTRAINT fk_contacts_article FOREIGN KEY(article) REFERENCES articles (id), CONSTRAINT "
    "fk_contacts_merged FOREIGN KEY(merged) REFERENCES merged (id) )",
    "CREATE INDEX ix_contacts_article ON contacts (article)",
    "CREATE INDEX ix_contacts_merged ON contacts (merged)",
    "CREATE INDEX ix_contacts_party_key ON contacts (party_key)",
    "CREATE TABLE mentions ( article INTEGER NOT NULL, actor VARCHAR NOT NULL, number INTEGER NOT NULL, "
    "CONSTRAINT pk_mentions PRIMARY KEY (article, actor), CONSTRAINT fk_mentions_article FOREIGN "
    "KEY(article) REFERENCES articles (id), CONSTRAINT fk_mentions_actor FOREIGN KEY(actor) REFERENCES "
    "actors (id) )",
    "CREATE INDEX ix_mentions_actor ON mentions (actor)",
    "CREATE TABLE parties ( contact INTEGER NOT NULL, actor VARCHAR NOT NULL, CONSTRAINT pk_parties "
    "PRIMARY KEY (contact, actor), CONSTRAINT fk_parties_contact FOREIGN KEY(contact) REFERENCES contacts "
    "(id), CONSTRAINT fk_parties_actor FOREIGN KEY(actor) REFERENCES actors (id) )",
    "CREATE INDEX ix_parties_actor ON parties (actor)",
    "CREATE TABLE speakers ( attribution INTEGER NOT NULL, actor VARCHAR NOT NULL, CONSTRAINT pk_speakers "
    "PRIMARY KEY (attribution, actor), CONSTRAINT fk_speakers_attribution FOREIGN KEY(attribution) "
    "REFERENCES attributions (id), CONSTRAINT fk_speakers_actor FOREIGN KEY(actor) REFERENCES actors (id) "
    ")",
    "CREATE INDEX ix_speakers_actor ON speakers (actor)",
    "CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, content='articles', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN INSERT INTO articles_fts(rowid, title, "
    "text) VALUES (new.id, new.title, new.text); END",
    "CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN INSERT INTO articles_fts(articles_fts, "
    "rowid, title, text) VALUES ('delete', old.id, old.title, old.text); END",
)
