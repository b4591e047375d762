"""Section properties: page size, margins, columns, and which headers and footers a section has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from octavo.theme.style import PageStyle
from octavo.units import twips
from octavo.writers.docx.job import separator
from octavo.writers.docx.place import TURNED, Band, Paragraph, Pieces, Raw, Table, begin_page, visible
from octavo.writers.docx.running import FRONT, Running

_ORDER: Final = ("first", "default", "even")
_TYPES: Final = {"header": "headerReference", "footer": "footerReference"}


Headers: TypeAlias = Literal["first", "others", "front", "opening", "turned"]
SectionStart: TypeAlias = Literal["nextPage", "continuous", "oddPage"]


class Sections(msgspec.Struct, frozen=True):
    """What all sections of the document share. `references` maps "header-first" and the like to relationships."""

    page: PageStyle
    running: Running
    references: Mapping[str, str]
    leftwards: bool = False
    """The text runs from right to left: what stands at the left of a page for others stands at its right."""

    @property
    def band(self) -> Band:
        """The page's own columns."""
        return Band(self.page.columns, self.page.column_gap)

    @property
    def has_front(self) -> bool:
        """Whether pages before the first chapter have headers of their own."""
        return any(name.endswith(FRONT) for name in self.references)

    def _named(self, names: Sequence[Headers]) -> str:
        """Return references to the headers of some kinds. Those of the front matter stand for the others there, and for
        the first where a chapter opens."""
        found: list[tuple[int, str]] = []
        for name, relationship in self.references.items():
            part, which, *front = name.split("-")
            kinds: dict[Headers, str] = {"first" if which == "first" else "others": which}
            if front == ["turned"]:
                kinds = {"turned": which}
            elif front:
                kinds = {"front": which, "opening": "first" if which == "default" else ""}
            found += [
                (_ORDER.index(shown), f'<w:{_TYPES[part]} w:type="{shown}" r:id="{relationship}"/>')
                for kind in names
                if (shown := kinds.get(kind))
            ]
        return "".join(reference for _, reference in sorted(found, key=lambda each: each[0]))

    def properties(
        self, kind: SectionStart, *, names: Sequence[Headers], band: Band, number: str = ""
    ) -> str:
        """Return `w:sectPr` (ECMA-376-1, 17.6.17). A section names headers; the following ones have the same.

        `number` says how its pages are counted (17.6.12).
        """
        page = self.page
        references = self._named(names)
        start = f'<w:type w:val="{kind}"/>'
        width, height = (page.height, page.width) if band.turned else (page.width, page.height)
        size = f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"'
        size += ' w:orient="landscape"/>' if width > height else "/>"
        left, right = page.margin_inner + band.left, page.margin_outer + band.right
        if band.turned:
            # The page lies on its right-hand side: what is above its text stands at the right.
            left, right = page.margin_bottom, page.margin_top
        elif self.leftwards and not page.facing:
            left, right = right, left
        margins = (
            f'<w:pgMar w:top="{twips(self.running.top)}" w:right="{twips(right)}" '
            f'w:bottom="{twips(page.margin_bottom)}" w:left="{twips(left)}" '
            f'w:header="{twips(self.running.header_distance)}" w:footer="{twips(self.running.footer_distance)}" '
            'w:gutter="0"/>'
        )
        gap = f' w:space="{twips(band.gap)}"'
        rule = ' w:sep="1"' if page.column_rule.width and band == self.band else ""
        columns_xml = (
            f'<w:cols w:num="{band.columns}"{gap}{rule}/>' if band.columns > 1 else '<w:cols w:space="720"/>'
        )
        title = "<w:titlePg/>" if "first" in names or "opening" in names else ""
        way = "<w:bidi/>" if self.leftwards else ""
        return f"<w:sectPr>{references}{start}{size}{margins}{number}{columns_xml}{title}{way}</w:sectPr>"


def divide(title: Pieces, text: Pieces, shared: Sections) -> tuple[Pieces, str]:
    """Return a document's pieces with the ends of its sections, and the properties of its last section.

    A title on a page of its own is a section, and so is a table along a page; what stands over all columns is one, and
    what begins a right-hand page or the main matter begins one; so does each chapter where running heads name it, for
    they do not above its title where it may begin any page.
    The last paragraph of a section says how the section is (17.6.17), and how it began.
    """
    page = shared.page
    if page.columns > 1:
        _joined_headings(text)
    pieces: Pieces = list(title)
    parted = any(isinstance(piece, Paragraph) and piece.opens for piece in text)
    roman = ' w:fmt="lowerRoman"' if parted else ""
    start: SectionStart = "nextPage"
    turned: SectionStart = "oddPage" if page.facing else "nextPage"
    chapters = _chapters(text, turned) if shared.has_front else []
    names: Sequence[Headers] = ("first", "front" if chapters and visible(text[: chapters[0]]) else "others")
    number = f'<w:pgNumType{roman} w:start="1"/>'
    following = f"<w:pgNumType{roman}/>" if roman else ""
    alone = page.title_page and bool(visible(title))
    band = _WHOLE if visible(title) else None
    last = text[-1] if text else None
    settles = False
    usual: Headers = "front" if "front" in names else "others"
    for at, piece in enumerate(text):
        if isinstance(piece, Paragraph | Table):
            wanted = piece.band or shared.band
            kind = (
                turned
                if alone
                else _start(piece, turned) or ("continuous" if not _alike(wanted, band) else "")
            )
            if kind == "continuous" and (wanted.turned or (band or _WHOLE).turned):
                kind = "nextPage"
            opens = at in chapters
            if opens and kind in ("", "continuous"):
                kind = "nextPage"
            if kind and visible(pieces):
                if not _is_ended(pieces):
                    _end(pieces, shared.properties(start, names=names, band=band or _WHOLE, number=number))
                start, number = kind, following
                if kind != "continuous" and isinstance(piece, Paragraph):
                    begin_page(piece)
                # On left-hand pages LibreOffice shows a first page's header where a section begins on a right-hand one.
                names = () if not opens else ("others",) if kind == "oddPage" else ("opening", "others")
                usual = "others" if opens else usual
                if wanted.turned:
                    names = ("turned",)
                elif band is not None and band.turned and not opens:
                    names = (usual,)
            if isinstance(piece, Paragraph) and piece.opens:
                number, following = '<w:pgNumType w:fmt="decimal" w:start="1"/>', ""
            settles = band not in (None, _WHOLE, TURNED, wanted, shared.band) or settles
            band, alone = wanted, False
        pieces.append(piece)
        if settles and piece is not last and isinstance(piece, Paragraph) and _may_end(piece):
            # LibreOffice makes columns of one height only before a section that is not the last.
            piece.section = shared.properties(start, names=names, band=band or _WHOLE, number=number)
            start, names, number, settles = "continuous", (), following, False
    return pieces, shared.properties(start, names=names, band=band or _WHOLE, number=number)


def _chapters(text: Pieces, turned: SectionStart) -> list[int]:
    """Return which of the pieces are headings of chapters that begin a page."""
    return [
        at
        for at, piece in enumerate(text)
        if isinstance(piece, Paragraph)
        and piece.form.outline == 0
        and (piece.form.page_break or _start(piece, turned))
    ]


_WHOLE: Final = Band(1)


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
