from __future__ import annotations

import pytest
from PIL import Image

from octavo.typeset.frames import Artifact, GlyphRun, Layout, Page, Placed, Rectangle, TextLine
from octavo.units import Color
from octavo.writers.pdf.press.inks import Palette, check_inks, gather_palette
from octavo.writers.pdf.press.profile import condition_of, shipped_condition
from octavo.writers.pdf.press.separation import Separator

BLACK = Color(28, 31, 35, cmyk=(0, 0, 0, 1))
PAPER = Color(255, 255, 255, cmyk=(0, 0, 0, 0))
NAVY = Color(11, 60, 102, cmyk=(1, 0.65, 0.2, 0.35))
RED = Color(200, 16, 46, cmyk=(0, 1, 0.8, 0.1), spot="PANTONE 186 C")
PINK = Color(230, 120, 140, cmyk=(0, 0.5, 0.4, 0.05), spot="PANTONE 186 C")
BLUE = Color(20, 60, 200)
HEAVY = Color(0, 0, 0, cmyk=(1, 1, 1, 1))


@pytest.fixture(scope="module")
def separator() -> Separator:
    return Separator(shipped_condition().profile, 300)


def palette(separator: Separator, *colors: Color, changes: dict[Color, Color] | None = None) -> Palette:
    run = [GlyphRun(0, 0, 5, 0, 10, color, "<0001>", Artifact.HEADER) for color in colors]
    frames = (
        Placed(0, 0, TextLine(tuple(run), ((0.0, 1.0, 5.0, 0.5, colors[0]),))),
        *(Placed(0, 0, Rectangle(9, 9, color, Artifact.BACKGROUND)) for color in colors),
    )
    page = Page(label="1", side="recto", frames=frames, anchors=(), start=None)
    return gather_palette(
        Layout(width=9, height=9, bleed=0, pages=(page,), fonts=(), page_of={}), separator, changes or {}
    )


def test_black_text_prints_over_and_all_else_knocks_out(separator: Separator) -> None:
    made = palette(separator, BLACK, PAPER, NAVY)
    assert made.text_ink(BLACK) == "/Over gs\n0 0 0 1 k"
    assert made.area_ink(BLACK) == "/Knock gs\n0 0 0 1 k"
    assert made.text_ink(PAPER) == "/Knock gs\n0 0 0 0 k"
    assert made.text_ink(NAVY) == "/Knock gs\n1 0.65 0.2 0.35 k"


def test_a_printing_ink_is_one_space_with_tints(separator: Separator) -> None:
    made = palette(separator, RED, PINK)
    assert [spot.name for spot in made.spots] == ["PANTONE 186 C"]
    assert made.area_ink(RED) == "/Knock gs\n/S0 cs 1 scn"
    assert made.area_ink(PINK) == "/Knock gs\n/S0 cs 0.5 scn"


def test_print_may_have_other_colours(separator: Separator) -> None:
    made = palette(separator, NAVY, changes={NAVY: RED})
    assert made.area_ink(NAVY) == "/Knock gs\n/S0 cs 1 scn"
    assert made.text_ink(NAVY) == "/Knock gs\n/S0 cs 1 scn"


def test_names_that_mean_a_plate_are_no_printing_inks(separator: Separator) -> None:
    every = Color(1, 1, 1, cmyk=(0, 0, 0, 1), spot="All")
    assert palette(separator, every).spots == ()


def test_what_has_no_inks_is_converted_and_told(separator: Separator) -> None:
    grey = Color(128, 128, 128)
    made = palette(separator, BLUE, grey)
    assert made.process[grey] == pytest.approx((0, 0, 0, 0.498))
    cyan, magenta, yellow, black = made.process[BLUE]
    assert cyan > 0.7 > yellow
    assert magenta > 0.5
    assert black < 0.3
    assert {each.code for each in check_inks(made, 300)} == {"press-color-converted"}


def test_too_much_ink_is_told(separator: Separator) -> None:
    assert [each.code for each in check_inks(palette(separator, HEAVY), 300)] == ["press-ink-coverage"]
    assert list(check_inks(palette(separator, NAVY), 300)) == []


def colors() -> Image.Image:
    red = Image.linear_gradient("L")
    green = red.transpose(Image.Transpose.ROTATE_90)
    mixed = Image.merge("RGB", (red, green, Image.radial_gradient("L")))
    mixed.putpixel((0, 0), (0, 0, 0))
    return mixed


@pytest.mark.parametrize("limit", [200, 240, 300])
def test_converted_images_keep_the_ink_limit(limit: int) -> None:
    data = Separator(shipped_condition().profile, limit).convert(colors(), b"").tobytes()
    most = max(sum(data[at : at + 4]) for at in range(0, len(data), 4))
    assert most / 2.55 <= limit
    assert most / 2.55 > limit - 60


def test_the_limit_hardly_changes_colours_below_it() -> None:
    near = Image.new("RGB", (1, 1), (90, 140, 180))
    profile = shipped_condition().profile
    one, other = (Separator(profile, limit).convert(near, b"").tobytes() for limit in (240, 400))
    assert all(abs(a - b) <= 4 for a, b in zip(one, other, strict=True))


def test_greys_of_drawings_are_black_alone(separator: Separator) -> None:
    drawing = Image.new("RGB", (4, 1), (40, 40, 40))
    drawing.putpixel((0, 0), (200, 30, 30))
    data = separator.convert_drawing(drawing, b"").tobytes()
    assert data[4:8] == bytes((0, 0, 0, 215))
    assert data[1] > 128


def test_the_shipped_profile_is_fit_for_use() -> None:
    condition = shipped_condition()
    again = condition_of(condition.profile)
    assert (again.name, again.registered) == (condition.name, "")
