"""Section properties: page size, margins, columns, and which headers and footers a section has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from octavo.theme.style import PageStyle
from octavo.units import twips
from octavo.writers.docx.job import separator
from octavo.writers.docx.place import Paragraph, Pieces, Raw, visible
from octavo.writers.docx.running import Running

_TYPES = {"header": "headerReference", "footer": "footerReference"}


SectionStart: TypeAlias = Literal["nextPage", "continuous", "oddPage"]


class Sections(msgspec.Struct, frozen=True):
    """What all sections of the document share. `references` maps "header-first" and the like to relationships."""

    page: PageStyle
    running: Running
    references: Mapping[str, str]

    def properties(self, kind: SectionStart, *, first: bool, columns: int) -> str:
        """Return `w:sectPr` (ECMA-376-1, 17.6.17). The first section names the headers; the others have the same."""
        page = self.page
        references = ""
        if first:
            references = "".join(
                f'<w:{_TYPES[name.partition("-")[0]]} w:type="{name.partition("-")[2]}" r:id="{relationship}"/>'
                for name, relationship in self.references.items()
            )
        start = f'<w:type w:val="{kind}"/>'
        size = f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"'
        size += ' w:orient="landscape"/>' if page.width > page.height else "/>"
        margins = (
            f'<w:pgMar w:top="{twips(self.running.top)}" w:right="{twips(page.margin_outer)}" '
            f'w:bottom="{twips(page.margin_bottom)}" w:left="{twips(page.margin_inner)}" '
            f'w:header="{twips(self.running.header_distance)}" w:footer="{twips(self.running.footer_distance)}" '
            'w:gutter="0"/>'
        )
        number = '<w:pgNumType w:start="1"/>' if first else ""
        gap = f' w:space="{twips(page.column_gap)}"'
        rule = ' w:sep="1"' if page.column_rule.width else ""
        columns_xml = f'<w:cols w:num="{columns}"{gap}{rule}/>' if columns > 1 else '<w:cols w:space="720"/>'
        title = "<w:titlePg/>" if first else ""
        return f"<w:sectPr>{references}{start}{size}{margins}{number}{columns_xml}{title}</w:sectPr>"


def divide(title: Pieces, text: Pieces, shared: Sections) -> tuple[Pieces, str]:
    """Return a document's pieces with the ends of its sections, and the properties of its last section.

    A title over several columns is a section of its own; what begins a right-hand page begins a section. The last
    paragraph of a section says how the section is (17.6.17), and how it began.
    """
    columns = shared.page.columns
    pieces: Pieces = list(title)
    start: SectionStart = "nextPage"
    first = True
    if columns > 1 and visible(title):
        _end(pieces, shared.properties(start, first=True, columns=1))
        start, first = "continuous", False
    for piece in text:
        if isinstance(piece, Paragraph) and piece.form.recto and visible(pieces):
            if not _is_ended(pieces):
                _end(pieces, shared.properties(start, first=first, columns=columns))
            start, first = "oddPage", False
        pieces.append(piece)
    return pieces, shared.properties(start, first=first, columns=columns)


def _is_ended(pieces: Pieces) -> bool:
    last = visible(pieces)[-1]
    return isinstance(last, Paragraph) and bool(last.section)


def _end(pieces: Pieces, properties: str) -> None:
    """End a section with its last paragraph, or with an invisible one after a table."""
    last = visible(pieces)[-1]
    if isinstance(last, Paragraph):
        last.section = properties
    else:
        pieces.append(Raw(separator(section=properties)))
