"""Pictures that stand on their own: as large as they are, as wide as asked, never larger than their place."""

from __future__ import annotations

from typing import Final

from octavo.diagnostics import warning
from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.typeset.boxes import Box, Boxes, decorated, inset
from octavo.typeset.frames import Owner, Picture, Placed
from octavo.typeset.geometry import TALLEST_PICTURE
from octavo.typeset.setting import Place, Setting

SCREEN_RESOLUTION: Final = 72
"""Below this many pixels per inch anybody sees the pixels."""


def standing_picture(paragraph: nodes.Paragraph) -> nodes.Image | None:
    """Return the picture that is all of a paragraph, if it is."""
    if len(paragraph.content) == 1 and isinstance(paragraph.content[0], nodes.Image):
        return paragraph.content[0]
    return None


def set_picture(image: nodes.Image, style: Style, place: Place, setting: Setting) -> Boxes:
    """Set a picture that stands alone; no boxes where its file could not be read."""
    media = setting.resolved.media.get(image.source)
    if media is None or media.width <= 0 or media.height <= 0:
        return []
    outer = place.indented(style)
    inner = outer.inside(*inset(style))
    wanted = (
        image.width if image.width > 0 else -image.width * inner.width if image.width < 0 else media.width
    )
    width = min(wanted, inner.width)
    height = width * media.height / media.width
    tallest = setting.page_height * TALLEST_PICTURE
    if height > tallest:
        width, height = width * tallest / height, tallest
    if media.pixel_width and media.pixel_width * 72 / width < SCREEN_RESOLUTION:
        found = round(media.pixel_width * 72 / width)
        setting.diagnostics.append(
            warning(
                "low-resolution",
                f"image `{image.source}` has {found} pixels per inch at its size on the page",
                image.position,
                hint="give a larger image, or a smaller `width`",
            )
        )
    spare = inner.width - width
    x = inner.left + {"center": spare / 2, "right": spare}.get(style.align, 0.0)
    picture = Picture(width, height, image.source, image.alt, Owner(image.key))
    box = Box(height=height, frames=(Placed(x, 0.0, picture),), keys=(image.key,), key=image.key)
    return decorated([box], style, outer.left, outer.width)
