"""The PDF to read and to archive: PDF/UA-1 and PDF/A-2a in one file (ISO 14289-1, ISO 19005-2).

The layout says where everything stands, the document tree says what it is; the writer paints the one, tags it by the
other, and adds the ways through the file.
"""

from __future__ import annotations

from typing import ClassVar, Final

from octavo.edition import Output
from octavo.theme.style import Medium
from octavo.typeset.frames import Layout
from octavo.writers.pdf.compose import Form, WriteImage, compose, pages_of, shown_widths
from octavo.writers.pdf.icc import SRGB_NAME, srgb_profile
from octavo.writers.pdf.images import write_image
from octavo.writers.pdf.ink import screen_ink
from octavo.writers.pdf.objects import PdfFile, number, text_string
from octavo.writers.protocol import Manuscript

_VERSION: Final = (1, 7)


class PdfWriter:
    """Writes the screen edition."""

    name: ClassVar[str] = "pdf"
    suffix: ClassVar[str] = ".pdf"
    medium: ClassVar[Medium] = Medium.SCREEN
    needs_layout: ClassVar[bool] = True

    def write(self, manuscript: Manuscript) -> Output:
        """Return the edition; see `octavo.writers.protocol.Writer`."""
        layout = pages_of(manuscript)
        form = Form(
            version=_VERSION,
            ink=screen_ink,
            text_ink=screen_ink,
            write_image=_image_writer(manuscript, layout),
            intents=_intents,
            boxes=f"/MediaBox[0 0 {number(layout.width)} {number(layout.height)}]",
            group_space="/DeviceRGB",
        )
        return compose(manuscript, layout, form).output


def _image_writer(manuscript: Manuscript, layout: Layout) -> WriteImage:
    """Return what writes images; what draws is loaded where there is something to draw."""
    if all(media.media_type != "image/svg+xml" for media in manuscript.resolved.media.values()):
        return write_image
    from octavo.writers.pdf.drawings import Drawings, ScreenInks
    from octavo.writers.svg.typist import Typist

    typist = Typist(manuscript.fonts, manuscript.styles)
    return Drawings(typist, ScreenInks(), shown_widths(layout), write_image).write


def _intents(file: PdfFile) -> str:
    """Say that colours are those of sRGB (ISO 19005-2, 6.2.3)."""
    profile = file.add_stream(srgb_profile(), "/N 3")
    said = text_string(SRGB_NAME)
    return (
        f"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{said}/Info{said}"
        f"/RegistryName(http://www.color.org)/DestOutputProfile {profile} 0 R>>]"
    )
