"""Many sources at once: side by side, with one bar for all and a table at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Final

import click
import msgspec

from octavo.batch import Order, Result, export_many
from octavo.cli.garbage import collect_seldom
from octavo.cli.report import Report
from octavo.forks import spare_cores

_MOST: Final = 61
"""Processes side by side: Windows can wait for no more (concurrent.futures.ProcessPoolExecutor)."""


def export_all(sources: tuple[str, ...], order: Order, jobs: int, report: Report) -> None:
    """Export each source, side by side where more than one job is wanted, with one bar for all on a terminal."""
    with ExitStack() as stack:
        executor = None
        if len(sources) == 1:
            order = msgspec.structs.replace(order, workers=spare_cores())
        elif jobs != 1:
            from concurrent.futures import ProcessPoolExecutor

            executor = stack.enter_context(
                ProcessPoolExecutor(
                    min(jobs or os.cpu_count() or 1, len(sources), _MOST), initializer=collect_seldom
                )
            )
        results: Iterable[Result] = export_many(sources, order, executor=executor)
        many = len(sources) > 1
        if many and sys.stderr.isatty():
            # Lines between would tear the bar: what is to be said comes when all are done.
            bar = click.progressbar(results, length=len(sources), label="exporting", file=sys.stderr)
            results = list(stack.enter_context(bar))
        for result in results:
            report.result(result, of_many=many)
    if many:
        report.summary()
