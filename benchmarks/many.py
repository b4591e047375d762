"""Many briefs to all editions, with one job and with two: how much faster, and whether memory stays flat."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks import text
from benchmarks.measure import JobError, measure


class Batch(NamedTuple):
    """One run over some briefs; times are seconds of the wall and of all processors, memory that of the largest
    process in megabytes."""

    briefs: int
    jobs: int
    seconds: float
    processor: float
    megabytes: float


def batches(most: int) -> list[Batch]:
    """Measure a tenth of the briefs and then all of them, each with one job and with two, in turn.

    Raises:
        JobError: octavo failed, or an edition is missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        sources = []
        for number, brief in enumerate(text.briefs(most)):
            sources.append(place / f"brief{number:05}.md")
            sources[-1].write_text(brief, encoding="utf-8")
        return [
            _batch(sources[:count], jobs, place / f"out-{count}-{jobs}")
            for count in sorted({max(1, most // 10), most})
            for jobs in (1, 2)
        ]


def _batch(sources: list[Path], jobs: int, out: Path) -> Batch:
    before = os.times()
    command = (sys.executable, "-m", "octavo.cli", "export", "--jobs", str(jobs), "--out", str(out))
    run = measure([(*command, *map(str, sources))])
    after = os.times()
    made = len(list(out.iterdir()))
    if made != 3 * len(sources):
        raise JobError(f"{made} editions of {len(sources)} briefs")
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Batch(len(sources), jobs, run.seconds, spent, run.megabytes)


def report(found: list[Batch]) -> str:
    """Return the table: ratios to one job over as many briefs."""
    most = max(each.briefs for each in found)
    lines = [
        "## Many sources",
        "",
        f"{most:,} briefs of 900 to 2,600 words, no two alike, to three editions; one sitting. Processor time is that",
        "of all processes together: where two jobs need no more of it than one, only a busy machine keeps them from",
        "half the time. Peak memory is that of the largest process.",
        "",
        "| briefs | jobs | times one job's time | times its processor time | seconds | seconds a brief | peak MB |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    alone = {each.briefs: each for each in found if each.jobs == 1}
    for each in found:
        one = alone[each.briefs]
        spent = each.processor / one.processor
        lines.append(
            f"| {each.briefs:,} | {each.jobs} | {each.seconds / one.seconds:.2f} | {spent:.2f} | {each.seconds:.1f} "
            f"| {each.seconds / each.briefs:.2f} | {each.megabytes:.0f} |"
        )
    return "\n".join([*lines, ""])
