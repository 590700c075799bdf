"""Opening a ledger: SQLite with WAL and foreign keys, brought to the newest migration."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError

from ..errors import LedgerError
from .schema import HEAD

SETTING = "ONRECORD_LEDGER"
DEFAULT = "onrecord.db"
BUSY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger. What goes wrong with the file itself is raised as `LedgerError`, here and nowhere else."""

    path: Path
    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger."""
        with _said_plainly(self.path), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction of its own: all of it is kept, or nothing."""
        with (
            _said_plainly(self.path),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection


def open_ledger(path: str | Path, *, create: bool = True) -> Ledger:
    """Open a ledger, made or migrated where needed. Raises `LedgerError`."""
    path = Path(path)
    if not path.exists() and not create:
        raise LedgerError(f"no ledger at {path}; run `onrecord add PAGES` first, or name another with --ledger")
    if not path.parent.is_dir():
        raise LedgerError(f"no folder {path.parent} for the ledger; make it, or name another with --ledger")
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    with _said_plainly(path):
        found = _version(engine)
        if found != HEAD:
            _migrate(engine, found)
    return Ledger(path, engine)


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    """Turns what SQLite says of the file into words for a person. A row that does not fit is not the file's fault."""
    try:
        yield
    except (IntegrityError, DataError, InterfaceError):
        raise
    except (DatabaseError, sqlite3.Error) as error:
        what = str(getattr(error, "orig", error)).splitlines()[0]
        if "locked" in what or "busy" in what:
            advice = "another program is writing to it; wait for it to end, or name another ledger with --ledger"
        elif "readonly" in what or "unable to open" in what:
            advice = "it cannot be written here; check the permissions of the file and its folder"
        elif "full" in what or "disk I/O" in what:
            advice = "make room on the disk, then run the same command again: what was accepted is kept"
        else:
            advice = f"it is damaged, or no ledger of ours; run `onrecord doctor --ledger {path}`, or restore a copy of it"
        raise LedgerError(f"the ledger {path}: {what}; {advice}") from None


def _configure(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, so that DDL is part of them
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("holds", 2, holds, deterministic=True)


def holds(text: str | None, name: str) -> bool:
    """Does a text hold a name as whole words, whatever their case? Known to SQL as holds()."""
    return text is not None and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
        if "alembic_version" not in tables:
            if tables:
                raise sqlite3.DatabaseError(f"tables of another program: {', '.join(sorted(tables)[:3])}")
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine, found: str | None) -> None:
    """Run the missing migrations, each in one transaction."""
    from alembic import command  # 0.2 s to import, and most runs need no migration
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    if found is not None and found not in {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}:
        raise LedgerError(f"the ledger is of a newer version ({found}) than this program ({HEAD}); upgrade onrecord")
    with engine.connect().execution_options(writes=True) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
            connection.commit()
        except CommandError as error:
            raise LedgerError(f"the ledger could not be migrated ({error})") from None


def now() -> str:
    """The time at which something is entered: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def integrity(ledger: Ledger) -> list[str]:
    """What SQLite finds wrong with a ledger; empty where nothing is."""
    with ledger.reading() as connection:
        found = [str(r) for r in connection.execute(text("PRAGMA integrity_check")).scalars() if r != "ok"]
        found += [f"row of {r[0]} without its {r[2]}" for r in connection.execute(text("PRAGMA foreign_key_check"))]
    return found
