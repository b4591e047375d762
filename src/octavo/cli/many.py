"""Many sources at once: side by side, with one bar for all and a table at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

import click
import msgspec

from octavo.batch import Order, Result, export_many
from octavo.cli.garbage import collect_seldom
from octavo.cli.report import Report
from octavo.forks import StandBy, spare_cores

if TYPE_CHECKING:
    from concurrent.futures import Executor

_MOST: Final = 61
"""Processes side by side: Windows can wait for no more (concurrent.futures.ProcessPoolExecutor)."""


def _begin() -> None:
    """Prepare a process of a pool; it leaves with the command, even where that was killed and could say nothing."""
    import multiprocessing
    import threading

    collect_seldom()
    parent = multiprocessing.parent_process()

    def leave_together() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=leave_together, daemon=True).start()


@contextmanager
def _pool(count: int) -> Iterator[Executor]:
    """Give a pool of processes; where the command is stopped, what they work at is not waited for."""
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(count, initializer=_begin)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def export_all(
    sources: tuple[str, ...], order: Order, jobs: int, report: Report, reader: StandBy | None
) -> None:
    """Export each source, side by side where more than one job is wanted, with one bar for all on a terminal."""
    if reader is not None and len(sources) > 1:
        reader.abandon()
    with ExitStack() as stack:
        executor = None
        if len(sources) == 1:
            order = msgspec.structs.replace(order, workers=spare_cores())
        elif jobs != 1:
            executor = stack.enter_context(_pool(min(jobs or os.cpu_count() or 1, len(sources), _MOST)))
        results: Iterable[Result] = export_many(sources, order, executor=executor, reader=reader)
        many = len(sources) > 1
        if many and sys.stderr.isatty():
            # Lines between would tear the bar: what is to be said comes when all are done.
            bar = click.progressbar(results, length=len(sources), label="exporting", file=sys.stderr)
            results = list(stack.enter_context(bar))
        for result in results:
            report.result(result, of_many=many)
    if many:
        report.summary()
