"""Many sources at once: side by side, with one bar for all and a table at the end."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Final

import click

from octavo.batch import Order, Result, export_many
from octavo.cli.report import Report

_NEW_OBJECTS: Final = 1_000_000
"""How many objects are made between two searches for garbage."""


def export_all(sources: tuple[str, ...], order: Order, jobs: int, report: Report) -> None:
    """Export each source, side by side where more than one job is wanted, with one bar for all on a terminal."""
    with ExitStack() as stack:
        executor = None
        if jobs != 1 and len(sources) > 1:
            from concurrent.futures import ProcessPoolExecutor

            executor = stack.enter_context(
                ProcessPoolExecutor(jobs if jobs > 0 else None, initializer=collect_seldom)
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


def collect_seldom() -> None:
    """Let Python look for cycles of garbage seldom: documents hold none, and looking costs a tenth of an export."""
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
