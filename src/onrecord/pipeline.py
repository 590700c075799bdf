"""The order of stages: what happens to one page. Pure but for the model files; the same in a pool and elsewhere."""

from __future__ import annotations

from .errors import SkipPage, StopRun
from .read import read
from .read.sketch import read as sketch
from .records import Page, PageResult, Reading, Skipped
from .restore import restore


def read_page(page: Page) -> PageResult:
    """Restore and read one page. A page that cannot be is returned with the reason; only `StopRun` is raised."""
    article = None
    try:
        article = restore(page)
        return PageResult(page, article, read(article))
    except SkipPage as skip:
        reading = Reading() if article is None else Reading(sketch=sketch(article))  # what is not read can still be a copy
        return PageResult(page, article, reading, Skipped(skip.step, skip.reason))
    except StopRun:
        raise
    except Exception as error:  # the seam where a page's fault must not end the run; the reason goes on record
        step = "restore" if article is None else "read"
        reason = f"a fault of ours ({type(error).__name__}: {error}); please report it with the page"
        return PageResult(page, article, Reading(), Skipped(step, reason))
