"""Alembic's entry: the connection is handed in by the ledger, in a transaction of its own."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
