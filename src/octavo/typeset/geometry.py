"""Where text may stand on a page: margins, facing pages, columns. Lengths are points from the trim edge."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from octavo.theme.style import PageStyle

Side: TypeAlias = Literal["recto", "verso"]
LEAST_HEIGHT = 72.0
"""Margins never leave less than this for the text, in points."""
TALLEST_PICTURE: Final = 0.8
"""A picture is at most this share of the height of a page's text."""


class Area(msgspec.Struct, frozen=True):
    """A rectangle that text fills from its top."""

    left: float
    top: float
    width: float
    height: float


def side_of(at: int, page: PageStyle) -> Side:
    """Return which side of a leaf the page at an index is; where pages do not face, all are alike."""
    return "verso" if page.facing and at % 2 else "recto"


def text_area(at: int, page: PageStyle) -> Area:
    """Return the text area of the page at an index."""
    left = page.margin_outer if side_of(at, page) == "verso" else page.margin_inner
    top = page.margin_top if at else page.first_margin_top
    top = min(top, max(0.0, page.height - page.margin_bottom - LEAST_HEIGHT))
    width = max(LEAST_HEIGHT, page.width - page.margin_inner - page.margin_outer)
    return Area(left, top, width, max(LEAST_HEIGHT, page.height - page.margin_bottom - top))


def column_width(page: PageStyle) -> float:
    """Return the width of one column."""
    width = text_area(1, page).width
    return (width - page.column_gap * (page.columns - 1)) / page.columns if page.columns > 1 else width
