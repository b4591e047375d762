"""A formula beside its number: they never meet, whatever their widths."""

from __future__ import annotations

from typing import Any

import pytest

from octavo.tree import nodes
from octavo.typeset.frames import Owner, Part, TextLine
from tests.typesetting import pages_of

BROKEN = "+".join(f"a_{{{at}}}" for at in range(1, 22))
WHOLE = r"\left(" + "a" * 36 + r"\right)"
TOO_WIDE = r"\left(" + "a" * 60 + r"\right)"


def placed(latex: str) -> tuple[list[tuple[float, float, float]], tuple[float, float, float]]:
    """The lines of a formula and its number, each as (left, right, baseline)."""
    layout = pages_of(nodes.Formula(text=latex, id="eq-a"))
    found: dict[bool, list[tuple[float, float, float]]] = {True: [], False: []}
    for each in layout.pages[0].frames:
        runs: Any = each.frame.runs if isinstance(each.frame, TextLine) else ()
        if runs and isinstance(runs[0].owner, Owner):
            right = max(run.x + run.width for run in runs)
            label = runs[0].owner.part is Part.LABEL
            found[label].append((each.x + runs[0].x, each.x + right, each.y))
    (number,) = found[True]
    return found[False], number


def test_a_short_formula_stands_in_the_middle_of_the_measure() -> None:
    ((left, right, baseline),), number = placed("a = b")
    assert (left + right) / 2 == pytest.approx(150, abs=0.5)
    assert number[1] == pytest.approx(270, abs=0.1)
    assert number[2] == baseline


def test_a_long_formula_is_broken_so_that_its_number_has_room() -> None:
    lines, number = placed(BROKEN)
    assert len(lines) > 1
    assert all(right < number[0] for _, right, _ in lines)
    assert number[2] == lines[0][2]


@pytest.mark.parametrize("latex", [WHOLE, TOO_WIDE])
def test_a_formula_that_cannot_be_broken_has_its_number_below(latex: str) -> None:
    (line,), number = placed(latex)
    assert line[1] > number[0]
    assert number[2] > line[2] + 5
    assert number[1] == pytest.approx(270, abs=0.1)
