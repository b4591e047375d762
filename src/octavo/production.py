"""The stages in their order: what all editions share is made once, then each writer writes its own.

`prepare` takes a document to a value that holds all a writer needs; `write` gives one edition's bytes, `produce` its
file. A writer that fails says so in a diagnostic and harms no other.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import uuid
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from octavo.diagnostics import Diagnostic, error
from octavo.edition import Edition, Output
from octavo.environment import Environment
from octavo.errors import EditionError, OctavoError
from octavo.fonts.book import FontBook
from octavo.theme.style import Medium, StyleSheet
from octavo.transforms.resolved import Numbering, Resolved
from octavo.tree import Document
from octavo.typeset.frames import Layout

if TYPE_CHECKING:
    from octavo.typeset.foresight import Foresight
from octavo.workers import NOBODY, Workers
from octavo.writers.protocol import Manuscript, Writer

_FENCE: Final = re.compile(r"(?m)^[ \t]*(?:```|~~~)[ \t]*([a-z][a-z0-9+#-]*)[ \t]*$")
"""What begins a block of code, and the language it names."""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A document, transformed, styled and typeset, ready for any of the writers it was prepared for."""

    document: Document
    resolved: Resolved
    sheets: Mapping[Medium, StyleSheet]
    layout: Layout | None
    fonts: FontBook
    produced: datetime.datetime
    identifier: str
    diagnostics: tuple[Diagnostic, ...]


class Dress(msgspec.Struct, frozen=True, kw_only=True):
    """A theme, resolved for some media with the fonts at hand."""

    sheets: Mapping[Medium, StyleSheet]
    fonts: FontBook
    diagnostics: tuple[Diagnostic, ...]
    foresight: Foresight | None = None
    """What is known of the words of the document that it is for."""


def dress(theme: str, writers: Sequence[Writer], environment: Environment) -> Dress:
    """Resolve a theme for some writers.

    Raises:
        ThemeError: the theme cannot be loaded or resolved.
    """
    from octavo.theme.load import load_theme
    from octavo.theme.resolve import resolve_media

    fonts = environment.fonts()
    loaded = load_theme(theme, environment.read_theme, fonts)
    wanted = dict.fromkeys((Medium.SCREEN, *(writer.medium for writer in writers)))
    styled = resolve_media(loaded, wanted, fonts)
    sheets = {medium: sheet for medium, (sheet, _) in styled.items()}
    said = (*fonts.diagnostics, *(each for _, about_theme in styled.values() for each in about_theme))
    return Dress(sheets=sheets, fonts=fonts, diagnostics=said)


def load_stages(writers: Sequence[Writer]) -> None:
    """Import what the stages to come are made of, while there is nothing else to do. Writers but the first one may be
    helped, and then load what they need beside this process."""
    import octavo.media
    import octavo.transforms.resolve
    from octavo.plugins import load_maker

    for writer in writers[:1]:
        load_maker(writer.name)
    if any(writer.needs_layout for writer in writers):
        import octavo.typeset.typeset  # noqa: F401


def foreseeing(dressed: Dress, source: bytes, until: Callable[[], bool]) -> Dress:
    """Return a dress that knows words of a source; they are looked at until the time is up."""
    from octavo.transforms.highlight import load_lexers
    from octavo.typeset.foresight import foresee

    text = source.decode("utf-8", "ignore")
    load_lexers(match.group(1) for match in _FENCE.finditer(text))
    foresight = foresee(text, dressed.sheets[Medium.SCREEN], dressed.fonts, until)
    return msgspec.structs.replace(dressed, foresight=foresight)


def prepare(document: Document, theme: str, writers: Sequence[Writer], environment: Environment) -> Prepared:
    """Do the shared work for some writers.

    Raises:
        ThemeError: the theme cannot be loaded or resolved.
    """
    return prepare_dressed(document, dress(theme, writers, environment), writers, environment)


def prepare_dressed(
    document: Document, dressed: Dress, writers: Sequence[Writer], environment: Environment
) -> Prepared:
    """Do what `prepare` does with a theme that is resolved for these writers."""
    from octavo.media import gather_media
    from octavo.transforms.resolve import resolve

    sheets, fonts = _for_length(dressed.sheets, document), dressed.fonts
    said = list(dressed.diagnostics)
    sheet = sheets[Medium.SCREEN]
    media, about_media = gather_media(document, environment, _folder_of(document))
    said.extend(about_media)
    resolved, about_document = resolve(
        document,
        numbering=Numbering(section_depth=sheet.section_depth, list_markers=sheet.list_markers),
        media=media,
        declared=frozenset(sheet.styles),
        marks=frozenset(sheet.marks),
        deepest=(environment.limits.depth, environment.limits.marks),
    )
    unread = {each.position for each in about_media}
    said.extend(
        each for each in about_document if each.code != "missing-image" or each.position not in unread
    )
    layout = None
    if any(writer.needs_layout for writer in writers):
        from octavo.typeset.typeset import typeset

        layout, about_layout = typeset(resolved, sheet, fonts, environment.workers, dressed.foresight)
        if dressed.foresight is not None:
            dressed.foresight.forget()
        if not any(getattr(writer, "needs_frames", True) for writer in writers):
            layout = layout.without_frames()
        said.extend(about_layout)
    return Prepared(
        document=document,
        resolved=resolved,
        sheets=sheets,
        layout=layout,
        fonts=fonts,
        produced=environment.produced(document.metadata.date),
        identifier=identify_edition(document),
        diagnostics=tuple(dict.fromkeys(said)),
    )


def _for_length(sheets: Mapping[Medium, StyleSheet], document: Document) -> dict[Medium, StyleSheet]:
    """Return the style sheets as they hold for a document of this length."""
    from octavo.theme.breaks import asks_for_length, letters_on_page, without_breaks
    from octavo.transforms.length import has_long_sections

    sheet = sheets[Medium.SCREEN]
    if not any(map(asks_for_length, sheets.values())) or has_long_sections(document, letters_on_page(sheet)):
        return dict(sheets)
    return {medium: without_breaks(each) for medium, each in sheets.items()}


def write(prepared: Prepared, writer: Writer, workers: Workers = NOBODY) -> Output:
    """Return one edition; workers may help the writer.

    Raises:
        EditionError: the writer refuses, or fails; the message then names the writer and the fault.
    """
    manuscript = Manuscript(
        resolved=prepared.resolved,
        styles=prepared.sheets[writer.medium],
        layout=prepared.layout,
        fonts=prepared.fonts,
        produced=prepared.produced,
        identifier=prepared.identifier,
        layout_styles=prepared.sheets[Medium.SCREEN],
        document=prepared.document,
        workers=workers,
    )
    from octavo.checks.parity.reasons import losses

    try:
        with warnings.catch_warnings():
            # Whether an image is too large was judged when it was gathered, by the limit that is set.
            warnings.filterwarnings("ignore", r"Image size \(\d+ pixels\) exceeds")
            output: object = writer.write(manuscript)
    except OctavoError:
        raise
    # A plugin may call `sys.exit`, which no edition may bring about.
    except (Exception, SystemExit) as fault:
        raise _blamed(writer, f"{type(fault).__name__}: {fault}") from fault
    if not isinstance(output, Output) or not isinstance(output.data, bytes):
        raise _blamed(writer, f"it returned no Output with bytes, but {type(output).__name__}")
    lost = losses(writer.name, manuscript.styles, prepared.resolved)
    return msgspec.structs.replace(output, diagnostics=(*output.diagnostics, *lost)) if lost else output


def _blamed(writer: Writer, reason: str) -> EditionError:
    return EditionError(
        error(
            "writer-failed",
            f"writer `{writer.name}` failed: {reason}",
            hint="this is a fault of the writer; please report it with the source",
        )
    )


def produce(
    prepared: Prepared, writer: Writer, path: Path, environment: Environment, workers: Workers = NOBODY
) -> Edition:
    """Write one edition's file and say how it went; an edition that fails has no path and an error.

    The time it took is for whoever holds the clock to fill in.
    """
    pages = len(prepared.layout.pages) if prepared.layout else 0
    try:
        output = write(prepared, writer, workers)
        environment.write(path, output.data)
    except OctavoError as fault:
        return Edition(
            format=writer.name, path=None, pages=0, size=0, seconds=0.0, diagnostics=fault.diagnostics
        )
    return Edition(
        format=writer.name,
        path=path,
        pages=pages,
        size=len(output.data),
        seconds=0.0,
        diagnostics=output.diagnostics,
    )


def identify_edition(document: Document) -> str:
    """Return a URN that stays the same over corrections of a text: from its metadata, or from all of it where it has
    none (RFC 9562, version 5)."""
    about = document.metadata
    if about.isbn:
        return f"urn:isbn:{about.isbn.replace('-', '').replace(' ', '')}"
    named = (
        about.title,
        *(author.name for author in about.authors),
        about.publisher,
        about.series,
        about.issue,
    )
    seed = "\n".join((*named, about.language, str(about.date or about.date_text), about.doi))
    if not seed.strip():
        seed = hashlib.sha256(_encoded(document)).hexdigest()
    # A program's texts may hold half a surrogate pair, which UTF-8 does not know.
    known = seed.encode("utf-8", "replace").decode("utf-8")
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, known)}"


def _encoded(document: Document) -> bytes:
    try:
        return msgspec.json.encode(document.content)
    except UnicodeEncodeError:
        from octavo.tree.dump import to_json

        return to_json(Document(content=document.content))


def _folder_of(document: Document) -> Path:
    return Path(document.source).parent if document.source else Path()
