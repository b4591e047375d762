"""Text that becomes outlines: where it stands, and how wide it is."""

from __future__ import annotations

import pytest

from octavo.writers.svg.paths import bounds, moved
from octavo.writers.svg.prepare import prepare_svg
from octavo.writers.svg.scene import Shape
from tests.unit.writers.svg.drawn import items, svg, typist


def boxes(inside: str) -> list[tuple[float, float, float, float]]:
    """(left, top, width, height) of each piece of text, in user units."""
    found = []
    for each in items(inside):
        assert isinstance(each, Shape)
        box = bounds(moved(each.path, each.matrix))
        assert box is not None
        found.append((box[0] / 0.75, box[1] / 0.75, box[2] / 0.75, box[3] / 0.75))
    return found


def test_text_stands_on_its_baseline() -> None:
    ((left, top, _, height),) = boxes('<text x="10" y="50" font-size="20">HH</text>')
    assert left == pytest.approx(10, abs=2.5)
    assert top + height == pytest.approx(50, abs=0.1)


def test_anchors() -> None:
    text = '<text x="50" y="50" text-anchor="{}">mm</text>'
    start, middle, end = (boxes(text.format(anchor))[0] for anchor in ("start", "middle", "end"))
    assert middle[0] + middle[2] / 2 == pytest.approx(50, abs=0.5)
    assert start[0] - 50 == pytest.approx(50 - end[0] - end[2], abs=1)


def test_a_chunk_is_anchored_as_a_whole() -> None:
    pieces = boxes('<text x="50" y="50" text-anchor="middle">mm<tspan fill="red">mm</tspan></text>')
    whole = boxes('<text x="50" y="50" text-anchor="middle">mmmm</text>')[0]
    assert pieces[0][0] == pytest.approx(whole[0])
    assert pieces[1][0] + pieces[1][2] == pytest.approx(whole[0] + whole[2])


def test_letters_may_have_places_of_their_own() -> None:
    pieces = boxes('<text y="50" x="10 30 60">abc</text>')
    assert [piece[0] // 10 for piece in pieces] == [1, 3, 6]


def test_lines_begin_anew() -> None:
    first, second = boxes('<text x="10" y="20">one<tspan x="10" dy="1.5em">one</tspan></text>')
    assert second[0] == pytest.approx(first[0])
    assert second[1] - first[1] == pytest.approx(24)


def test_white_space_collapses_unless_it_is_kept() -> None:
    plain = boxes('<text x="0" y="50">\n  a \n  b\n</text>')[0]
    assert plain == pytest.approx(boxes('<text x="0" y="50">a b</text>')[0])
    kept = boxes('<text x="0" y="50" xml:space="preserve">a    b</text>')[0]
    assert kept[2] > plain[2]


def test_fonts_come_from_shorthands_and_parents() -> None:
    one = boxes('<text x="0" y="50" style="font: italic bold 20px/1.2 Nowhere, sans-serif">mm</text>')
    other = boxes(
        '<g font-family="Nowhere, sans-serif" font-size="10px"><text x="0" y="50" font-size="2em" font-weight="700" '
        'font-style="italic">mm</text></g>'
    )
    assert one == [pytest.approx(other[0])]


def test_baselines_are_moved() -> None:
    tops = [
        boxes(f'<text x="0" y="50" dominant-baseline="{name}">H</text>')[0][1]
        for name in ("auto", "middle", "central", "hanging")
    ]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4


def test_a_length_that_is_given_is_kept() -> None:
    _, _, width, _ = boxes('<text x="0" y="50" textLength="80">mmmm</text>')[0]
    assert width == pytest.approx(80, abs=8)


def test_paint_goes_with_the_text() -> None:
    shape = items('<g fill="red"><text y="9"><tspan stroke="blue" opacity=".5">a</tspan></text></g>')[-1]
    assert isinstance(shape, Shape)
    assert shape.stroke is not None


def test_missing_characters_are_reported() -> None:
    _, said = prepare_svg(svg('<text y="9">\U000f1234</text>'), typist())
    assert [each.code for each in said] == ["missing-glyph"]


def test_text_along_a_path_is_reported() -> None:
    _, said = prepare_svg(svg('<text>a<textPath href="#p">b</textPath></text>'), typist())
    assert [each.code for each in said] == ["svg-text-on-path"]
