"""The finished edition against what the print shop asks for: said, with places in the source, and never refused."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, info, warning
from octavo.transforms.resolved import Resolved
from octavo.tree.nodes import Image
from octavo.tree.walk import walk
from octavo.typeset.frames import Artifact, Layout, Picture, Placed, Rectangle, TextLine
from octavo.writers.pdf.drawings import IN_RGB, Drawn
from octavo.writers.pdf.paint import TOUCHES
from octavo.writers.pdf.press.printers import Printer
from octavo.writers.pdf.press.sheet import Sheet

_SLACK: Final = 0.005
_NEARLY: Final = 1.0
"""A bleed that is less than a point short is no matter."""


def check_images(
    resolved: Resolved, layout: Layout, printer: Printer, cover: Mapping[str, float]
) -> Iterator[Diagnostic]:
    """Say which images are too coarse where they stand, and which have too much ink."""
    places = _places(resolved)
    for source, (wide, page) in _widest(layout).items():
        media = resolved.media.get(source)
        if media is None or not media.pixel_width:
            continue
        resolution = media.pixel_width * 72 / wide
        if resolution < printer.resolution - 0.5:
            yield warning(
                "press-low-resolution",
                f"image `{source}` has {resolution:.0f} pixels an inch on page {page},"
                f" and the printer asks for {printer.resolution:.0f}",
                places.get(source),
                hint=f"give it at least {_needed(media.pixel_width, resolution, printer)} pixels of width",
            )
    for source, percent in cover.items():
        if percent > printer.ink_limit + _NEARLY:
            yield warning(
                "press-ink-coverage",
                f"image `{source}` takes up to {percent:.0f} % of ink, and the printer {printer.ink_limit:.0f} %",
                places.get(source),
                hint="convert it with the print shop's profile",
            )


def _needed(pixels: int, resolution: float, printer: Printer) -> int:
    return round(pixels * printer.resolution / resolution + 0.5)


def _widest(layout: Layout) -> dict[str, tuple[float, str]]:
    """Return how wide each image is shown at most, in points, and the folio of that page."""
    found: dict[str, tuple[float, str]] = {}
    for at, page in enumerate(layout.pages, 1):
        for placed in page.frames:
            frame = placed.frame
            if isinstance(frame, Picture) and frame.width > 0:
                found.setdefault(frame.source, (frame.width, page.label or str(at)))
                if frame.width > found[frame.source][0]:
                    found[frame.source] = (frame.width, page.label or str(at))
    return found


def _places(resolved: Resolved) -> dict[str, Position | None]:
    places: dict[str, Position | None] = {}
    for node in walk(resolved.document):
        if isinstance(node, Image):
            places.setdefault(node.source, node.position)
    return places


def check_drawings(
    resolved: Resolved, layout: Layout, printer: Printer, drawings: Mapping[str, Drawn]
) -> Iterator[Diagnostic]:
    """Say which drawings have lines that are too thin where they are shown smallest, bitmaps that are too coarse where
    they are shown largest, too much ink, or colours of the screen."""
    if not drawings:
        return
    places = _places(resolved)
    yield from _check_bitmaps(_widest(layout), printer, drawings, places)
    for source, drawn in drawings.items():
        if drawn.ink * 100 > printer.ink_limit + _NEARLY:
            yield warning(
                "press-ink-coverage",
                f"drawing `{source}` takes up to {drawn.ink * 100:.0f} % of ink,"
                f" and the printer {printer.ink_limit:.0f} %",
                places.get(source),
                hint="give the colours of the theme that it uses less ink, or draw it in others",
            )
        if drawn.red_green_blue:
            yield warning(
                "press-rgb",
                f"drawing `{source}` has colours in RGB, which the press cannot print",
                places.get(source),
            )
    for source, (wide, page) in _narrowest(layout).items():
        line = drawings[source].pen * wide if source in drawings else math.inf
        if line < printer.minimum_line - _SLACK:
            yield warning(
                "press-hairline",
                f"drawing `{source}` has lines of {line:.2g} pt on page {page}, and the printer holds"
                f" {printer.minimum_line:g} pt",
                places.get(source),
                hint="draw them thicker, or show it larger",
            )


def _check_bitmaps(
    widest: Mapping[str, tuple[float, str]],
    printer: Printer,
    drawings: Mapping[str, Drawn],
    places: Mapping[str, Position | None],
) -> Iterator[Diagnostic]:
    for source, (wide, page) in widest.items():
        drawn = drawings.get(source)
        if drawn is None or math.isinf(drawn.pixels):
            continue
        resolution = drawn.pixels * 72 / wide
        if resolution < printer.resolution - 0.5:
            yield warning(
                "press-low-resolution",
                f"a bitmap in drawing `{source}` has {resolution:.0f} pixels an inch on page {page},"
                f" and the printer asks for {printer.resolution:.0f}",
                places.get(source),
                hint=f"put one of {printer.resolution / resolution:.1f} times the width into it, or show it smaller",
            )


def _narrowest(layout: Layout) -> dict[str, tuple[float, str]]:
    """Return how wide each image is shown at least, in points, and the folio of that page."""
    found: dict[str, tuple[float, str]] = {}
    for at, page in enumerate(layout.pages, 1):
        for placed in page.frames:
            frame = placed.frame
            if isinstance(frame, Picture) and 0 < frame.width < found.get(frame.source, (math.inf, ""))[0]:
                found[frame.source] = (frame.width, page.label or str(at))
    return found


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen on the pages, counted: how often, and the folio of the first page."""

    count: int = 0
    page: str = ""

    def again(self, page: str) -> Finding:
        """Return the finding with one more place."""
        return Finding(count=self.count + 1, page=self.page or page)


def check_pages(layout: Layout, sheet: Sheet, printer: Printer) -> Iterator[Diagnostic]:
    """Say where lines are too thin, and where something ends at the trim that should go beyond it."""
    thin, short = Finding(), Finding()
    for at, page in enumerate(layout.pages, 1):
        label = page.label or str(at)
        for placed in page.frames:
            if _is_thin(placed, printer.minimum_line):
                thin = thin.again(label)
            if sheet.bleed and _ends_at_trim(placed, layout):
                short = short.again(label)
    if thin.count:
        yield warning(
            "press-hairline",
            f"{_times(thin.count, 'line')} thinner than {printer.minimum_line:g} pt, the first on page {thin.page}",
            hint="make the rules of the theme thicker",
        )
    if short.count:
        yield warning(
            "press-no-bleed",
            f"{_times(short.count, 'area')} at the trim edge without a bleed, the first on page {short.page}",
            hint="keep pictures and panels off the edge; only backgrounds of the page can bleed",
        )


def _times(count: int, thing: str) -> str:
    return f"1 {thing} is" if count == 1 else f"{count} {thing}s are"


def _is_thin(placed: Placed, least: float) -> bool:
    match placed.frame:
        case Rectangle(width=width, height=height):
            return 0 < min(width, height) < least - _SLACK
        case TextLine(rules=rules):
            return any(0 < min(rule[2], rule[3]) < least - _SLACK for rule in rules)
        case _:
            return False


def _ends_at_trim(placed: Placed, layout: Layout) -> bool:
    frame = placed.frame
    if not isinstance(frame, Rectangle | Picture):
        return False
    if isinstance(frame, Rectangle) and (frame.bleeds or frame.owner is Artifact.HEADER):
        return False
    width, height = (frame.height, frame.width) if placed.turned else (frame.width, frame.height)
    return (
        placed.x <= TOUCHES
        or placed.y <= TOUCHES
        or placed.x + width >= layout.width - TOUCHES
        or placed.y + height >= layout.height - TOUCHES
    )


def check_painting(contents: Sequence[bytes]) -> Iterator[Diagnostic]:
    """Say whether a page is painted in colours of the screen; contents are compressed."""
    for at, content in enumerate(contents, 1):
        if IN_RGB.search(zlib.decompress(content)):
            yield warning("press-rgb", f"page {at} has colours in RGB, which the press cannot print")
            return


def check_bleed(theme: float, printer: Printer) -> Iterator[Diagnostic]:
    """Say where the theme is made for less bleed than the printer wants."""
    if theme < printer.bleed - _NEARLY:
        yield info(
            "press-bleed",
            f"the theme has a bleed of {theme:g} pt, and the printer asks for {printer.bleed:g} pt;"
            " backgrounds at the edge reach that far",
            hint="set [print.page] bleed in the theme",
        )
