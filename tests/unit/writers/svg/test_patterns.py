"""Patterns: tiles of vectors, each within its box, all within the shape that they fill."""

from __future__ import annotations

import pytest

from octavo.units import Color
from octavo.writers.svg.paths import bounds, moved
from octavo.writers.svg.scene import Layer, Shape, Unsupported
from tests.unit.writers.svg.drawn import drawing, items, svg

# The drawing's 100 units are 75 points wide.
DOT = '<circle cx="1" cy="1" r="1" fill="red"/>'
UNITS = 'patternUnits="userSpaceOnUse"'


def lefts(inside: str) -> list[tuple[float, float]]:
    """Where the shapes within tiles begin, in the drawing's units."""
    found = []
    for each in items(inside):
        if isinstance(each, Shape):
            box = bounds(moved(each.path, each.matrix))
            assert box is not None
            found.append((round(box[0] / 0.75, 3), round(box[1] / 0.75, 3)))
    return found


def test_tiles_cover_what_they_fill_and_no_more() -> None:
    pattern = f'<pattern id="p" width="4" height="5" {UNITS}>{DOT}</pattern>'
    found = lefts(f'{pattern}<rect x="1" y="1" width="6" height="6" fill="url(#p)"/>')
    assert found == [(0, 0), (4, 0), (0, 5), (4, 5)]


def test_the_content_of_a_tile_begins_in_its_corner() -> None:
    pattern = f'<pattern id="p" x="2" y="1" width="9" height="9" {UNITS}>{DOT}</pattern>'
    assert (2, 1) in lefts(f'{pattern}<rect x="2" y="1" width="6" height="6" fill="url(#p)"/>')


def test_each_tile_shows_within_its_box_and_all_within_the_shape() -> None:
    pattern = f'<pattern id="p" x="1" width="4" height="4" {UNITS}>{DOT}</pattern>'
    media = svg(f'{pattern}<rect width="3" height="3" fill="url(#p)" fill-opacity="0.5" stroke="blue"/>')
    whole, edge = drawing(media).content
    assert isinstance(whole, Layer)
    assert isinstance(edge, Shape)
    assert (whole.opacity, edge.fill, edge.stroke is not None) == (0.5, None, True)
    assert bounds(whole.clips[0].path) == pytest.approx((0, 0, 2.25, 2.25))
    tiles = [each for each in whole.content if isinstance(each, Layer)]
    assert [bounds(each.clips[0].path) for each in tiles] == [
        pytest.approx((-2.25, 0, 3, 3)),
        pytest.approx((0.75, 0, 3, 3)),
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (
            '<pattern id="p" width="1" height="1" patternContentUnits="objectBoundingBox">'
            '<path transform="scale(0.1)" d="M0 0h2v2z"/></pattern><!-- {} -->',
            [(2, 2), (10, 2), (2, 10), (10, 10)],
        ),
        (
            '<pattern id="p" width="0.5" height="1">{}</pattern>',
            [(2, 2), (6, 2), (10, 2), (2, 10), (6, 10), (10, 10)],
        ),
        (
            f'<pattern id="p" width="8" height="8" patternTransform="translate(2 2)" {UNITS}>{{}}</pattern>',
            [(2, 2), (10, 2), (2, 10), (10, 10)],
        ),
        (
            f'<pattern id="a" width="8" height="8" {UNITS}>{{}}</pattern><pattern id="p" href="#a" x="2" y="2"/>',
            [(2, 2), (10, 2), (2, 10), (10, 10)],
        ),
        (
            f'<pattern id="p" x="2" y="2" width="20" height="20" viewBox="0 0 2 2" {UNITS}>{{}}</pattern>',
            [(2, 2)],
        ),
    ],
)
def test_a_pattern_says_in_which_units_and_where_its_tiles_stand(
    pattern: str, expected: list[tuple[float, float]]
) -> None:
    found = lefts(f'{pattern.format(DOT)}<rect x="2" y="2" width="8" height="8" fill="url(#p)"/>')
    assert set(expected) >= set(found)
    assert found[0] in expected


@pytest.mark.parametrize(
    "pattern",
    [
        '<pattern id="p"/>',
        f'<pattern id="p" width="0" height="4" {UNITS}>{DOT}</pattern>',
        f'<pattern id="p" width="4" height="4" patternTransform="scale(0)" {UNITS}>{DOT}</pattern>',
        f'<pattern id="p" width="4" height="4" {UNITS}/>',
    ],
)
def test_a_pattern_without_tiles_paints_nothing(pattern: str) -> None:
    assert items(f'{pattern}<rect width="9" height="9" fill="url(#p)"/>') == []


@pytest.mark.parametrize(
    ("inside", "feature"),
    [
        (f'<pattern id="p" width="0.1" height="0.1" {UNITS}>{DOT}</pattern>', "more than 2,500 tiles"),
        (
            f'<pattern id="p" width="4" height="4" {UNITS}><rect width="2" height="2" fill="url(#p)"/></pattern>',
            "a pattern in a pattern",
        ),
    ],
)
def test_what_would_be_too_much_is_named(inside: str, feature: str) -> None:
    with pytest.raises(Unsupported, match=feature):
        items(f'{inside}<rect width="50" height="50" fill="url(#p)"/>')


def test_tiles_are_painted_in_their_own_colours() -> None:
    pattern = (
        f'<g fill="blue"><pattern id="p" width="4" height="4" {UNITS}><path d="M0 0h2v2z"/></pattern></g>'
    )
    shape = next(
        each
        for each in items(f'{pattern}<g fill="red"><rect width="3" height="3" fill="url(#p)"/></g>')
        if isinstance(each, Shape)
    )
    assert shape.fill == Color(0, 0, 255)
