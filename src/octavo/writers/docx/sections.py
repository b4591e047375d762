"""Section properties: page size, margins, columns, and which headers and footers a section has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from octavo.theme.style import PageStyle
from octavo.units import twips
from octavo.writers.docx.place import Paragraph, Pieces, visible
from octavo.writers.docx.running import Running

_TYPES = {"header": "headerReference", "footer": "footerReference"}


class Sections(msgspec.Struct, frozen=True):
    """What all sections of the document share. `references` maps "header-first" and the like to relationships."""

    page: PageStyle
    running: Running
    references: Mapping[str, str]

    def properties(self, kind: Literal["nextPage", "continuous"], *, first: bool, columns: int) -> str:
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
        columns_xml = f'<w:cols w:num="{columns}"{gap}/>' if columns > 1 else '<w:cols w:space="720"/>'
        title = "<w:titlePg/>" if first else ""
        return f"<w:sectPr>{references}{start}{size}{margins}{number}{columns_xml}{title}</w:sectPr>"


def end_section(pieces: Pieces, properties: str) -> Pieces:
    """Return pieces that end a section; their last paragraph says so."""
    shown = visible(pieces)
    if shown and isinstance(shown[-1], Paragraph):
        shown[-1].section = properties
    return pieces
