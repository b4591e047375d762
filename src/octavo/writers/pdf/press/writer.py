"""The edition for the press: the same pages in inks, on a sheet with bleed and marks, without anything to click.

PDF/X-4 (ISO 15930-7) forbids annotations on the page, so links keep their text alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final, Literal

import msgspec

from octavo.diagnostics import Diagnostic, info
from octavo.edition import Output
from octavo.theme.style import Medium
from octavo.typeset.frames import Layout, Page
from octavo.writers.pdf.compose import Composed, Form, WriteImage, compose, pages_of, shown_widths
from octavo.writers.pdf.drawings import Drawings
from octavo.writers.pdf.press.images import PressImages
from octavo.writers.pdf.press.inks import (
    KNOCK_OUT,
    Palette,
    PressInks,
    check_inks,
    gather_palette,
    write_resources,
)
from octavo.writers.pdf.press.options import PressOptions
from octavo.writers.pdf.press.overlay import color_changes
from octavo.writers.pdf.press.printers import Printer, shipped_printer
from octavo.writers.pdf.press.profile import Condition, condition_of, shipped_condition, write_intents
from octavo.writers.pdf.press.report import (
    check_bleed,
    check_drawings,
    check_images,
    check_pages,
    check_painting,
)
from octavo.writers.pdf.press.separation import Separator
from octavo.writers.pdf.press.sheet import Sheet, lay_sheet
from octavo.writers.protocol import Manuscript
from octavo.writers.svg.typist import Typist

_VERSION: Final = (1, 6)
_DEFAULTS: Final = PressOptions()


class PressWriter:
    """Writes the press edition."""

    name: ClassVar[str] = "press"
    suffix: ClassVar[str] = ".press.pdf"
    medium: ClassVar[Medium] = Medium.PRINT
    needs_layout: ClassVar[bool] = True
    options: ClassVar[type[PressOptions]] = PressOptions

    def __init__(self, chosen: PressOptions = _DEFAULTS) -> None:
        self._chosen = chosen

    def write(self, manuscript: Manuscript) -> Output:
        """Return the edition; see `octavo.writers.protocol.Writer`.

        Raises:
            ResourceError: there is no printer profile of the name chosen.
        """
        chosen = self._chosen
        printer = chosen.printer if isinstance(chosen.printer, Printer) else shipped_printer(chosen.printer)
        condition = condition_of(chosen.icc) if chosen.icc else shipped_condition()
        layout = pad_pages(pages_of(manuscript), printer.pages_multiple)
        marks = printer.marks if chosen.marks is None else chosen.marks
        sheet = lay_sheet(layout, printer.bleed, marks=marks)
        separator = Separator(condition.profile, printer.ink_limit)
        changes = color_changes(manuscript.layout_styles, manuscript.styles)
        palette, images = gather_palette(layout, separator, changes), PressImages(separator)
        typist = Typist(manuscript.fonts, manuscript.styles)
        inks = PressInks(separator, manuscript.styles.palette)
        drawings = Drawings(typist, inks, shown_widths(layout), images.write)
        composed = compose(manuscript, layout, _form(sheet, palette, drawings.write, condition))
        said = _check(manuscript, layout, printer, composed)
        return Output(
            composed.output.data,
            (
                *composed.output.diagnostics,
                *said,
                *check_pages(layout, sheet, printer),
                *check_inks(palette, printer.ink_limit),
                *check_images(manuscript.resolved, layout, printer, images.cover),
                *check_drawings(manuscript.resolved, layout, printer, drawings.drawn),
            ),
        )


def _form(sheet: Sheet, palette: Palette, write_image: WriteImage, condition: Condition) -> Form:
    return Form(
        version=_VERSION,
        press=True,
        ink=palette.area_ink,
        text_ink=palette.text_ink,
        write_image=write_image,
        intents=lambda file: write_intents(file, condition),
        resources=lambda file: write_resources(file, palette),
        boxes=sheet.boxes,
        group_space="/DeviceCMYK",
        image_state=KNOCK_OUT,
        furniture=sheet.furniture,
        margin=sheet.margin,
        bleed=sheet.bleed,
        clickable=False,
    )


def pad_pages(layout: Layout, multiple: int) -> Layout:
    """Return a layout whose number of pages is a multiple, with blank pages at its end."""
    missing = -len(layout.pages) % multiple
    if not missing:
        return layout
    sides: tuple[Literal["verso", "recto"], ...] = ("verso", "recto")
    first = sides.index(layout.pages[-1].side) + 1
    blanks = tuple(
        Page(label="", side=sides[(first + at) % 2], frames=(), anchors=(), start=None)
        for at in range(missing)
    )
    return msgspec.structs.replace(layout, pages=(*layout.pages, *blanks))


def _check(
    manuscript: Manuscript, layout: Layout, printer: Printer, composed: Composed
) -> Iterator[Diagnostic]:
    """Say what was added, and what the theme and the painting lack."""
    blank = len(layout.pages) - len(pages_of(manuscript).pages)
    if blank:
        pages = "a blank page was" if blank == 1 else f"{blank} blank pages were"
        yield info(
            "press-blank-pages",
            f"{pages} added at the end: the printer takes multiples of {printer.pages_multiple}",
        )
    yield from check_bleed(manuscript.styles.page.bleed, printer)
    yield from check_painting(composed.contents)
