"""The Word writer alone, beside the whole of pandoc: from a document that is resolved to the bytes of its file.

`python -m benchmarks.writer SOURCE [paged]` prints the seconds that the first Word file of a process takes.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import ClassVar, NamedTuple

import octavo
from benchmarks import text
from benchmarks.contenders import CONTENDERS, Place
from benchmarks.measure import ROOT, JobError, measure
from octavo.environment import DiskEnvironment
from octavo.plugins import load_maker
from octavo.production import prepare, write
from octavo.writers.docx.writer import DocxWriter


class Share(NamedTuple):
    """What one book took: seconds of the writer with a layout's pages and without, and of pandoc's whole process."""

    book: str
    paged: float
    plain: float
    pandoc: float


def shares(words: int, rounds: int) -> list[Share]:
    """Measure the writer and pandoc in turn, on a book of prose and on a rich one; medians.

    Raises:
        JobError: one of them failed.
    """
    pandoc = next(each for each in CONTENDERS if (each.name, each.kind) == ("pandoc", "docx"))
    found: list[Share] = []
    for name, rich in (("prose", False), ("rich", True)):
        with tempfile.TemporaryDirectory() as folder:
            place = Place(Path(folder) / "source.md", Path(folder))
            place.source.write_text(text.book(words, rich=rich), encoding="utf-8")
            turns = [
                (
                    _written(place.source, "paged"),
                    _written(place.source),
                    measure(pandoc.commands(place)).seconds,
                )
                for _ in range(rounds)
            ]
        found.append(Share(name, *(statistics.median(each) for each in zip(*turns, strict=True))))
    return found


def _written(source: Path, *paged: str) -> float:
    command = (sys.executable, "-m", "benchmarks.writer", str(source), *paged)
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        raise JobError(run.stderr.strip()[-300:])
    return float(run.stdout)


def report(found: list[Share]) -> str:
    """Return the table: shares of pandoc's time."""
    lines = [
        "## The Word writer alone",
        "",
        "From the resolved document to the bytes of the file, the first of a process that has loaded what it needs,",
        "with the pages of a layout and without, as a share of what pandoc's whole process takes from Markdown to its",
        "file.",
        "",
        "| book | with pages | without | seconds | pandoc's seconds |",
        "|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {each.book} | {each.paged / each.pandoc:.2f} | {each.plain / each.pandoc:.2f} "
        f"| {each.paged:.2f} | {each.pandoc:.2f} |"
        for each in found
    ]
    return "\n".join([*lines, ""])


class _Pageless(DocxWriter):
    """The writer, where nobody has set the pages."""

    needs_layout: ClassVar[bool] = False


def main() -> None:
    """Write one Word file, and print the seconds that it took."""
    source, *paged = sys.argv[1:]
    writer = DocxWriter() if paged else _Pageless()
    prepared = prepare(octavo.read(source), "policy", (writer,), DiskEnvironment())
    load_maker(writer.name)
    began = time.perf_counter()
    write(prepared, writer)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
