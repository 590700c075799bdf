"""The desk: the ledger as web pages. Reads the ledger, and writes nothing but what a person decides."""

from __future__ import annotations

from .app import create_app

__all__ = ["create_app"]
