"""What was measured, as Markdown."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.contenders import absent, version_of
from benchmarks.measure import Measured

_PACKAGES = ("octavo", "pandoc", "typst", "weasyprint", "reportlab", "python-docx", "ebooklib")
_TOGETHER = (("pandoc and typst", "pdf"), ("pandoc", "docx"), ("pandoc", "epub"))


def side_by_side(title: str, measured: Sequence[Measured]) -> str:
    """Return a table of one text: medians, and ratios to octavo's job of the same kind."""
    own = {each.contender.kind: each for each in measured if each.contender.name == "octavo" and each.runs}
    lines = [
        f"## {title}",
        "",
        "| edition | tool | times octavo's time | seconds | peak MB | pages |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for each in measured:
        edition = "all three" if each.contender.kind == "all" else each.contender.kind
        if not each.runs:
            lines.append(f"| {edition} | {each.contender.name} | failed: {each.failure[:160]} | – | – | – |")
            continue
        mine = own.get(each.contender.kind)
        ratio = f"{each.seconds / mine.seconds:.2f}" if mine else "–"
        lines.append(
            f"| {edition} | {each.contender.name} | {ratio} | {each.seconds:.2f} | {each.megabytes:.0f} "
            f"| {each.pages or '–'} |"
        )
    return "\n".join([*lines, *_together(measured, own), ""])


def _together(measured: Sequence[Measured], own: dict[str, Measured]) -> list[str]:
    """Return the row of what the peers need for all three editions together."""
    peers = {(each.contender.name, each.contender.kind): each for each in measured if each.runs}
    if "all" not in own or any(each not in peers for each in _TOGETHER):
        return []
    total = sum(peers[each].seconds for each in _TOGETHER)
    most = max(peers[each].megabytes for each in _TOGETHER)
    ratio = total / own["all"].seconds
    return [f"| all three | pandoc, and typst for the PDF | {ratio:.2f} | {total:.2f} | {most:.0f} | – |"]


def growth(rows: Iterable[tuple[int, Measured]]) -> str:
    """Return a table of how time and memory grow with the text; the exponent is 1 where time grows as words do."""
    lines = [
        "## Growth",
        "",
        "A book of prose to PDF. The exponent is 1 where time grows as the words do.",
        "",
        "| tool | words | times the first | exponent | seconds | peak MB | pages |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    first: dict[str, float] = {}
    before: dict[str, tuple[int, float]] = {}
    for words, each in rows:
        name = each.contender.name
        if not each.runs:
            lines.append(f"| {name} | {words:,} | failed: {each.failure[:160]} | – | – | – | – |")
            continue
        start = first.setdefault(name, each.seconds)
        exponent = "–"
        if name in before:
            fewer, sooner = before[name]
            exponent = f"{math.log(each.seconds / sooner) / math.log(words / fewer):.2f}"
        before[name] = (words, each.seconds)
        lines.append(
            f"| {name} | {words:,} | {each.seconds / start:.1f} | {exponent} | {each.seconds:.2f} "
            f"| {each.megabytes:.0f} | {each.pages or '–'} |"
        )
    return "\n".join([*lines, ""])


def start_up(rows: Sequence[tuple[str, float]]) -> str:
    """Return a table of how long it takes until anything happens, as ratios to an empty Python program."""
    lines = ["## Start-up", "", "| process | times an empty program | seconds |", "|---|--:|--:|"]
    bare = rows[0][1]
    lines += [f"| {name} | {seconds / bare:.2f} | {seconds:.3f} |" for name, seconds in rows]
    return "\n".join([*lines, ""])


def machine(rounds: int) -> str:
    """Say what was measured, on what, and what was not there to be measured."""
    versions = [
        f"{name} {version_of(name)}" if version_of(name) else f"{name} not installed" for name in _PACKAGES
    ]
    lines = [
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {_processor()}, "
        f"{os.cpu_count()} cores, {_memory()}; {rounds} rounds.",
        f"{', '.join(versions)}.",
    ]
    if absent():
        lines.append(f"Not installed, so not measured: {'; '.join(absent())}.")
    return "\n".join([*lines, ""])


def _processor() -> str:
    table = Path("/proc/cpuinfo")
    if table.is_file():
        for line in table.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "processor unknown"


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB of memory"
    except (AttributeError, ValueError, OSError):
        return "memory unknown"
