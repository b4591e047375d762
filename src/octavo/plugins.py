"""Readers and writers by name: a literal table for octavo's own, entry points for those of others.

The table holds strings, so that naming a writer imports nothing. Third parties declare theirs in the entry point groups
`octavo.readers` and `octavo.writers`; a clash of two packages over a name is an error that names both.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from msgspec import Struct

from octavo.diagnostics import Position, error
from octavo.errors import OctavoError, PluginError
from octavo.readers.protocol import Parsed, Reader, Source

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

    from octavo.writers.protocol import Writer

READERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "markdown": "octavo.readers.markdown:MarkdownReader",
        "brief": "octavo.readers.brief:BriefReader",
        "json": "octavo.readers.json:JsonReader",
        "docx": "octavo.readers.docx.reader:DocxReader",
    }
)
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".md": "markdown",
        ".markdown": "markdown",
        ".mdown": "markdown",
        ".mkd": "markdown",
        ".mkdn": "markdown",
        ".qmd": "markdown",
        ".rmd": "markdown",
        ".txt": "brief",
        ".text": "brief",
        ".json": "json",
        ".docx": "docx",
    }
)
WRITERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pdf": "octavo.writers.pdf.writer:PdfWriter",
        "press": "octavo.writers.pdf.press:PressWriter",
        "docx": "octavo.writers.docx.writer:DocxWriter",
        "epub": "octavo.writers.epub.writer:EpubWriter",
    }
)

MAKERS: Final[Mapping[str, str]] = MappingProxyType(
    {"docx": "octavo.writers.docx.edition", "epub": "octavo.writers.epub.edition"}
)
"""The modules that writers load when they write."""


def load_maker(name: str) -> None:
    """Import what one of octavo's own writers will need, where there is time for it beforehand."""
    if name in MAKERS:
        importlib.import_module(MAKERS[name])


def find_writer(name: str, options: Struct | None = None) -> Writer:
    """Return a writer by its name, with options where it takes some.

    Raises:
        PluginError: it is unknown, claimed twice, cannot be loaded, is no writer, or takes no such options.
    """
    members = ("name", "suffix", "medium", "write")
    writer = cast("Writer", _find(name, WRITERS, "octavo.writers", "writer", members))
    if options is None:
        return writer
    kind: Any = type(writer)
    taken = getattr(kind, "options", None)
    if taken is None or not isinstance(options, taken):
        wanted = f"{taken.__name__}, not {type(options).__name__}" if taken else "no options"
        raise PluginError(error("wrong-options", f"writer `{name}` takes {wanted}"))
    return cast("Writer", kind(options))


def find_reader(name: str) -> Reader:
    """Return a reader by its name.

    Raises:
        PluginError: it is unknown, claimed twice, cannot be loaded, or is no reader.
    """
    return cast(Reader, _find(name, READERS, "octavo.readers", "reader", ("name", "suffixes", "read")))


def reader_for(suffix: str) -> Reader:
    """Return the reader of files with a suffix (with its dot).

    Raises:
        PluginError: no reader knows the suffix.
    """
    lower = suffix.lower()
    if lower in SUFFIXES:
        return find_reader(SUFFIXES[lower])
    for point in sorted(_entry_points("octavo.readers"), key=lambda each: each.name):
        reader = find_reader(point.name)
        if lower in reader.suffixes:
            return reader
    raise PluginError(
        error(
            "unknown-source",
            f"no reader knows files ending in `{suffix}`" if suffix else "the source's name has no ending",
            hint=f"octavo reads {', '.join(SUFFIXES)}",
        )
    )


def read(reader: Reader, source: Source) -> Parsed:
    """Return what a reader makes of a source.

    Raises:
        SourceError: the source is too broken to make anything of.
        PluginError: the reader fails, or returns something else.
    """
    try:
        parsed: object = reader.read(source)
    except OctavoError:
        raise
    # A plugin may call `sys.exit`, which no document may bring about.
    except (Exception, SystemExit) as fault:
        raise _blamed(reader, source, f"{type(fault).__name__}: {fault}") from fault
    if not isinstance(parsed, Parsed):
        raise _blamed(reader, source, f"it returned no Parsed, but {type(parsed).__name__}")
    return parsed


def _blamed(reader: Reader, source: Source, reason: str) -> PluginError:
    return PluginError(
        error(
            "reader-failed",
            f"reader `{reader.name}` failed: {reason}",
            Position(0, 0, source.name),
            "this is a fault of the reader; please report it with the source",
        )
    )


def known_writers() -> tuple[str, ...]:
    """Return the names of all writers, octavo's own first."""
    others = sorted({point.name for point in _entry_points("octavo.writers")} - set(WRITERS))
    return (*WRITERS, *others)


def _find(name: str, own: Mapping[str, str], group: str, kind: str, members: tuple[str, ...]) -> object:
    if name in own:
        module, _, attribute = own[name].partition(":")
        return getattr(importlib.import_module(module), attribute)()
    points = tuple(_entry_points(group).select(name=name))
    if not points:
        known = (*own, *sorted(point.name for point in _entry_points(group)))
        import difflib

        near = difflib.get_close_matches(name.lower(), known, n=1)
        guess = f"did you mean `{near[0]}`? " if near else ""
        if "," in name:
            guess = 'name them one by one, as ("pdf", "docx"); '
        raise PluginError(
            error(
                f"unknown-{kind}", f"there is no {kind} `{name}`", hint=f"{guess}known are {', '.join(known)}"
            )
        )
    if len(points) > 1:
        owners = " and ".join(sorted(_owner(point) for point in points))
        raise PluginError(
            error("plugin-clash", f"{kind} `{name}` is claimed by {owners}", hint="uninstall one of them")
        )
    return _load(points[0], kind, members)


def _load(point: EntryPoint, kind: str, members: tuple[str, ...]) -> object:
    try:
        plugin: Any = point.load()()
    except (Exception, SystemExit) as fault:
        raise PluginError(
            error(
                "plugin-broken",
                f"{kind} `{point.name}` of {_owner(point)} cannot be loaded: {type(fault).__name__}: {fault}",
                hint="update or uninstall that package",
            )
        ) from fault
    missing = [member for member in members if not hasattr(plugin, member)]
    if missing:
        raise PluginError(
            error(
                "plugin-broken",
                f"{kind} `{point.name}` of {_owner(point)} lacks {', '.join(missing)}",
                hint=f"see the protocol in octavo.{kind}s.protocol",
            )
        )
    return plugin


def _entry_points(group: str) -> EntryPoints:
    # Reading the installed packages' metadata costs as much as all of octavo's start; most runs need none of it.
    from importlib.metadata import entry_points

    return entry_points(group=group)


def _owner(point: EntryPoint) -> str:
    return f"`{point.dist.name}`" if point.dist else f"`{point.value}`"
