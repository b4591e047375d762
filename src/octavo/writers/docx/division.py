"""The text of the main part, divided into sections: where one ends, and how the following begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from octavo.writers.docx.job import separator
from octavo.writers.docx.place import TURNED, Band, Paragraph, Pieces, Raw, Table, begin_page, visible
from octavo.writers.docx.sections import Headers, Sections, SectionStart

_WHOLE: Final = Band(1)
_MAIN_MATTER: Final = '<w:pgNumType w:fmt="decimal" w:start="1"/>'


def divide(title: Pieces, text: Pieces, shared: Sections) -> tuple[Pieces, str]:
    """Return a document's pieces with the ends of its sections, and the properties of its last section.

    A title on a page of its own is a section, and so is a table along a page; what stands over all columns is one, and
    what begins a right-hand page or the main matter begins one; so does each chapter where running heads name it, for
    they do not above its title where it may begin any page.
    The last paragraph of a section says how the section is (17.6.17), and how it began.
    """
    if shared.page.columns > 1:
        _joined_headings(text)
    return _Division(title, text, shared).made()


class _Division:
    """The pieces so far, and the section that they are in: how it began, which headers it names, how its pages are
    counted, and in which columns it stands."""

    def __init__(self, title: Pieces, text: Pieces, shared: Sections) -> None:
        page = shared.page
        self._shared = shared
        self._text = text
        self._pieces: Pieces = list(title)
        self._turned: SectionStart = "oddPage" if page.facing else "nextPage"
        self._chapters = _chapters(text, self._turned) if shared.has_front else []
        self._start: SectionStart = "nextPage"
        in_front = bool(self._chapters) and bool(visible(text[: self._chapters[0]]))
        self._usual: Headers = "front" if in_front else "others"
        """The headers of a section that opens no chapter."""
        self._names: Sequence[Headers] = ("first", self._usual)
        parted = any(isinstance(piece, Paragraph) and piece.opens for piece in text)
        roman = ' w:fmt="lowerRoman"' if parted else ""
        self._number = f'<w:pgNumType{roman} w:start="1"/>'
        self._following = f"<w:pgNumType{roman}/>" if roman else ""
        self._alone = page.title_page and bool(visible(title))
        """The title waits for the end of its page."""
        self._band = _WHOLE if visible(title) else None
        self._settles = False

    def made(self) -> tuple[Pieces, str]:
        """Divide the text."""
        last = self._text[-1] if self._text else None
        for at, piece in enumerate(self._text):
            if isinstance(piece, Paragraph | Table):
                self._come_to(at, piece)
            self._pieces.append(piece)
            if self._settles and piece is not last and isinstance(piece, Paragraph) and _may_end(piece):
                # LibreOffice makes columns of one height only before a section that is not the last.
                piece.section = self._properties()
                self._start, self._names, self._number = "continuous", (), self._following
                self._settles = False
        return self._pieces, self._properties()

    def _properties(self) -> str:
        return self._shared.properties(
            self._start, names=self._names, band=self._band or _WHOLE, number=self._number
        )

    def _come_to(self, at: int, piece: Paragraph | Table) -> None:
        wanted, opens = piece.band or self._shared.band, at in self._chapters
        kind = self._kind(piece, wanted)
        if opens and kind in ("", "continuous"):
            kind = "nextPage"
        if kind and visible(self._pieces):
            self._begin(kind, piece, wanted, opens=opens)
        if isinstance(piece, Paragraph) and piece.opens:
            self._number, self._following = _MAIN_MATTER, ""
        if self._band not in (None, _WHOLE, TURNED, wanted, self._shared.band):
            self._settles = True
        self._band, self._alone = wanted, False

    def _kind(self, piece: Paragraph | Table, wanted: Band) -> SectionStart | Literal[""]:
        """Return how a section begins with a piece that stands in some columns; nothing where none does."""
        if self._alone:
            return self._turned
        kind = _start(piece, self._turned) or ("continuous" if not _alike(wanted, self._band) else "")
        if kind == "continuous" and (wanted.turned or (self._band or _WHOLE).turned):
            return "nextPage"
        return kind

    def _begin(self, kind: SectionStart, piece: Paragraph | Table, wanted: Band, *, opens: bool) -> None:
        """End the section before a piece, and begin one with it."""
        if not _is_ended(self._pieces):
            _end(self._pieces, self._properties())
        self._start, self._number = kind, self._following
        if kind != "continuous" and isinstance(piece, Paragraph):
            begin_page(piece)
        # On left-hand pages LibreOffice shows a first page's header where a section begins on a right-hand one.
        self._names = () if not opens else ("others",) if kind == "oddPage" else ("opening", "others")
        if opens:
            self._usual = "others"
        if wanted.turned:
            self._names = ("turned",)
        elif self._band is not None and self._band.turned and not opens:
            self._names = (self._usual,)


def _chapters(text: Pieces, turned: SectionStart) -> list[int]:
    """Return which of the pieces are headings of chapters that begin a page."""
    return [
        at
        for at, piece in enumerate(text)
        if isinstance(piece, Paragraph)
        and piece.form.outline == 0
        and (piece.form.page_break or _start(piece, turned))
    ]


def _alike(one: Band, other: Band | None) -> bool:
    """Say whether pieces stand in the same columns; the gap of a single one is none."""
    if other is None or one.turned != other.turned:
        return False
    plain = one.columns == other.columns == 1 and not any((one.left, one.right, other.left, other.right))
    return plain or one == other


def _start(piece: Paragraph | Table, turned: SectionStart) -> SectionStart | Literal[""]:
    """Return how a section begins with a piece that begins one of itself."""
    if isinstance(piece, Paragraph) and piece.form.recto:
        return "oddPage"
    return turned if isinstance(piece, Paragraph) and piece.opens else ""


def _may_end(paragraph: Paragraph) -> bool:
    return not paragraph.form.keep_next and paragraph.form.beside is None


def _is_ended(pieces: Pieces) -> bool:
    last = visible(pieces)[-1]
    return isinstance(last, Paragraph) and bool(last.section)


def _joined_headings(text: Pieces) -> None:
    """Let headings stand over all columns with what follows them there."""
    below: Paragraph | Table | None = None
    for piece in reversed(visible(text)):
        heads = isinstance(piece, Paragraph) and piece.form.outline >= 0 and piece.form.keep_next
        if heads and piece.band is None and below is not None and below.band == _WHOLE:
            piece.band = below.band
        below = piece


def _end(pieces: Pieces, properties: str) -> None:
    """End a section with its last paragraph, or with an invisible one after a table.

    After a heading too: LibreOffice takes a letter from a bookmark that ends where a section does, and references to
    the heading show what is left.
    """
    last = visible(pieces)[-1]
    if isinstance(last, Paragraph) and last.form.outline < 0:
        last.section = properties
    else:
        pieces.append(Raw(separator(section=properties)))
