"""Run processes in turn, and keep how long each took and how much memory it had at its peak."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.contenders import Command, Contender, Place, preparations

ROOT = Path(__file__).parent.parent


class Run(NamedTuple):
    """One job: seconds of wall time, and the peak memory of its largest process, in megabytes."""

    seconds: float
    megabytes: float


class Measured(NamedTuple):
    """What all rounds say of one contender; `failure` is why there is no figure."""

    contender: Contender
    runs: tuple[Run, ...]
    pages: int
    failure: str = ""

    @property
    def seconds(self) -> float:
        """The median over all rounds."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def megabytes(self) -> float:
        """The highest peak over all rounds."""
        return max(run.megabytes for run in self.runs)


class JobError(Exception):
    """A process ended with a status that is not 0; says what it said."""


def measure(commands: Iterable[Command]) -> Run:
    """Run a job once, start-up included.

    Raises:
        JobError: one of its processes did.
    """
    seconds, peak = 0.0, 0.0
    world = {**os.environ, "PYTHONPATH": str(ROOT)}
    for command in commands:
        # A file rather than a pipe: a process that says much must not wait for its reader.
        with tempfile.TemporaryFile() as said:
            began = time.perf_counter()
            process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=said, env=world, stdin=subprocess.DEVNULL
            )
            _, status, usage = os.wait4(process.pid, 0)
            seconds += time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            if status:
                said.seek(0)
                raise JobError(said.read().decode(errors="replace").strip()[-300:])
        peak = max(peak, usage.ru_maxrss / 1024)
    return Run(seconds, peak)


def sitting(text: str, contenders: Sequence[Contender], rounds: int, warm: int = 0) -> tuple[Measured, ...]:
    """Measure all contenders on one text, in turn; `warm` rounds before that are not counted."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder) / "source.md", Path(folder) / "out")
        place.folder.mkdir()
        place.source.write_text(text, encoding="utf-8")
        for command in preparations(place):
            measure([command])
        runs: dict[Contender, list[Run]] = {each: [] for each in contenders}
        failures: dict[Contender, str] = {}
        for turn in range(warm + rounds):
            for each in contenders:
                if each in failures:
                    continue
                try:
                    run = measure(each.commands(place))
                except JobError as failed:
                    failures[each] = " ".join(str(failed).split())
                else:
                    runs[each] += [run] if turn >= warm else []
        return tuple(
            Measured(each, tuple(runs[each]), _pages(place, each), failures.get(each, ""))
            for each in contenders
        )


def _pages(place: Place, contender: Contender) -> int:
    path = place.folder / contender.made
    if not contender.made or not path.is_file():
        return 0
    import pikepdf

    with pikepdf.open(path) as file:
        return len(file.pages)
