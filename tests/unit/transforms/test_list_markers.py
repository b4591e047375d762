"""How ordered lists count: as they say, else in a way of their own."""

from __future__ import annotations

import pytest

from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering
from octavo.transforms.survey import next_marker
from octavo.tree import build, nodes
from octavo.tree.nodes import ListMarker
from octavo.tree.walk import walk

D, A, R, U = (
    ListMarker.DECIMAL,
    ListMarker.LOWER_ALPHA,
    ListMarker.LOWER_ROMAN,
    ListMarker.UPPER_ALPHA,
)
WAYS = (D, A, R)


@pytest.mark.parametrize(
    ("around", "marker"),
    [
        ((), D),
        ((D,), A),
        ((D, A), R),
        ((D, A, R), D),
        ((D, A, R, D), A),
        ((A,), D),
        ((R, D), A),
        ((U,), D),
    ],
)
def test_a_list_counts_as_none_around_it_does(around: tuple[ListMarker, ...], marker: ListMarker) -> None:
    assert next_marker(around, WAYS) is marker


def counted(*content: nodes.Block) -> list[str]:
    resolved, _ = resolve(
        build.document(*content),
        numbering=Numbering(list_markers=WAYS),
        media={},
        declared=frozenset(),
    )
    lists = (each for each in walk(resolved.document) if isinstance(each, nodes.List) and each.ordered)
    return [str(resolved.index.marker_of(each)) for each in lists]


def test_bullets_between_do_not_count_and_what_is_written_holds() -> None:
    deepest = build.numbered("deepest")
    lettered = build.numbered(["a", build.bullets(["bullet", deepest])], marker="lower-alpha")
    assert counted(build.numbered(["one", lettered])) == ["decimal", "lower-alpha", "lower-roman"]
    held = build.numbered("two", marker="decimal")
    assert counted(build.numbered(["one", held])) == ["decimal", "decimal"]


def test_lists_in_quotations_and_groups_go_on_and_those_in_notes_begin_anew() -> None:
    quoted = build.numbered(["one", build.quote(build.numbered("two"))])
    assert counted(quoted) == ["decimal", "lower-alpha"]
    note = build.footnote(build.numbered("of the note"))
    assert counted(build.numbered([build.paragraph("one", note)])) == ["decimal", "decimal"]
