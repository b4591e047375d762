"""Many sources at once: side by side, with one bar for all and a table at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Final

import click
import msgspec

from octavo.batch import Order, Result, export_many
from octavo.cli.report import Report
from octavo.forks import StandBy, spare_cores

_MOST: Final = 61
"""Processes side by side: Windows can wait for no more (concurrent.futures.ProcessPoolExecutor)."""


def _tried_again(results: Iterable[Result], order: Order) -> Iterator[Result]:
    """Try once more, each in a process of its own, the sources that were lost: one that dies takes others with it."""
    from octavo.cli.pool import pool

    lost: list[str] = []
    for result in results:
        if result.lost:
            lost.append(result.source)
        else:
            yield result
    for source in lost:
        with pool(1) as alone:
            yield from export_many([source], order, executor=alone)


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
            from octavo.cli.pool import pool

            executor = stack.enter_context(pool(min(jobs or os.cpu_count() or 1, len(sources), _MOST)))
        results: Iterable[Result] = export_many(sources, order, executor=executor, reader=reader)
        if executor is not None:
            results = _tried_again(results, order)
        many = len(sources) > 1
        if many and sys.stderr.isatty():
            # Lines between would tear the bar: what is to be said comes when all are done.
            bar = click.progressbar(results, length=len(sources), label="exporting", file=sys.stderr)
            results = list(stack.enter_context(bar))
        for result in results:
            report.result(result, of_many=many)
    if many:
        report.summary()
