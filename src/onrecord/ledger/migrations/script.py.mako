"""${message}"""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Never edit a migration that has landed; write the next one."""
    ${upgrades if upgrades else "pass"}
