"""Run octavo and its peers on the same inputs, in turn, one process each, and print medians and ratios.

    python -m benchmarks [--rounds 5] [--words 100000] [--growth 10000,100000,1000000] [--briefs 100]
                         [--only PART]... [--write]

`pip install '.[bench]'` brings the peers; one that is not installed is named. Times are of whole processes, start-up
included. `--write` puts the tables into docs/performance.md, where those of other parts stay as they are: run it on a
quiet machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

from benchmarks import many, page, report, text, writer
from benchmarks.contenders import present
from benchmarks.measure import Measured, measure, sitting

TARGET = Path(__file__).parent.parent / "docs" / "performance.md"
PARTS = ("brief", "prose", "rich", "writer", "growth", "start-up", "many")
HEAD = """# Performance

Octavo and its peers on the same made-up text, by `python -m benchmarks`: medians of whole processes, run in turn in
one sitting. Seconds are those of one machine; the ratios are what to compare, and differences under a tenth are noise.
The peers do not do the same work: octavo's PDF is tagged and archivable, with contents and notes at the foot; platypus
sets plain paragraphs, and plain python-docx and EbookLib put notes where they stand in the source. Peak memory is that
of the largest process of a job. Octavo uses both cores: one copy of its process reads the source and sets part of a
long text, and makes the second and third edition. On a machine that others share, this help is worth more or less:
between sittings of one day octavo's PDF took from 0.7 to 1.1 of Typst's time for prose, and from 0.9 to 1.2 for the
rich book. So is the build of Python: Debian's own 3.11 needs 10 to 18 % less time for either book than the one told
below, which was compiled without a profile.
"""


def main() -> None:
    """Measure, print, and write where it is asked for."""
    options = _options()
    parts = options.only or PARTS
    machine, found = report.machine(options.rounds), list[str]()
    print(machine, flush=True)
    for name in parts:
        found.append(_part(name, options))
        print(found[-1], flush=True)
    if options.write:
        before = TARGET.read_text(encoding="utf-8") if TARGET.is_file() else ""
        TARGET.write_text(page.merged(before, HEAD, machine, found), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="times that each job is run")
    parser.add_argument("--words", type=int, default=100_000, help="words of the books")
    parser.add_argument("--growth", default="10000,100000,1000000", help="words of the books that grow")
    parser.add_argument("--briefs", type=int, default=100, help="how many there are where many are measured")
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part; may be repeated")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    return parser.parse_args()


def _part(name: str, options: argparse.Namespace) -> str:
    match name:
        case "brief":
            found = sitting(text.brief(), present(), options.rounds, warm=1)
            return report.side_by_side("A brief of 1,700 words", found)
        case "prose" | "rich":
            rich = name == "rich"
            found = sitting(text.book(options.words, rich=rich), present(), options.rounds)
            said = "with notes, lists, tables, quotations, code and links" if rich else "of prose with notes"
            return report.side_by_side(f"A book of {options.words:,} words {said}", found)
        case "writer":
            return writer.report(writer.shares(options.words, options.rounds))
        case "growth":
            return report.growth(_growth([int(each) for each in options.growth.split(",")], options.rounds))
        case "many":
            return many.report(many.batches(options.briefs))
        case _:
            return report.start_up(_start_up(max(5, options.rounds)))


def _growth(sizes: list[int], rounds: int) -> list[tuple[int, Measured]]:
    """Measure octavo and Typst, in turn, on books of some sizes."""
    chosen = [
        each for each in present() if each.kind == "pdf" and each.name in ("octavo", "typst, from .typ")
    ]
    by_size = [(words, sitting(text.book(words), chosen, rounds)) for words in sizes]
    return [(words, found[at]) for at in range(len(chosen)) for words, found in by_size]


def _start_up(rounds: int) -> list[tuple[str, float]]:
    python = sys.executable
    commands = (
        ("an empty Python program", (python, "-c", "pass")),
        ("import octavo", (python, "-c", "import octavo")),
        ("octavo --help", (python, "-m", "octavo.cli", "--help")),
    )
    runs = [[measure([command]).seconds for _, command in commands] for _ in range(rounds + 1)][1:]
    return [(name, statistics.median(turn[at] for turn in runs)) for at, (name, _) in enumerate(commands)]


if __name__ == "__main__":
    main()
