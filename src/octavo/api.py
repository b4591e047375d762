"""The pipeline: read, transform, resolve the theme, typeset, write. A list of calls, without logic of its own.

source -> read -> Document -> resolve -> Resolved
                   theme -> StyleSheet
Resolved + StyleSheet -> typeset -> Layout
Resolved + StyleSheet + Layout -> write -> Output
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from octavo import arguments
from octavo.beside import Beside
from octavo.diagnostics import Severity, error
from octavo.edition import Edition, Output
from octavo.environment import DiskEnvironment, Environment
from octavo.errors import EditionError, ResourceError, UsageError
from octavo.readers.protocol import Parsed, Source
from octavo.tree import Document
from octavo.workers import NOBODY

if TYPE_CHECKING:
    from octavo.production import Dress
    from octavo.writers.protocol import Writer

DEFAULT_FORMATS: Final = ("pdf", "docx", "epub")
DEFAULT_THEME: Final = "policy"
DEFAULT_FOLDER: Final = "editions"

_CLEANED: Final = frozenset({".md", ".txt", ".docx"})
"""Suffixes of sources whose readers let nothing through that no edition can hold."""

Settings = Mapping[str, str] | Iterable[tuple[str, str]]
Options = Mapping[str, msgspec.Struct]

_WORLD: Final = (
    "read",
    "write",
    "read_media",
    "read_theme",
    "themes",
    "fonts",
    "produced",
    "limits",
    "workers",
)
_DOCUMENT: Final = "a Document, or the path of a source"


def parse(path: str | Path, *, settings: Settings = (), environment: Environment | None = None) -> Parsed:
    """Read a source and return the document with its diagnostics.

    Args:
        path: a `.md`, `.txt` or `.json` file, or one that a plugin reads.
        settings: metadata that overrides the source's, as {key: value} or pairs of those; `author` may be repeated.
        environment: where files come from; the disk by default.

    Raises:
        UsageError: a setting has a key that there is not.
        ResourceError: the file cannot be read.
        SourceError: it is not text, or too broken to make a document of.
        PluginError: no reader knows its suffix, or the reader fails.
    """
    from octavo import plugins

    where = arguments.as_path(path, "path")
    world = _world(environment)
    told = arguments.as_pairs(settings, "settings") if settings else ()
    if told:
        from octavo.readers.settings import apply_settings, check_keys

        check_keys(told)
    if not str(path):
        raise ResourceError(error("file-not-found", "the name of the source is empty", hint="name a file"))
    data = world.read(where)
    # A name may hold bytes that are no UTF-8 (PEP 383), which no edition and no report can.
    named = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    source = Source(data, named, world.limits.depth, world.limits.marks)
    parsed = plugins.read(plugins.reader_for(where.suffix), source)
    document = msgspec.structs.replace(parsed.document, source=str(path))
    if where.suffix.lower() not in _CLEANED:
        from octavo.readers.cleaning import cleaned, sound

        parsed = cleaned(Parsed(sound(document), parsed.diagnostics))
        document = parsed.document
    if not told:
        return Parsed(document, parsed.diagnostics)
    changed = apply_settings(document, told)
    return Parsed(changed.document, parsed.diagnostics + changed.diagnostics)


def read(path: str | Path, *, settings: Settings = (), environment: Environment | None = None) -> Document:
    """Read a source and return its document; `parse` returns the diagnostics too, and raises the same errors."""
    return parse(path, settings=settings, environment=environment).document


def render(
    document: Document | str | Path,
    format: str,
    *,
    theme: str | Path = DEFAULT_THEME,
    environment: Environment | None = None,
    options: msgspec.Struct | None = None,
) -> Output:
    """Return one edition as bytes, with its diagnostics; nothing is written. `options` are those of its writer.

    Raises:
        ResourceError: the source cannot be read.
        SourceError: the document is none.
        ThemeError: the theme cannot be loaded.
        EditionError: the edition cannot be made.
        PluginError: there is no such writer.
    """
    from octavo import plugins
    from octavo.production import prepare, write

    writer = plugins.find_writer(arguments.as_text(format, "format", "the name of one edition"), options)
    world = _world(environment)
    named = _theme(theme)
    parsed = _as_parsed(document, world)
    prepared = prepare(parsed.document, named, (writer,), world)
    output = write(prepared, writer, world.workers)
    return Output(output.data, parsed.diagnostics + prepared.diagnostics + output.diagnostics)


def export(  # noqa: PLR0913 - the public face: all but the first are by name, with defaults
    document: Document | str | Path,
    out: str | Path = DEFAULT_FOLDER,
    formats: Iterable[str] = DEFAULT_FORMATS,
    *,
    theme: str | Path = DEFAULT_THEME,
    name: str = "",
    environment: Environment | None = None,
    options: Options | None = None,
) -> tuple[Edition, ...]:
    """Write editions of a document into a folder, as `<name>.<suffix>`, and return what was made.

    The document is transformed and typeset once for all of them. An edition that fails leaves the file that stood
    in its place as it was, and does not keep the others from being made.

    Args:
        document: a document, or the path of a source.
        out: the folder; it is made where it is missing.
        formats: names of writers, or the name of one.
        theme: the name of a shipped theme, or the path of a TOML file.
        name: the files' stem, without any folder; that of the source by default, or "document".
        environment: where files come from and go to; the disk by default.
        options: what writers are told beyond that, by their names, as {"press": PressOptions(marks=False)}.

    Raises:
        ThemeError: the theme cannot be loaded.
        PluginError: there is no such writer.
        UsageError: the name is that of no file.
        ResourceError: the source cannot be read.
        SourceError: the document is none.
        EditionError: some edition could not be made; the others are there.
    """
    editions = tuple(
        export_each(document, out, formats, theme=theme, name=name, environment=environment, options=options)
    )
    failed = [each for edition in editions if edition.path is None for each in edition.diagnostics]
    if failed:
        raise EditionError(*(each for each in failed if each.severity is Severity.ERROR))
    return editions


def export_each(  # noqa: PLR0913
    document: Document | str | Path,
    out: str | Path = DEFAULT_FOLDER,
    formats: Iterable[str] = DEFAULT_FORMATS,
    *,
    theme: str | Path = DEFAULT_THEME,
    name: str = "",
    environment: Environment | None = None,
    options: Options | None = None,
) -> Iterator[Edition]:
    """Do what `export` does, and hand out each edition as it is finished; one that failed has no path.

    Raises:
        ThemeError: the theme cannot be loaded.
        PluginError: there is no such writer.
        UsageError: the name is that of no file.
    """
    from octavo.production import dress

    began = time.perf_counter()
    writers = writers_of(formats, options)
    world = _world(environment)
    target = Target(arguments.as_path(out, "out"), _stem(name), world)
    named = _theme(theme)
    parsed = _as_parsed(document, world)
    dressed = dress(named, writers, world)
    yield from editions_of(parsed, dressed, writers, target, began)


class Target(msgspec.Struct, frozen=True):
    """Where editions go: a folder of an environment, and the files' stem, that of the source where it is empty."""

    folder: Path
    name: str
    environment: Environment


def writers_of(formats: Iterable[str], options: Options | None) -> tuple[Writer, ...]:
    """Return the writers of some formats, each once; a text is the name of one.

    Raises:
        PluginError: there is no such writer, whether it is to write or is told something.
    """
    from octavo import plugins

    told: Options = options or {}
    arguments.must_be_mapping(told, "options", 'a mapping as {"press": PressOptions(marks=False)}')
    names = dict.fromkeys(arguments.as_texts(formats, "formats", "names of editions, or the name of one"))
    for each in told:
        if arguments.as_text(each, "a key of options", "the name of an edition") not in {
            *names,
            *plugins.WRITERS,
        }:
            plugins.find_writer(each)  # a misspelt name would leave the right one untold
    return tuple(plugins.find_writer(each, told.get(each)) for each in names)


def editions_of(
    parsed: Parsed, dressed: Dress, writers: Sequence[Writer], target: Target, began: float
) -> Iterator[Edition]:
    """Hand out the editions of a document that has been read, in a theme resolved for their writers; see `export_each`.

    `began` is when the clock (`time.perf_counter`) was started for the first of them.
    """
    from octavo.production import prepare_dressed, produce

    world = target.environment
    prepared = prepare_dressed(parsed.document, dressed, writers, world)
    shared = parsed.diagnostics + prepared.diagnostics
    stem = target.name or Path(parsed.document.source).stem or "document"

    # Those who make the other editions cannot help with the first.
    spare = world.workers if world.workers.count >= len(writers) else NOBODY

    def made(writer: Writer) -> Edition:
        return produce(prepared, writer, target.folder / f"{stem}{writer.suffix}", world, spare)

    # The first is made here; what the others can say is small, for they write their files themselves.
    beside = [Beside(partial(made, writer), world.workers) for writer in writers[1:]]
    try:
        for at, writer in enumerate(writers):
            edition = beside[at - 1].value() if at else made(writer)
            seconds = time.perf_counter() - began
            yield msgspec.structs.replace(edition, diagnostics=shared + edition.diagnostics, seconds=seconds)
            began = time.perf_counter()
    finally:
        for each in beside:
            each.abandon()


def _as_parsed(document: Document | str | Path, environment: Environment) -> Parsed:
    if not isinstance(document, Document):
        several = isinstance(document, list | tuple | set)
        wanted = f"{_DOCUMENT} (octavo.export_many takes several)" if several else _DOCUMENT
        arguments.as_path(document, "document", wanted)
        return parse(document, environment=environment)
    from octavo.readers.cleaning import cleaned, sound

    return cleaned(Parsed(sound(document)))


def _world(environment: Environment | None) -> Environment:
    if environment is None:
        return DiskEnvironment()
    arguments.must_have(environment, "environment", "an Environment, as DiskEnvironment()", _WORLD)
    return environment


def _theme(theme: str | Path) -> str:
    wanted = "the name of a shipped theme, or the path of a TOML file"
    return arguments.as_name(theme, "theme", wanted)


def _stem(name: str) -> str:
    """Hold the stem of files to be one, which a program may have from a stranger."""
    if Path(arguments.as_text(name, "name")).name != name or "\0" in name:
        hint = "leave folders to `out`"
        raise UsageError(error("wrong-name", f"`{name}` cannot be the name of a file", hint=hint))
    return name
