"""The DOCX writer: from a manuscript to a Word file that an editor goes on working with.

How the file is made is loaded when it is made: naming a writer costs nothing, and whoever helps loads it beside.
"""

from __future__ import annotations

from typing import ClassVar

from octavo.edition import Output
from octavo.theme.style import Medium
from octavo.writers.protocol import Manuscript


class DocxWriter:
    """Writes a Word file: named styles, real headings, lists, tables, notes and fields."""

    name: ClassVar[str] = "docx"
    suffix: ClassVar[str] = ".docx"
    medium: ClassVar[Medium] = Medium.OFFICE
    needs_layout: ClassVar[bool] = True
    """The contents and the references show the pages of octavo's own layout."""
    needs_frames: ClassVar[bool] = False

    def write(self, manuscript: Manuscript) -> Output:
        """Return the Word file; see `Writer.write`."""
        from octavo.writers.docx.edition import make_edition

        return make_edition(manuscript)
