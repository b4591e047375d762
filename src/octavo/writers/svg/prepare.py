"""An SVG file made ready to be drawn: cleaned, its styles flat, its text outlined; and, where needed, as pixels."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from octavo.diagnostics import Diagnostic, info, warning
from octavo.tree.media import MediaFile
from octavo.writers.svg.cascade import flatten_styles
from octavo.writers.svg.clean import clean_svg
from octavo.writers.svg.filters import tame_filters
from octavo.writers.svg.geometry import view_box
from octavo.writers.svg.outline import MOST_LETTERS, outline_text
from octavo.writers.svg.typist import Typist

_DOTS: Final = 300
"""Pixels an inch of what only pixels can show."""
_LARGEST: Final = 6000
"""Pixels of the longer side, at most."""


class Prepared(msgspec.Struct, frozen=True):
    """A drawing's tree, without styles and text, and its clean file."""

    root: Any
    clean: bytes


def prepare_svg(media: MediaFile, typist: Typist) -> tuple[Prepared | None, tuple[Diagnostic, ...]]:
    """Return a drawing ready to be drawn; None where it cannot be read; and what was left out of it."""
    from lxml import etree

    clean, lost = clean_svg(media.data)
    said: list[Diagnostic] = []
    if lost:
        said.append(
            warning(
                "svg-cleaned",
                f"image `{media.source}` holds {', '.join(lost)}, which are left out",
                hint="save the image as plain SVG",
            )
        )
    if not clean:
        return None, tuple(said)
    root = etree.fromstring(clean)
    before = len(typist.diagnostics)
    if flatten_styles(root):
        said.append(
            warning(
                "svg-cleaned",
                f"image `{media.source}` holds too many rules of style, which are left out",
                hint="save the image as plain SVG",
            )
        )
    if tame_filters(root):
        said.append(
            warning(
                "svg-cleaned",
                f"image `{media.source}` holds filters that would take too long, which are left out",
                hint="use fewer filters, or save the image as PNG",
            )
        )
    for each in root.iter("*"):
        # A test that is always true (SVG 2, 5.7.2): the renderer of pixels knows no such features by name.
        each.attrib.pop("requiredFeatures", None)
    view = view_box(root.get("viewBox"))
    size = (view[2], view[3]) if view else (media.width * 4 / 3, media.height * 4 / 3)
    on_path, beyond = outline_text(root, typist, size)
    if beyond:
        said.append(
            warning(
                "svg-cleaned",
                f"image `{media.source}` has more than {MOST_LETTERS:,} letters; the others are left out",
                hint="let the text be a part of the document",
            )
        )
    if on_path:
        said.append(
            info("svg-text-on-path", f"image `{media.source}` has text along a path, which is left out")
        )
    said.extend(typist.diagnostics[before:])
    return Prepared(root, clean), tuple(said)


def render_svg(prepared: Prepared, media: MediaFile, width: float) -> bytes:
    """Return a drawing as PNG, made for a width in points; empty where it cannot be drawn.

    No font and no file of the machine is used: the text is outlines by now.
    """
    import resvg_py
    from lxml import etree

    pixels = max(width, 1.0) * _DOTS / 72
    longer = pixels * max(1.0, media.height / media.width)
    pixels *= min(1.0, _LARGEST / longer)
    root = prepared.root
    if view_box(root.get("viewBox")) is None:
        root.set("viewBox", f"0 0 {media.width * 4 / 3:g} {media.height * 4 / 3:g}")
    root.set("width", f"{media.width:g}pt")
    root.set("height", f"{media.height:g}pt")
    try:
        made = resvg_py.svg_to_bytes(
            svg_string=etree.tostring(root, encoding="unicode"),
            width=max(1, round(pixels)),
            dpi=96.0,
            skip_system_fonts=True,
        )
    except ValueError:
        return b""
    return bytes(made)
