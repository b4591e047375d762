"""Who is measured, in one table: what it makes, what it needs, how it is called."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

Command = tuple[str, ...]
_PYTHON: Final = sys.executable
PANDOC_READS: Final = "markdown-citations-tex_math_dollars-raw_tex"
"""Without what it would take for something else: an @ for a citation, a dollar for mathematics."""


class Place(NamedTuple):
    """The files of one sitting: the source, what is prepared from it beforehand, and the folder of results."""

    source: Path
    folder: Path

    @property
    def typst(self) -> Path:
        """The source as Typst's own, written by pandoc before anything is measured."""
        return self.folder / "prepared.typ"

    @property
    def html(self) -> Path:
        """The source as HTML, written by pandoc before anything is measured."""
        return self.folder / "prepared.html"


class Contender(NamedTuple):
    """A way to make editions.

    Attributes:
        name: what the tables call it.
        kind: pdf, docx, epub or all; ratios are to octavo's job of the same kind.
        packages: the distributions that it needs, or the command `pandoc`.
        commands: the processes that together do the job, one after the other.
        made: the file to count the pages of, where it is a PDF.
    """

    name: str
    kind: str
    packages: tuple[str, ...]
    commands: Callable[[Place], tuple[Command, ...]]
    made: str = ""


def _octavo(formats: str) -> Callable[[Place], tuple[Command, ...]]:
    def commands(place: Place) -> tuple[Command, ...]:
        run = (_PYTHON, "-m", "octavo.cli", "export", str(place.source), "--to", formats)
        return ((*run, "--out", str(place.folder)),)

    return commands


def _pandoc(*arguments: str) -> Callable[[Place], tuple[Command, ...]]:
    def commands(place: Place) -> tuple[Command, ...]:
        return (_pandoc_command(place, *arguments),)

    return commands


def _pandoc_command(place: Place, *arguments: str) -> Command:
    *options, out = arguments
    base = (pandoc_path(), "-f", PANDOC_READS, "-s", "--toc", str(place.source))
    return (*base, *options, "-o", str(place.folder / out))


def _typst(out: str, *standards: str) -> Callable[[Place], tuple[Command, ...]]:
    def commands(place: Place) -> tuple[Command, ...]:
        made = str(place.folder / out)
        told = f", pdf_standards={list(standards)!r}" if standards else ""
        return ((_PYTHON, "-c", f"import typst; typst.compile({str(place.typst)!r}, output={made!r}{told})"),)

    return commands


def _pandoc_typst(place: Place) -> tuple[Command, ...]:
    made = str(place.folder / "pandoc-typst.pdf")
    source = str(place.folder / "pandoc.typ")
    return (
        _pandoc_command(place, "-t", "typst", "pandoc.typ"),
        (_PYTHON, "-c", f"import typst; typst.compile({source!r}, output={made!r})"),
    )


def _weasyprint(place: Place) -> tuple[Command, ...]:
    made = str(place.folder / "weasyprint.pdf")
    run = f"from weasyprint import HTML; HTML({str(place.html)!r}).write_pdf({made!r})"
    return ((_PYTHON, "-c", run),)


def _plain(module: str, out: str) -> Callable[[Place], tuple[Command, ...]]:
    def commands(place: Place) -> tuple[Command, ...]:
        return ((_PYTHON, "-m", f"benchmarks.plain.{module}", str(place.source), str(place.folder / out)),)

    return commands


CONTENDERS: Final[tuple[Contender, ...]] = (
    Contender("octavo", "all", ("octavo",), _octavo("pdf,docx,epub")),
    Contender("octavo", "pdf", ("octavo",), _octavo("pdf"), "source.pdf"),
    Contender("typst, from .typ", "pdf", ("typst", "pandoc"), _typst("typst.pdf"), "typst.pdf"),
    Contender(
        "typst, from .typ, as PDF/UA-1 and PDF/A-2a",
        "pdf",
        ("typst", "pandoc"),
        _typst("typst-ua.pdf", "a-2a", "ua-1"),
        "typst-ua.pdf",
    ),
    Contender("pandoc and typst", "pdf", ("typst", "pandoc"), _pandoc_typst, "pandoc-typst.pdf"),
    Contender("weasyprint, from HTML", "pdf", ("weasyprint", "pandoc"), _weasyprint, "weasyprint.pdf"),
    Contender("plain platypus", "pdf", ("reportlab",), _plain("platypus", "platypus.pdf"), "platypus.pdf"),
    Contender("octavo", "docx", ("octavo",), _octavo("docx")),
    Contender("pandoc", "docx", ("pandoc",), _pandoc("-t", "docx", "pandoc.docx")),
    Contender("plain python-docx", "docx", ("python-docx",), _plain("word", "plain.docx")),
    Contender("octavo", "epub", ("octavo",), _octavo("epub")),
    Contender("pandoc", "epub", ("pandoc",), _pandoc("-t", "epub3", "pandoc.epub")),
    Contender("plain EbookLib", "epub", ("ebooklib",), _plain("ebook", "plain.epub")),
)


def preparations(place: Place) -> tuple[Command, ...]:
    """Return what pandoc has to write before Typst and WeasyPrint can be measured by themselves."""
    if not pandoc_path():
        return ()
    return (
        _pandoc_command(place, "-t", "typst", place.typst.name),
        _pandoc_command(place, "-t", "html", place.html.name),
    )


def present() -> tuple[Contender, ...]:
    """Return those that can be measured here."""
    return tuple(each for each in CONTENDERS if all(map(version_of, each.packages)))


def absent() -> tuple[str, ...]:
    """Return what cannot be measured, each with what it lacks."""
    lacks = ((each, [package for package in each.packages if not version_of(package)]) for each in CONTENDERS)
    return tuple(
        f"{each.name} ({each.kind}; lacks {', '.join(missing)})" for each, missing in lacks if missing
    )


def version_of(package: str) -> str:
    """Return the version of an installed package, empty where there is none."""
    if package == "pandoc":
        return _pandoc_version()
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def pandoc_path() -> str:
    """Return the path of pandoc: that of pypandoc_binary, else a command; empty where there is none."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return shutil.which("pandoc") or ""


def _pandoc_version() -> str:
    if not pandoc_path():
        return ""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_version())
    except (ImportError, OSError):
        return "of this machine"
