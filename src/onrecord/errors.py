"""What can go wrong, as a tree: SkipPage means "go on with the next page", StopRun means "stop, a person must act".

    OnRecordError
    ├── SkipPage          this page cannot be read; the reason goes to the ledger and to stderr
    │   ├── Unreadable    the bytes could not be had or decoded
    │   ├── NotAnArticle  there is no article on it
    │   └── NotRead       restored and stored, but not read (a language without readers, too long)
    └── StopRun           the run cannot go on
        ├── BadRequest    the caller asked for something that cannot be (exit code 2)
        ├── LedgerError   the ledger is missing, locked, damaged or of another version
        └── ModelMissing  a model that the readers need is not installed

Every message says what was wrong, with which input, and what to do about it.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Anything that OnRecord raises on purpose."""


class SkipPage(OnRecordError):
    """One page is left out, in one `step`, for one `reason`; the run goes on."""

    def __init__(self, reason: str, *, step: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.step = step


class Unreadable(SkipPage):
    """The bytes of a page could not be had or decoded."""

    def __init__(self, reason: str, *, step: str = "ingest") -> None:
        super().__init__(reason, step=step)


class NotAnArticle(SkipPage):
    """A page on which no article was found."""

    def __init__(self, reason: str, *, step: str = "restore") -> None:
        super().__init__(reason, step=step)


class NotRead(SkipPage):
    """An article that was restored but that no reader can read."""

    def __init__(self, reason: str, *, step: str = "read") -> None:
        super().__init__(reason, step=step)


class StopRun(OnRecordError):
    """The run cannot go on until a person acts."""


class BadRequest(StopRun):
    """The caller asked for something that cannot be."""


class LedgerError(StopRun):
    """The ledger is missing, locked, damaged or of another version."""


class ModelMissing(StopRun):
    """A model that the readers need is not installed."""
