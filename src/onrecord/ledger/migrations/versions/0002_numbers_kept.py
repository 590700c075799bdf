"""A contact's number is never given out twice: one without rows says which contact they went to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Never edit a migration that has landed; write the next one."""
    op.add_column("merged", sa.Column("into", sa.Integer))
