"""What all stories of one file share, and the elements that hold nothing to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from octavo.diagnostics import Position, info, warning
from octavo.readers.docx.drawings import Pictures
from octavo.readers.docx.looks import Looks
from octavo.readers.docx.names import W
from octavo.readers.docx.numbering import Numbering
from octavo.readers.docx.package import Relationship
from octavo.readers.docx.styles import Styles
from octavo.readers.report import Report

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SAID_OF_DELETIONS: Final = "text that a tracked change deletes was left out"
_SKIPPED: Final = """
    pPr rPr proofErr permStart permEnd commentRangeStart commentRangeEnd sectPr tblPr tblGrid trPr tcPr
    sdtPr sdtEndPr footnoteRef endnoteRef annotationRef separator continuationSeparator
    lastRenderedPageBreak delText delInstrText moveFromRangeStart moveFromRangeEnd moveToRangeStart
    moveToRangeEnd smartTagPr customXmlPr customXmlInsRangeStart customXmlInsRangeEnd
    customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd
    customXmlMoveToRangeStart customXmlMoveToRangeEnd tblPrEx pgNum dayShort dayLong monthShort
    monthLong yearShort yearLong fldData contentPart rubyPr
"""
SKIPPED: Final = frozenset(f"{W}{name}" for name in _SKIPPED.split())


class Shared:
    """What all stories of one file share."""

    def __init__(
        self, *, styles: Styles, numbering: Numbering, looks: Looks, pictures: Pictures, name: str
    ) -> None:
        self.styles = styles
        self.numbering = numbering
        self.looks = looks
        self.pictures = pictures
        self.report = Report()
        self.name = name
        self.notes: dict[tuple[str, str], Element] = {}
        self.note_relationships: dict[str, Mapping[str, Relationship]] = {}
        self.formulas: dict[str, str] = {}
        """The LaTeX of formulas that octavo wrote, by their characters and by the names of their bookmarks."""
        self.paragraphs: frozenset[int] = frozenset()
        """The keys of the paragraphs that octavo wrote."""
        self.paragraph = 0
        """How many paragraphs of the document's text were read: the line of a position."""

    def say(self, code: str, message: str, position: Position | None, hint: str = "") -> None:
        """Say what was lost, once for each kind."""
        self.report.once(warning(code, message, position, hint))

    def tell(self, code: str, message: str, position: Position | None, hint: str = "") -> None:
        """Say what was taken in a way that may not be expected, once for each kind."""
        self.report.once(info(code, message, position, hint))
