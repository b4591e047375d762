"""Run octavo and its peers on the same inputs, in turn, one process each, and print medians and ratios.

    python -m benchmarks [--rounds 3] [--words 200000] [--rich] [--growth] [--write]

A peer that is not installed is named. `--write` puts the table into docs/performance.md. Times are of whole processes,
start-up included; ratios are of medians of one sitting, since machines differ and are noisy.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus

GROWTH = (10_000, 100_000, 1_000_000)
TARGET = Path(__file__).parent.parent / "docs" / "performance.md"


class Run(NamedTuple):
    """One measured process: seconds of wall time, and its peak memory in megabytes."""

    seconds: float
    megabytes: float


class Contender(NamedTuple):
    """Something to measure: the commands that together do the job, run one after the other."""

    name: str
    commands: tuple[tuple[str, ...], ...]


def contenders(source: Path, out: Path) -> tuple[list[Contender], list[str]]:
    """Return what can be measured here, and the names of what is not installed."""
    python = sys.executable
    octavo = (python, "-m", "octavo.cli", "export", str(source), "--out", str(out))
    found = [
        Contender("octavo: pdf, docx, epub", (octavo,)),
        Contender("octavo: pdf", ((*octavo, "--to", "pdf"),)),
        Contender("octavo: docx", ((*octavo, "--to", "docx"),)),
        Contender("octavo: epub", ((*octavo, "--to", "epub"),)),
    ]
    missing = []
    pandoc = _pandoc()
    if pandoc:
        base = (pandoc, "-s", "--toc", str(source))
        found.append(Contender("pandoc: docx", ((*base, "-o", str(out / "p.docx")),)))
        found.append(Contender("pandoc: epub", ((*base, "-o", str(out / "p.epub")),)))
    else:
        missing.append("pandoc (pypandoc_binary)")
    if pandoc and _installed("typst"):
        typ = str(out / "p.typ")
        compile_typst = f"import typst; typst.compile({typ!r}, output={str(out / 't.pdf')!r})"
        found.append(
            Contender(
                "pandoc and typst: pdf", ((*base, "-t", "typst", "-o", typ), (python, "-c", compile_typst))
            )
        )
    else:
        missing.append("typst")
    if _installed("weasyprint") and pandoc:
        page = str(out / "p.html")
        make = f"from weasyprint import HTML; HTML({page!r}).write_pdf({str(out / 'w.pdf')!r})"
        found.append(Contender("pandoc and weasyprint: pdf", ((*base, "-o", page), (python, "-c", make))))
    else:
        missing.append("weasyprint")
    return found, missing


def measure(contender: Contender) -> Run:
    """Run a contender once."""
    began, peak = time.perf_counter(), 0.0
    for command in contender.commands:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            said = process.stderr.read().decode(errors="replace") if process.stderr else ""
            raise SystemExit(f"{contender.name} failed: {said[-2000:]}")
        peak = max(peak, usage.ru_maxrss / 1024)
    return Run(time.perf_counter() - began, peak)


def sitting(text: str, rounds: int) -> tuple[dict[str, list[Run]], list[str]]:
    """Measure all contenders on one text, in turn, for some rounds after one to warm the disk."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "source.md", Path(folder) / "out"
        out.mkdir()
        source.write_text(text, encoding="utf-8")
        found, missing = contenders(source, out)
        runs: dict[str, list[Run]] = {each.name: [] for each in found}
        for turn in range(rounds + 1):
            for contender in found:
                run = measure(contender)
                if turn:
                    runs[contender.name].append(run)
        return runs, missing


def table(title: str, runs: Mapping[str, Sequence[Run]]) -> str:
    """Return a Markdown table of medians and of ratios to the sum of the peers that make the three editions."""
    medians = {name: statistics.median(run.seconds for run in each) for name, each in runs.items()}
    peers = [name for name in medians if name in ("pandoc: docx", "pandoc: epub", "pandoc and typst: pdf")]
    total = sum(medians[name] for name in peers)
    lines = [f"## {title}", "", "| job | seconds | of the peers' sum | peak MB |", "|---|--:|--:|--:|"]
    for name, each in runs.items():
        share = f"{medians[name] / total:.2f}" if len(peers) == 3 else "–"
        lines.append(f"| {name} | {medians[name]:.2f} | {share} | {max(run.megabytes for run in each):.0f} |")
    return "\n".join([*lines, ""])


def startup(rounds: int) -> str:
    """Return a Markdown table of how long it takes until octavo does anything."""
    python = sys.executable
    rows = (
        Contender("python", ((python, "-c", "pass"),)),
        Contender("import octavo", ((python, "-c", "import octavo"),)),
        Contender("octavo --help", ((python, "-m", "octavo.cli", "--help"),)),
    )
    lines = ["## Start-up", "", "| process | seconds |", "|---|--:|"]
    for each in rows:
        median = statistics.median([measure(each).seconds for _ in range(rounds + 1)][1:])
        lines.append(f"| {each.name} | {median:.3f} |")
    return "\n".join([*lines, ""])


def growth(rounds: int) -> str:
    """Return a Markdown table of a PDF's time as its text grows; the exponent is 1 where time grows as the words do."""
    lines = ["## Growth", "", "| words | seconds | exponent | peak MB |", "|--:|--:|--:|--:|"]
    before = 0.0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.md"
        command = (sys.executable, "-m", "octavo.cli", "export", str(source), "--out", folder, "--to", "pdf")
        for words in GROWTH:
            source.write_text(corpus.book(words), encoding="utf-8")
            runs = [measure(Contender("octavo", (command,))) for _ in range(rounds)]
            seconds = statistics.median(run.seconds for run in runs)
            exponent = f"{math.log10(seconds / before):.2f}" if before else "–"
            lines.append(
                f"| {words:,} | {seconds:.2f} | {exponent} | {max(run.megabytes for run in runs):.0f} |"
            )
            before = seconds
    return "\n".join([*lines, ""])


def machine(missing: Sequence[str]) -> str:
    """Say what was measured, and on what."""
    packages = ("octavo", "pypandoc_binary", "typst", "weasyprint", "reportlab", "python-docx", "ebooklib")
    versions = [f"{name} {metadata.version(name)}" for name in packages if _installed(name)]
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}; "
        f"{', '.join(versions)}.",
    ]
    if missing:
        lines.append(f"Not installed, so not measured: {', '.join(missing)}.")
    return "\n".join([*lines, ""])


def main() -> None:
    """Measure, print, and write where it is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--words", type=int, default=200_000, help="words of the book")
    parser.add_argument("--rich", action="store_true", help="a book with tables, lists, code and quotations")
    parser.add_argument("--growth", action="store_true", help="books of 10,000 to 1,000,000 words as well")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args()
    pages, missing = [], []
    for title, text in (
        ("A brief of 2,000 words", corpus.brief()),
        (f"A book of {options.words:,} words", corpus.book(options.words, rich=options.rich)),
    ):
        runs, missing = sitting(text, options.rounds)
        pages.append(table(title, runs))
        print(pages[-1], flush=True)
    pages.append(startup(options.rounds))
    print(pages[-1], flush=True)
    if options.growth:
        pages.append(growth(options.rounds))
        print(pages[-1], flush=True)
    head = (
        "# Performance\nMedians of whole processes, run in turn in one sitting by `python -m benchmarks`.\n"
    )
    text = "\n".join([head, machine(missing), *pages])
    if options.write:
        TARGET.write_text(text, encoding="utf-8")
    print(machine(missing))


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _pandoc() -> str:
    if _installed("pypandoc_binary"):
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    return shutil.which("pandoc") or ""


if __name__ == "__main__":
    main()
