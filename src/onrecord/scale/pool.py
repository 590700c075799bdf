"""Pages read in several processes; results come in the order of the pages, whatever finishes first."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context

from ..pipeline import read_page
from ..records import Page, PageResult

FEW = 12  # a second process has its model loaded after about as many pages
AHEAD = 4  # pages in flight for each process: enough to keep it busy, few enough to bound memory


def read_pages(pages: Iterable[Page], jobs: int | None = None) -> Iterator[PageResult]:
    """Restore and read pages; few of them, or with one job, in this process."""
    stream = iter(pages)
    first = list(islice(stream, FEW))
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or len(first) < FEW:
        yield from map(read_page, chain(first, stream))
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[PageResult]] = deque()
        for page in chain(first, stream):
            waiting.append(pool.submit(read_page, page))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
