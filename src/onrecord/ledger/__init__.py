"""The ledger: the only thing with state. SQLite, one transaction a page, facts that are written once and never edited."""

from __future__ import annotations

from .store import Ledger, open_ledger

__all__ = ["Ledger", "open_ledger"]
