"""Section properties: page size, margins, columns, and which headers and footers a section has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from octavo.theme.style import PageStyle
from octavo.units import twips
from octavo.writers.docx.place import Band
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
        elif self.leftwards:
            # Of facing pages these are the odd ones (17.15.1.57), which are left-hand pages here.
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
