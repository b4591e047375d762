"""Octavo's own readers and writers pass the kit that it gives to others; those that break the contract do not."""

from __future__ import annotations

import datetime as datetimes
import locale
import os
import random
import re
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

from octavo.diagnostics import error
from octavo.edition import Output
from octavo.errors import SourceError
from octavo.plugins import find_reader, find_writer
from octavo.readers.protocol import Parsed, Source
from octavo.testing import ConformanceError, check_reader, check_writer
from octavo.testing.faults import all_text
from octavo.testing.samples import BLOCKS, INLINES
from octavo.theme.style import Medium
from octavo.tree import Document, nodes
from octavo.tree.metadata import Metadata
from octavo.writers.protocol import Manuscript
from tests.external.tools import command
from tests.fidelity import epub, word
from tests.unit.checks.finished import edition


def _printed(data: bytes) -> str:
    """Return the words of a PDF by poppler, with those whole that were divided."""
    done = subprocess.run([command("pdftotext"), "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"[\u00ad-]\n", "", done.stdout.decode())


def _told(read: Callable[..., Any]) -> Callable[[bytes], str]:
    return lambda data: f"{(flow := read(data)).text} {' '.join(flow.notes)}"


EXTRACT: dict[str, Callable[[bytes], str]] = {
    "pdf": _printed,
    "press": _printed,
    "docx": _told(lambda data: word.read(data, "en")),
    "epub": _told(epub.read),
}


@pytest.mark.parametrize("format", list(EXTRACT))
def test_octavos_writers_conform(format: str) -> None:
    check_writer(lambda: find_writer(format), EXTRACT[format])


MARKDOWN = b"---\ntitle: T\nlanguage: en\n---\n\n# First\n\nSome *words* here.[^1]\n\n- one\n- two\n\n[^1]: A note.\n"
BRIEF = "A Title\n\n• First point of the brief\n• Second point\n\n1. Opening\n\nSome words that follow.\n".encode()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("markdown", MARKDOWN, "First Some words here. A note. one two"),
        ("brief", BRIEF, "First point Second point Opening Some words follow."),
    ],
)
def test_octavos_readers_conform(name: str, data: bytes, words: str) -> None:
    check_reader(lambda: find_reader(name), {data: words})


def test_octavos_other_readers_conform() -> None:
    from octavo.tree.dump import to_json

    kept = to_json(Document(content=(nodes.Paragraph(content=(nodes.Text(text="some words"),)),)))
    check_reader(lambda: find_reader("json"), {kept: "some words"}, places=False)
    check_reader(lambda: find_reader("docx"), {edition("docx"): "First link note Second More"}, places=False)


def test_there_is_a_sample_of_every_node() -> None:
    from typing import get_args

    assert set(BLOCKS) == set(get_args(nodes.Block))
    assert set(INLINES) == set(get_args(nodes.Inline))


class _Plain:
    """A writer that keeps all text, and does one thing that it must not."""

    name: ClassVar[str] = "plain-words"
    suffix: ClassVar[str] = ".words"
    medium: ClassVar[Medium] = Medium.SCREEN
    needs_layout: ClassVar[bool] = False

    def write(self, manuscript: Manuscript) -> Output:
        return Output(self.text(manuscript.resolved.document).encode())

    def text(self, document: Document) -> str:
        return all_text(document)


class _Loses(_Plain):
    def text(self, document: Document) -> str:
        kept = tuple(each for each in document.content if not isinstance(each, nodes.Table))
        return all_text(Document(content=kept))


class _Turns(_Plain):
    def text(self, document: Document) -> str:
        return all_text(Document(content=document.content[::-1]))


class _Dates(_Plain):
    def text(self, document: Document) -> str:
        return f"{all_text(document)} {time.localtime(time.time()).tm_yday}"


class _DatesByName(_Plain):
    def text(self, document: Document) -> str:
        return f"{all_text(document)} {datetime.now(UTC).year} {isinstance(datetime.now(UTC), datetime)}"


class _DatesToday(_Plain):
    def text(self, document: Document) -> str:
        return f"{all_text(document)} {datetimes.date.today().isoformat()}"  # noqa: DTZ011 - as a plugin may


class _AsksVariable(_Plain):
    def text(self, document: Document) -> str:
        return f"{all_text(document)} {os.environ.get('HOME')}"


class _AsksUnknownVariable(_Plain):
    def text(self, document: Document) -> str:
        return f"{all_text(document)} {os.environ.get('A_WRITERS_OWN', '')}"


class _AsksZone(_Plain):
    def text(self, document: Document) -> str:
        return f"{all_text(document)} {time.tzname[0]}"


class _AsksFolder(_Plain):
    def text(self, document: Document) -> str:
        return f"{all_text(document)} {Path.cwd()}"


class _AsksLocale(_Plain):
    def text(self, document: Document) -> str:
        return f"{all_text(document)} {locale.setlocale(locale.LC_ALL)}"


class _Draws(_Plain):
    def text(self, document: Document) -> str:
        return f"{all_text(document)} {random.random()}"


class _Counts(_Plain):
    def __init__(self) -> None:
        self.count = 0

    def text(self, document: Document) -> str:
        self.count += 1
        return f"{all_text(document)} {self.count}"


class _Peeks(_Plain):
    def text(self, document: Document) -> str:
        Path("/etc/hostname").read_bytes()
        return all_text(document)


class _Leaves(_Plain):
    def text(self, document: Document) -> str:
        with open(os.devnull, "w") as file:  # noqa: PTH123 - any file will do
            file.write("x")
        return all_text(document)


class _Calls(_Plain):
    def text(self, document: Document) -> str:
        subprocess.run(["true"], check=False)
        return all_text(document)


class _Stops(_Plain):
    def text(self, document: Document) -> str:
        raise RuntimeError(document.source[:0] + "no")


class _Shouts(_Plain):
    name: ClassVar[str] = "Loud"
    suffix: ClassVar[str] = "words"


def test_a_writer_that_keeps_all_conforms() -> None:
    check_writer(_Plain, bytes.decode)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (_Loses, "Table: .* is neither written nor reported"),
        (_Turns, "does not stand in its place"),
        (_Dates, "reads a clock, draws by chance"),
        (_DatesByName, "reads a clock"),
        (_DatesToday, "reads a clock"),
        (_AsksVariable, "asks for a variable"),
        (_AsksUnknownVariable, "asks for a variable"),
        (_AsksZone, "the time zone"),
        (_AsksFolder, "or the folder"),
        (_AsksLocale, "the locale"),
        (_Draws, "gives other bytes"),
        (_Counts, "it keeps something"),
        (_Peeks, "it reads the file /etc/hostname"),
        (_Leaves, "it writes the file"),
        (_Calls, "it calls subprocess.Popen"),
        (_Stops, "RuntimeError: no"),
        (_Shouts, "`suffix` is 'words'"),
    ],
)
def test_a_writer_that_breaks_the_contract_is_found_out(
    make: type[Any], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_WRITERS_OWN", "x")
    with pytest.raises(ConformanceError, match=fault):
        check_writer(make, bytes.decode)


class _Lines:
    """A reader of lines, a paragraph each, that does one thing that it must not."""

    name: ClassVar[str] = "lines"
    suffixes: ClassVar[tuple[str, ...]] = (".lines",)

    def read(self, source: Source) -> Parsed:
        from octavo.diagnostics import Position

        try:
            lines = source.data.decode().splitlines()
        except UnicodeDecodeError as fault:
            raise SourceError(error("not-utf-8", "no text")) from fault
        content = tuple(
            nodes.Paragraph(content=(nodes.Text(text=line),), position=Position(number, 1, source.name))
            for number, line in enumerate(self.kept(lines), 1)
        )
        return Parsed(Document(metadata=Metadata(), content=content))

    def kept(self, lines: list[str]) -> list[str]:
        return lines


class _LosesLine(_Lines):
    def kept(self, lines: list[str]) -> list[str]:
        return lines[1:]


class _Fails(_Lines):
    def kept(self, lines: list[str]) -> list[str]:
        return [lines[0]]


class _Fetches(_Lines):
    def kept(self, lines: list[str]) -> list[str]:
        Path("/etc/hostname").read_bytes()
        return lines


class _StampsLines(_Lines):
    def kept(self, lines: list[str]) -> list[str]:
        return [f"{line} {datetimes.date.today()}" for line in lines]  # noqa: DTZ011


def test_nothing_is_another_after_a_check() -> None:
    def around() -> tuple[object, ...]:
        zone, place = time.tzname, locale.setlocale(locale.LC_ALL)
        return (
            dict(os.environ),
            zone,
            place,
            Path.cwd(),
            datetimes.date,
            datetime,
            random.getstate(),
            time.time,
        )

    before = around()
    check_writer(_Plain, bytes.decode)
    assert around() == before


def test_a_reader_that_keeps_all_conforms() -> None:
    check_reader(_Lines, {b"one\ntwo\n": "one two"})


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (_LosesLine, "`one` is lost"),
        (_Fails, "IndexError"),
        (_StampsLines, "at another time and place"),
        (_Fetches, "it reads the file /etc/hostname"),
    ],
)
def test_a_reader_that_breaks_the_contract_is_found_out(make: type[Any], fault: str) -> None:
    with pytest.raises(ConformanceError, match=fault):
        check_reader(make, {b"one\ntwo\n": "one two"})
