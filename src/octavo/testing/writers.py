"""Hold a writer to its contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from octavo.diagnostics import Diagnostic, Severity
from octavo.edition import Output
from octavo.environment import DiskEnvironment, MemoryEnvironment
from octavo.errors import OctavoError
from octavo.production import Prepared, prepare, write
from octavo.testing import samples
from octavo.testing.elsewhere import elsewhere
from octavo.testing.faults import ConformanceError, missing_words
from octavo.testing.watch import watched
from octavo.theme.style import Medium
from octavo.tree import Document
from octavo.writers.protocol import Writer

Extract = Callable[[bytes], str]
_SPEAKS: Final = (Severity.WARNING, Severity.ERROR, Severity.INFO)


def check_writer(make: Callable[[], Writer], extract: Extract, *, theme: str = "plain") -> None:
    """Try a writer on small documents.

    Args:
        make: makes a writer; mostly its class.
        extract: returns the text of an edition in reading order, by other means than the writer's own.
        theme: a shipped theme.

    Raises:
        ConformanceError: it breaks its contract; all faults are told.
    """
    writer = make()
    faults = list(_members(writer))
    if not faults:
        world = _world(theme)
        faults += _nodes(make, extract, theme, world)
        faults += _whole(make, extract, theme, world)
    if faults:
        raise ConformanceError(getattr(writer, "name", type(writer).__name__), faults)


def _members(writer: Writer) -> Iterator[str]:
    name, suffix = getattr(writer, "name", None), getattr(writer, "suffix", None)
    if not isinstance(name, str) or not name or name != name.strip().lower():
        yield f"`name` is {name!r}, and should be a word in lower case"
    if not isinstance(suffix, str) or not suffix.startswith(".") or len(suffix) < 2:
        yield f"`suffix` is {suffix!r}, and should begin with a dot"
    if not isinstance(getattr(writer, "medium", None), Medium):
        yield "`medium` is no Medium"
    if not isinstance(getattr(writer, "needs_layout", None), bool):
        yield "`needs_layout` is neither True nor False"
    if not callable(getattr(writer, "write", None)):
        yield "there is no method `write`"


def _world(theme: str) -> MemoryEnvironment:
    disk = DiskEnvironment()
    themes = {name: disk.read_theme(name, "")[1] for name in disk.themes()}
    if theme not in themes:
        raise ValueError(f"there is no shipped theme `{theme}`")
    return MemoryEnvironment({samples.PICTURE: samples.picture()}, disk.fonts(), themes)


def _nodes(
    make: Callable[[], Writer], extract: Extract, theme: str, world: MemoryEnvironment
) -> Iterator[str]:
    """Each kind of node is rendered, or the writer says at its place that it is not."""
    for kind, document, words in samples.samples():
        output, fault = _tried(make(), prepare(document, theme, (make(),), world))
        if output is None:
            yield f"{kind}: {fault}"
            continue
        told = extract(output.data)
        lost = [word for word in words if word not in told]
        if lost and not _reported(output.diagnostics):
            yield f"{kind}: {', '.join(lost)} is neither written nor reported at its place"


def _whole(
    make: Callable[[], Writer], extract: Extract, theme: str, world: MemoryEnvironment
) -> Iterator[str]:
    """Text keeps its order; bytes repeat, whatever the hour, the place and the chance; nothing outside is touched."""
    document, words = samples.whole()
    prepared = prepare(document, theme, (make(),), world)
    writer = make()
    first, fault = _tried(writer, prepared)
    if first is None:
        yield f"a whole document: {fault}"
        return
    told = extract(first.data)
    yield from (
        f"`{word}` does not stand in its place"
        for word in missing_words([w for w in words if w in told], told)
    )
    if _tried(writer, prepared)[0] != first:
        yield "writing the same manuscript again gives other bytes or diagnostics: it keeps something"
    with elsewhere(), watched() as touched:
        again, fault = _tried(make(), prepare(_copied(document), theme, (make(),), world))
    if again is None:
        yield f"at another time and place: {fault}"
    elif again.data != first.data:
        yield (
            "at another time and place the same document gives other bytes: it reads a clock, draws by chance, or asks "
            "for a variable, the locale, the time zone or the folder"
        )
    yield from (f"it {each}" for each in touched)
    if not first.data:
        yield "`Output.data` is empty"


def _copied(document: Document) -> Document:
    return Document(metadata=document.metadata, content=document.content, source=document.source)


def _tried(writer: Writer, prepared: Prepared) -> tuple[Output | None, str]:
    try:
        return write(prepared, writer), ""
    except OctavoError as fault:
        return None, str(fault)


def _reported(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(each.position == samples.PLACE and each.severity in _SPEAKS for each in diagnostics)
