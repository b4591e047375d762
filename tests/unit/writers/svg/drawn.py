"""Drawings for tests, and what they come to."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from octavo.environment import installed_fonts
from octavo.media import recognise
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium, StyleSheet
from octavo.tree.media import MediaFile
from octavo.writers.svg.build import build_drawing
from octavo.writers.svg.prepare import prepare_svg
from octavo.writers.svg.scene import Drawing, Item, Layer
from octavo.writers.svg.typist import Typist
from tests.unit.theme.themes import reader

SAMPLES = Path(__file__).parents[3] / "cases" / "svg"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">'


@cache
def styles() -> StyleSheet:
    return resolve_theme(load_theme("base", reader()), Medium.SCREEN, installed_fonts())[0]


def typist() -> Typist:
    return Typist(installed_fonts(), styles())


def svg(inside: str) -> MediaFile:
    """An image of 100 by 100 units, 75 points wide."""
    return recognise("x.svg", f"{HEAD}{inside}</svg>".encode())


def sample(name: str) -> MediaFile:
    return recognise(name, (SAMPLES / name).read_bytes())


def drawing(media: MediaFile) -> Drawing:
    prepared, _ = prepare_svg(media, typist())
    assert prepared is not None
    return build_drawing(prepared.root, media.width, media.height)


def items(inside: str) -> list[Item]:
    """What a drawing paints, layer by layer."""

    def flat(content: tuple[Item, ...]) -> list[Item]:
        found: list[Item] = []
        for each in content:
            found += [each, *flat(each.content)] if isinstance(each, Layer) else [each]
        return found

    return flat(drawing(svg(inside)).content)
