"""What drawings come to: the cascade, what is inherited, references, and what is refused."""

from __future__ import annotations

import msgspec
import pytest

from octavo.units import Color
from octavo.writers.svg.paths import bounds, moved
from octavo.writers.svg.prepare import prepare_svg, render_svg
from octavo.writers.svg.scene import Bitmap, Gradient, Layer, Shape, Unsupported
from tests.unit.writers.svg.drawn import drawing, items, sample, svg, typist

RED = Color(255, 0, 0)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def shapes(inside: str) -> list[Shape]:
    return [each for each in items(inside) if isinstance(each, Shape)]


def only(inside: str) -> Shape:
    (shape,) = shapes(inside)
    return shape


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="9" height="9" fill="red"/>',
        '<rect width="9" height="9" style="fill : #F00 ; stroke:none"/>',
        '<g fill="rgb(100%,0%,0%)"><rect width="9" height="9"/></g>',
        '<g color="#ff0000"><rect width="9" height="9" fill="currentColor"/></g>',
        "<style>.a{fill:red}</style><rect class='b a' width='9' height='9' fill='blue'/>",
        "<style>g > .a, #z {fill:red} rect{fill:blue}</style><g><rect class='a' width='9' height='9'/></g>",
        "<style>rect{fill:red!important}</style><rect style='fill:blue' width='9' height='9'/>",
        "<style>@media print{rect{fill:blue}} g rect{fill:hsl(0,100%,50%)}</style><g><rect width='9' height='9'/></g>",
        '<defs><rect id="r" width="9" height="9"/></defs><use href="#r" fill="red"/>',
        '<switch><foreignObject/><rect width="9" height="9" fill="red"/><rect width="1" height="1"/></switch>',
        '<rect width="9" height="9" fill="url(#none) red"/>',
    ],
)
def test_a_fill_is_found_wherever_it_is_said(inside: str) -> None:
    assert only(inside).fill == RED


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="9" height="9" fill="none"/>',
        '<rect width="9" height="9" display="none"/>',
        '<rect width="9" height="9" visibility="hidden"/>',
        '<rect width="9" height="9" opacity="0"/>',
        '<rect width="9" height="9" fill="#f000"/>',
        '<defs><rect width="9" height="9"/></defs>',
        '<use href="#gone"/>',
        '<rect height="9"/>',
        '<unknown><rect width="9" height="9"/></unknown>',
    ],
)
def test_what_is_not_shown_is_not_drawn(inside: str) -> None:
    assert items(inside) == []


def test_a_stroke_has_all_its_properties() -> None:
    stroke = only(
        '<path d="M0 0H9" fill="none" stroke="red" stroke-width="2" stroke-linecap="round" stroke-linejoin="bevel" '
        'stroke-dasharray="1 2 3" stroke-dashoffset="4" stroke-opacity="50%" stroke-miterlimit="7"/>'
    ).stroke
    assert stroke is not None
    assert (stroke.paint, stroke.width, stroke.cap, stroke.join) == (RED, 2, 1, 2)
    assert (stroke.dashes, stroke.offset, stroke.opacity, stroke.miter) == ((1, 2, 3, 1, 2, 3), 4, 0.5, 7)


def test_groups_lend_their_coordinates() -> None:
    shape = only('<g transform="translate(10 20)"><rect width="8" height="4" transform="scale(2)"/></g>')
    assert bounds(moved(shape.path, shape.matrix)) == pytest.approx((7.5, 15, 12, 6))


def test_symbols_are_fitted_and_cut_off() -> None:
    layer = items(
        '<symbol id="s" viewBox="0 0 1 1"><rect width="2" height="1"/></symbol><use href="#s" width="40"/>'
    )[0]
    assert isinstance(layer, Layer)
    assert bounds(layer.clips[0].path) == pytest.approx((0, 0, 30, 75))


def test_opacity_and_clips_make_layers() -> None:
    found = items(
        '<clipPath id="c"><circle r="5"/></clipPath>'
        '<g opacity=".5" clip-path="url(#c)"><rect width="9" height="9"/></g>'
    )
    assert isinstance(found[0], Layer)
    assert (found[0].opacity, len(found[0].clips)) == (0.5, 1)


def test_gradients_take_from_one_another() -> None:
    fill = only(
        '<linearGradient id="a"><stop stop-color="red"/><stop offset="1" style="stop-color:blue"/></linearGradient>'
        '<linearGradient id="b" xlink:href="#a" x2="0" y2="1"/><rect width="8" height="4" fill="url(#b)"/>'
    ).fill
    assert isinstance(fill, Gradient)
    assert fill.coordinates == (0, 0, 0, 1)
    assert [stop.color for stop in fill.stops] == [RED, Color(0, 0, 255)]
    assert fill.matrix == (8, 0, 0, 4, 0, 0)


def test_markers_stand_at_the_ends_of_lines() -> None:
    arrow = '<marker id="m" orient="auto" overflow="visible"><path d="M0 0L1 0"/></marker>'
    line, start, end = shapes(
        f'{arrow}<path d="M0 0V50" stroke="red" marker-start="url(#m)" marker-end="url(#m)"/>'
    )
    assert bounds(moved(end.path, end.matrix)) == pytest.approx((0, 37.5, 0, 0.75))
    assert bounds(moved(start.path, start.matrix)) == pytest.approx((0, 0, 0, 0.75))
    assert line.stroke is not None


def test_images_within_are_placed() -> None:
    (bitmap,) = items(f'<image width="10" height="20" href="data:image/png;base64,{PIXEL}"/>')
    assert isinstance(bitmap, Bitmap)
    assert bitmap.matrix == pytest.approx((7.5, 0, 0, 7.5, 0, 3.75))


@pytest.mark.parametrize(
    "inside",
    [
        '<image width="9" height="9" href="https://example.org/a.png"/>',
        '<image width="9" height="9" href="file:///etc/passwd"/>',
        '<image width="9" height="9" href="data:image/png;base64,AAAA"/>',
        "<script>alert(1)</script>",
        '<use href="https://example.org/a.svg#b"/>',
    ],
)
def test_nothing_is_fetched_or_run(inside: str) -> None:
    assert items(inside) == []


@pytest.mark.parametrize(
    ("inside", "feature"),
    [
        ('<g filter="url(#f)"><rect width="9" height="9"/></g>', "a filter"),
        ('<rect width="9" height="9" mask="url(#m)"/>', "a mask"),
        ('<pattern id="p"/><rect width="9" height="9" stroke="url(#p)"/>', "a pattern"),
        ('<rect width="9" height="9" style="mix-blend-mode:multiply"/>', "a blend mode"),
        (
            '<linearGradient id="a"><stop/><stop offset="1" stop-opacity="0"/></linearGradient>'
            '<rect width="8" height="4" fill="url(#a)"/>',
            "a gradient that fades out",
        ),
        ('<g id="a"><use href="#a"/></g>', "groups nested too deeply"),
    ],
)
def test_what_vectors_cannot_show_is_named(inside: str, feature: str) -> None:
    with pytest.raises(Unsupported, match=feature):
        items(f'{inside}<rect width="1" height="1"/>')


def test_copies_of_copies_come_to_an_end() -> None:
    copies = ""
    for at in range(1, 9):
        uses = f'<use href="#a{at - 1}"/>' * 10
        copies += f'<g id="a{at}">{uses}</g>'
    prepared, said = prepare_svg(svg(f'<rect id="a0" width="1" height="1"/>{copies}'), typist())
    assert prepared is not None
    assert [(each.code, "more shapes than" in each.message) for each in said] == [("svg-cleaned", True)]
    assert not [each for each in prepared.root.iter() if each.tag.endswith("}use")]


def test_shapes_that_are_too_many_are_left_to_pixels() -> None:
    with pytest.raises(Unsupported, match="shapes"):
        items('<rect width="1" height="1"/>' * 200_001)


@pytest.mark.parametrize("name", ["plot.svg", "drawing.svg", "chart.svg", "diagram.svg"])
def test_samples_are_drawn_as_vectors(name: str) -> None:
    assert len(drawing(sample(name)).content) > 4


def test_the_same_pixels_come_of_the_same_drawing() -> None:
    media = sample("filtered.svg")
    made = []
    for _ in range(2):
        prepared, said = prepare_svg(media, typist())
        assert prepared is not None
        assert said == ()
        made.append(render_svg(prepared, media, 72.0))
    assert made[0] == made[1]
    assert made[0][16:24] == bytes((0, 0, 1, 44, 0, 0, 0, 100))


def test_what_is_no_svg_is_not_drawn() -> None:
    media = svg("")
    prepared, said = prepare_svg(msgspec.structs.replace(media, data=b"<svg"), typist())
    assert prepared is None
    assert [each.code for each in said] == ["svg-cleaned"]
