"""Where a column ends, and how many lines of its notes it holds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from octavo.typeset.boxes import FORBIDDEN, HYPHENATED, KEPT, Box
from octavo.typeset.filling import Foot, fill


def boxes(count: int, **changes: float) -> list[Box]:
    return [Box(height=10.0, penalty=changes.get(f"at{at}", 0.0)) for at in range(count)]


def foot(notes: dict[int, Sequence[Box]] | None = None) -> Foot:
    found = notes or {}
    return Foot(gap=5.0, notes=lambda key: found.get(key, ()))


def note(lines: int, key: int = 1) -> list[Box]:
    """A note whose first two and last two lines stay together."""
    costly = {1, lines - 1}
    return [
        Box(height=8.0, key=key, keys=(key,) if not at else (), penalty=FORBIDDEN if at in costly else 0.0)
        for at in range(lines)
    ]


def test_a_column_takes_what_fits() -> None:
    assert fill(boxes(20), 0, 100.0, foot()).end == 10
    assert fill(boxes(20), 10, 100.0, foot()).end == 20


def test_what_is_left_ends_the_column_however_little_it_is() -> None:
    filling = fill(boxes(3), 0, 100.0, foot())
    assert (filling.end, filling.height) == (3, 30.0)


def test_space_between_boxes_is_the_larger_and_falls_away_at_the_top() -> None:
    spaced = [Box(height=10.0, before=50.0), Box(height=10.0, after=20.0), Box(height=10.0, before=7.0)]
    assert fill(spaced, 0, 100.0, foot()).height == 50.0


@pytest.mark.parametrize("cost", [FORBIDDEN, KEPT])
def test_it_goes_back_to_a_break_that_is_allowed(cost: float) -> None:
    assert fill(boxes(20, at10=cost, at9=cost), 0, 100.0, foot()).end == 8


def test_a_divided_word_is_worth_a_line() -> None:
    assert fill(boxes(100, at50=HYPHENATED), 0, 505.0, foot()).end == 49


def test_a_box_that_keeps_the_next_does_not_end_a_column() -> None:
    heading = boxes(20)
    heading[9] = Box(height=10.0, keeps=True)
    assert fill(heading, 0, 100.0, foot()).end == 9


def test_it_breaks_where_it_must_when_nothing_is_allowed() -> None:
    costly = {f"at{at}": FORBIDDEN for at in range(20)}
    assert fill(boxes(20, **costly), 0, 100.0, foot()).end == 10


def test_a_forced_break_ends_the_column() -> None:
    forced = boxes(20)
    forced[3] = Box(height=10.0, force="page")
    assert fill(forced, 0, 100.0, foot()).end == 3


def test_a_box_taller_than_the_column_stands_alone_and_is_told() -> None:
    filling = fill([Box(height=500.0), Box(height=10.0)], 0, 100.0, foot())
    assert (filling.end, filling.overfull) == (1, True)


def test_a_note_stands_in_the_column_of_its_mark() -> None:
    cited = boxes(20)
    cited[2] = Box(height=10.0, notes=(1,))
    filling = fill(cited, 0, 100.0, foot({1: note(2)}))
    assert len(filling.notes) == 2
    assert filling.end == 7  # 70 of text, 5 of gap, 16 of notes
    assert not filling.carried


def test_a_mark_whose_note_has_no_room_moves_on() -> None:
    cited = boxes(20)
    cited[9] = Box(height=10.0, notes=(1,))
    filling = fill(cited, 0, 100.0, foot({1: note(2)}))
    assert filling.end == 9
    assert not filling.notes


def test_a_note_that_is_longer_than_the_column_runs_on() -> None:
    cited = boxes(4)
    cited[0] = Box(height=10.0, notes=(1,))
    first = fill(cited, 0, 100.0, foot({1: note(30)}))
    assert first.notes
    assert first.carried
    assert len(first.notes) + len(first.carried) == 30
    assert first.height + 5 + 8 * len(first.notes) <= 100.01


def test_a_divided_note_leaves_two_lines_on_either_side() -> None:
    cited = boxes(8)
    cited[0] = Box(height=10.0, notes=(1,))
    filling = fill(cited, 0, 100.0, foot({1: note(9)}))
    assert len(filling.notes) >= 2
    assert not filling.carried or len(filling.carried) >= 2


def test_carried_notes_leave_room_for_text() -> None:
    filling = fill(boxes(20), 0, 100.0, foot(), note(40))
    assert filling.end >= 3
    assert filling.carried


def test_notes_alone_fill_a_column_when_the_text_is_over() -> None:
    filling = fill((), 0, 100.0, foot(), note(40))
    assert len(filling.notes) == 11
    assert len(filling.carried) == 29


def test_a_note_cited_in_a_note_follows_it() -> None:
    outer = [Box(height=8.0, key=1, keys=(1,), notes=(2,))]
    filling = fill([Box(height=10.0, notes=(1,))], 0, 100.0, foot({1: outer, 2: note(1, key=2)}))
    assert [box.key for box in filling.notes] == [1, 2]
