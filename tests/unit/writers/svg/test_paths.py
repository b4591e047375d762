from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from octavo.writers.svg.geometry import fit, length, multiply, parse_transform, view_box
from octavo.writers.svg.paths import bounds, careful_commands, commands, ellipse, parse_path, shape_path


@pytest.mark.parametrize(
    ("data", "kinds", "end"),
    [
        ("M1 2L3 4", "ML", (3, 4)),
        ("m1 2 3 4", "ML", (4, 6)),
        ("M1,2h3v4H0V0", "MLLLL", (0, 0)),
        ("M0 0C1 1 2 2 3 3S5 5 6 6", "MCC", (6, 6)),
        ("M0 0Q1 1 2 0T4 0", "MCC", (4, 0)),
        ("M.5.5l-.5-.5z", "MLZ", ()),
        ("M1e1-1E1", "M", (10, -10)),
        ("M0 0zl5 5", "MZML", (5, 5)),
        ("M0 0a5 5 0 0110 0", "MCC", (10, 0)),
        ("M0 0A5 0 0 0 1 9 9", "ML", (9, 9)),
        ("M0 0L1 1 bad L2 2", "ML", (1, 1)),
        ("L1 1", "", ()),
        ("", "", ()),
    ],
)
def test_path_data(data: str, kinds: str, end: tuple[float, ...]) -> None:
    path = parse_path(data)
    assert "".join(kind for kind, _ in path) == kinds
    assert (path[-1][1][-2:] if path else ()) == pytest.approx(end)


def test_an_arc_stays_on_its_circle() -> None:
    path = parse_path("M10 0A10 10 0 1 1 0 -10")
    points = [values[-2:] for kind, values in path if kind == "C"]
    assert [math.hypot(*point) for point in points] == pytest.approx([10] * 3)
    assert bounds(path) == pytest.approx((-10, -10, 20, 20), abs=0.01)


def test_bounds_are_those_of_the_curve_and_not_of_its_handles() -> None:
    assert bounds(parse_path("M0 0C0 10 10 10 10 0")) == pytest.approx((0, 0, 10, 7.5))
    assert bounds(ellipse(5, 5, 4, 2)) == pytest.approx((1, 3, 8, 4), abs=0.01)
    assert bounds(()) is None


def test_shapes() -> None:
    assert len(shape_path("rect", {"width": "50%", "height": "4"}, (10, 10))) == 5
    assert len(shape_path("rect", {"width": "9", "height": "4", "rx": "99"}, (10, 10))) == 10
    assert shape_path("rect", {"width": "-1", "height": "4"}, (10, 10)) == ()
    assert shape_path("circle", {"r": "0"}, (10, 10)) == ()
    assert [kind for kind, _ in shape_path("polygon", {"points": "0,0 1,0 1"}, (9, 9))] == ["M", "L", "Z"]


def test_transforms_go_from_the_outside_in() -> None:
    assert parse_transform("translate(10) scale(2,3)") == (2, 0, 0, 3, 10, 0)
    assert parse_transform("rotate(90 5 5)") == pytest.approx((0, 1, -1, 0, 10, 0))
    assert parse_transform("matrix(1 2 3 4 5 6), nonsense(1)") == (1, 2, 3, 4, 5, 6)
    assert multiply((1, 0, 0, 1, 5, 0), (2, 0, 0, 2, 0, 0)) == (2, 0, 0, 2, 5, 0)


@pytest.mark.parametrize(
    ("text", "units"),
    [("10", 10), ("1in", 96), ("50%", 20), ("2em", 20), ("-3pt", -4), ("x", 0), ("1e999", 1e9)],
)
def test_lengths(text: str, units: float) -> None:
    assert length(text, 40, em=10) == pytest.approx(units)


def test_view_boxes_are_fitted_as_they_ask() -> None:
    place = (0.0, 0.0, 100.0, 50.0)
    view = view_box("0 0 10 10")
    assert view is not None
    assert fit(view, place, None) == (5, 0, 0, 5, 25, 0)
    assert fit(view, place, "xMinYMin meet") == (5, 0, 0, 5, 0, 0)
    assert fit(view, place, "xMaxYMax slice") == (10, 0, 0, 10, 0, -50)
    assert fit(view, place, "none") == (10, 0, 0, 5, 0, 0)
    assert view_box("0 0 0 10") is None


@given(st.text(alphabet="MmLlHhVvCcSsQqTtZzAa0123456789.-+eE ,\n%", max_size=60))
@example("M0 0z1")
@example("M1-2.3.4L5,6 7")
@example(",M0 0")
@example("M0 0L1e,2")
def test_the_quick_way_finds_what_the_careful_one_does(data: str) -> None:
    assert list(commands(data)) == list(careful_commands(data))
