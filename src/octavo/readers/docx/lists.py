"""Lists: paragraphs with levels become items within items."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from octavo.readers.docx.pieces import Held, Line
from octavo.tree import nodes
from octavo.tree.nodes import Block

MakeParagraph = Callable[[Line], tuple[Block, ...]]
Entry = Line | Held


class Mark(msgspec.Struct, frozen=True):
    """What the items of one list share."""

    level: int
    ordered: bool
    list: str
    marker: nodes.ListMarker | None


def mark_of(line: Line) -> Mark | None:
    """Return the marker of an item; None for a paragraph that has none."""
    style = line.style
    if line.list is not None and line.list.kind.shown:
        kind = line.list.kind
        # Items with bullets of several kinds (tasks, for one) are one list. Word's own "List Bullet 2" is a list of
        # one level that stands deeper by its style.
        named = style.level - 1 if style.role == "list" and style.kind in ("bullet", "number") else 0
        level = max(line.list.level, named)
        return Mark(level, kind.ordered, line.list.list if kind.ordered else "", kind.marker)
    if style.role == "list" and style.kind in ("bullet", "number"):
        return Mark(style.level - 1, style.kind == "number", "", None)
    return None


def is_continued(entry: object) -> bool:
    """Say whether a paragraph goes on with the item above it."""
    return isinstance(entry, Line) and _continued_level(entry) >= 0


def _continued_level(line: Line) -> int:
    """Return the level, from 0, of the item that a paragraph goes on with; -1 for one that goes on with none.

    It is in a style for that, or in a list whose marker cannot be seen.
    """
    if line.style.role == "list" and line.style.kind == "continue":
        return line.style.level - 1
    if line.list is not None and not line.list.kind.shown and line.style.role in ("", "list"):
        return line.list.level
    return -1


class _Open:
    """A list that is being made."""

    def __init__(self, mark: Mark, line: Line) -> None:
        self.mark = mark
        self.line = line
        self.items: list[_Item] = []


class _Item:
    def __init__(self, line: Line | None) -> None:
        self.line = line
        self.content: list[Block | _Open] = []


def make_lists(entries: Sequence[Entry], paragraph: MakeParagraph) -> tuple[Block, ...]:
    """Return the lists of items that follow one another; finished blocks belong to the item above them."""
    top: list[Block | _Open] = []
    stack: list[_Open] = []
    for entry in entries:
        mark = mark_of(entry) if isinstance(entry, Line) else None
        if isinstance(entry, Line) and mark is not None:
            _add_item(entry, mark, stack, top)
            stack[-1].items[-1].content += paragraph(entry)
            continue
        blocks = (entry.block,) if isinstance(entry, Held) else paragraph(entry)
        if stack and isinstance(entry, Line) and is_continued(entry):
            while len(stack) > 1 and stack[-1].mark.level > _continued_level(entry):
                stack.pop()
        target = stack[-1].items[-1].content if stack else top
        target += blocks
    return _finished(top)


def _add_item(line: Line, mark: Mark, stack: list[_Open], top: list[Block | _Open]) -> None:
    while stack and stack[-1].mark.level > mark.level:
        stack.pop()
    if stack and stack[-1].mark.level == mark.level and _differs(stack[-1].mark, mark):
        stack.pop()
    if not stack or stack[-1].mark.level < mark.level:
        opened = _Open(mark, line)
        (stack[-1].items[-1].content if stack else top).append(opened)
        stack.append(opened)
    stack[-1].items.append(_Item(line))


def _differs(one: Mark, other: Mark) -> bool:
    return one.ordered != other.ordered or (one.ordered and one.list != other.list)


def _finished(content: Sequence[Block | _Open]) -> tuple[Block, ...]:
    return tuple([_list(each) if isinstance(each, _Open) else each for each in content])


def _list(opened: _Open) -> nodes.List:
    items = []
    for item in opened.items:
        place = item.line.list if item.line is not None else None
        checked = place.kind.checked if place is not None else None
        position = item.line.position if item.line is not None else None
        items.append(nodes.ListItem(content=_finished(item.content), checked=checked, position=position))
    place = opened.line.list
    start = place.number if place is not None and opened.mark.ordered else 1
    return nodes.List(
        items=tuple(items),
        ordered=opened.mark.ordered,
        start=start,
        marker=_marker(opened.mark),
        position=opened.line.position,
    )


def _marker(mark: Mark) -> nodes.ListMarker | None:
    """Return how a list counts; outermost ones with figures count as any list does."""
    if not mark.ordered or (mark.level == 0 and mark.marker == nodes.ListMarker.DECIMAL):
        return None
    return mark.marker
