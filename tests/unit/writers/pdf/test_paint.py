from __future__ import annotations

from typing import NamedTuple

import msgspec
import pytest

from octavo.typeset.frames import (
    Artifact,
    FontUse,
    Frame,
    GlyphRun,
    Layout,
    LinkArea,
    Owner,
    Ownership,
    Page,
    Picture,
    Placed,
    Rectangle,
    TextLine,
)
from octavo.units import BLACK, Color
from octavo.writers.pdf.elements import Tags
from octavo.writers.pdf.ink import screen_ink
from octavo.writers.pdf.paint import Canvas, Painted, PaintedPage, claim, paint

RED = Color(255, 0, 0)
FONT = FontUse(name="x", data=b"", face_index=0, variations=(), units_per_em=1000, codes={1: (1, "a", 500.0)})


def run(
    owner: Ownership, x: float = 0.0, color: Color = BLACK, size: float = 10.0, rise: float = 0.0
) -> GlyphRun:
    return GlyphRun(x, rise, 5.0, 0, size, color, "<0001>", owner)


class Result(NamedTuple):
    contents: list[bytes]
    painted: Painted

    @property
    def page(self) -> PaintedPage:
        return self.painted.pages[0]


def painted(*frames: tuple[float, float, Frame], tags: Tags | None = None, bleed: float = 0.0) -> Result:
    page = Page(
        label="1",
        side="recto",
        frames=tuple(Placed(x, y, frame) for x, y, frame in frames),
        anchors=(),
        start=None,
    )
    layout = Layout(width=100, height=200, bleed=bleed, pages=(page,), fonts=(FONT,), page_of={})
    canvas = Canvas(
        ink=screen_ink,
        text_ink=screen_ink,
        images={"x.png": ("I7", ""), "turned.jpg": ("I8", "0 1 -1 0 1 0")},
        margin=bleed,
        bleed=bleed,
    )
    tags = tags or tags_of(1, 2)
    contents: list[bytes] = []
    sheets = paint(layout, range(1), tags, canvas, contents.append)
    return Result(contents, claim(sheets, tags))


def tags_of(*keys: int) -> Tags:
    tags = Tags()
    for key in keys:
        tags.place(key, tags.child(tags.root, "P", key))
    return tags


def operators(result: Result) -> list[str]:
    return result.contents[0].decode().splitlines()


def test_lines_of_one_element_are_one_sequence() -> None:
    line = TextLine((run(Owner(1)),))
    assert operators(painted((10, 20, line), (10, 34, line))) == [
        "/P<</MCID 0>>BDC",
        "BT",
        "/F0 10 Tf",
        "0 g",
        "10 180 Td[<0001>]TJ",
        "0 -14 Td[<0001>]TJ",
        "ET",
        "EMC",
    ]


def test_another_element_begins_another_sequence() -> None:
    line = TextLine((run(Owner(1)), run(Owner(2), 5), run(Owner(1), 10)))
    result = painted((0, 0, line))
    assert [each.tag for each in result.page.elements] == ["P", "P", "P"]
    assert result.page.elements[0] is result.page.elements[2]
    assert [each for each in operators(result) if "MCID" in each] == [
        f"/P<</MCID {at}>>BDC" for at in range(3)
    ]


def test_font_and_colour_are_set_only_when_they_change() -> None:
    line = TextLine((run(Owner(1)), run(Owner(1), 5, RED), run(Owner(1), 9, RED, 7.0)))
    said = [each for each in operators(painted((0, 0, line))) if each.endswith((" Tf", " g", " rg"))]
    assert said == ["/F0 10 Tf", "0 g", "1 0 0 rg", "/F0 7 Tf"]


def test_rounding_does_not_add_up() -> None:
    line = TextLine(tuple(run(Owner(1), at * 1.006) for at in range(200)))
    steps = [float(each.split()[0]) for each in operators(painted((0, 0, line))) if "Td" in each]
    assert sum(steps) == pytest.approx(199 * 1.006, abs=0.006)


def test_a_raised_run_stands_higher() -> None:
    line = TextLine((run(Owner(1)), run(Owner(1), 5, rise=3.5)))
    assert "5 3.5 Td[<0001>]TJ" in operators(painted((0, 0, line)))


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        (Artifact.HEADER, "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC"),
        (Artifact.FOOTER, "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC"),
        (Artifact.LAYOUT, "/Artifact<</Type/Layout>>BDC"),
    ],
)
def test_artifacts_have_their_type(kind: Artifact, begins: str) -> None:
    assert operators(painted((0, 0, TextLine((run(kind),)))))[0] == begins


def test_a_background_says_what_it_covers() -> None:
    result = painted((10, 20, Rectangle(30, 40, RED, Artifact.BACKGROUND)))
    assert operators(result) == [
        "/Artifact<</Type/Background/BBox[10 140 40 180]>>BDC",
        "1 0 0 rg",
        "10 140 30 40 re f",
        "EMC",
    ]


def test_only_a_background_at_the_edge_reaches_into_the_bleed() -> None:
    edge = Rectangle(100, 20, RED, Artifact.BACKGROUND, bleeds=True)
    inner = Rectangle(30, 20, RED, Artifact.BACKGROUND)
    said = [
        each for each in operators(painted((0, 0, edge), (10, 50, inner), bleed=9)) if each.endswith("re f")
    ]
    assert said == ["0 189 118 29 re f", "19 139 30 20 re f"]


def test_underlines_are_decoration_and_lie_under_the_text() -> None:
    line = TextLine((run(Owner(1)),), rules=((0, 2, 5, 0.5, RED),))
    said = operators(painted((0, 10, TextLine((run(Owner(1)),))), (0, 20, line)))
    at = said.index("/Artifact<</Type/Layout>>BDC")
    assert said[at - 2 : at] == ["ET", "EMC"]
    assert said[at + 2 : at + 4] == ["0 177.5 5 0.5 re f", "EMC"]


def test_a_picture_is_placed_and_its_figure_knows_where() -> None:
    tags = tags_of(1)
    result = painted((10, 20, Picture(30, 40, "x.png", "", Owner(1))), tags=tags)
    assert "q\n30 0 0 40 10 140 cm\n/I7 Do\nQ" in "\n".join(operators(result))
    assert list(result.painted.boxes.values()) == [(0, (10, 140, 40, 180))]
    assert result.page.sources == ("x.png",)


def test_a_turned_picture_is_set_upright() -> None:
    result = painted((10, 20, Picture(30, 40, "turned.jpg", "", Owner(1))))
    assert "30 0 0 40 10 140 cm\n0 1 -1 0 1 0 cm\n/I8 Do" in "\n".join(operators(result))


def test_a_picture_that_cannot_be_shown_leaves_a_box() -> None:
    result = painted((10, 20, Picture(30, 40, "gone.svg", "", Owner(1))))
    assert operators(result)[2] == "10 140 30 40 re f"
    assert result.page.sources == ()


def test_a_link_area_lands_in_a_link_element() -> None:
    tags = tags_of(1)
    result = painted((10, 20, LinkArea(30, 10, "#x", Owner(1), "")), tags=tags)
    assert [(each.element.tag, each.box) for each in result.page.links] == [("Link", (10, 170, 40, 180))]


def test_greys_are_painted_as_grey() -> None:
    assert screen_ink(Color(51, 51, 51)) == "0.2 g"
    assert screen_ink(Color(0, 51, 255)) == "0 0.2 1 rg"


def test_a_word_of_several_runs_reads_as_one() -> None:
    begins, goes_on = (
        msgspec.structs.replace(run(Owner(1), x), reads=said) for x, said in ((0, "ế"), (5, ""))
    )
    shown = operators(painted((10, 20, TextLine((begins, goes_on, run(Owner(1), 10))))))
    assert shown == [
        "/Span<</MCID 0/ActualText<FEFF1EBF>>>BDC",
        "BT",
        "/F0 10 Tf",
        "0 g",
        "10 180 Td[<0001>]TJ",
        "5 0 Td[<0001>]TJ",
        "ET",
        "EMC",
        "/P<</MCID 1>>BDC",
        "BT",
        "20 180 Td[<0001>]TJ",
        "ET",
        "EMC",
    ]


def test_a_picture_among_words_is_painted_between_them() -> None:
    picture = Picture(5, 8, "x.png", "", Owner(2))
    tags = tags_of(1)
    tags.place(2, tags.child(tags.root, "Figure", 2))
    line = TextLine((run(Owner(1)), run(Owner(1), 20)))
    below = Picture(5, 8, "x.png", "", Owner(2))
    page = painted((10, 20, line), (16, 12, picture), (10, 25, below), tags=tags).page
    assert [element.tag for element in page.elements] == ["P", "Figure", "P", "Figure"]
