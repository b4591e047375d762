"""Where the printed pages begin: marks at the very place, in mid-paragraph too, and the list that leads to them.

Marks are handed out in reading order: a block asks for those that stand before it, and for those inside of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

import msgspec

from octavo.tree import Document
from octavo.tree.walk import walk
from octavo.typeset.frames import Layout, PageStart, Part
from octavo.writers.epub.markup import quoted

_NEVER: Final = 1 << 62
_LAST: Final = 1 << 31
_BELOW: Final = frozenset({Part.ATTRIBUTION, Part.CREDIT})


class PageMark(msgspec.Struct, frozen=True):
    """The beginning of a printed page: its label, the identifier of its mark, and where it stands in the text: before
    the character `offset` of the block `key`, or in a table of contents before the entry that leads to the node
    `offset`. `below` names the quotation or figure whose attribution or credit it stands before; `key` is then the last
    in it."""

    label: str
    identifier: str
    key: int
    offset: int
    below: int = 0

    def markup(self, element: str = "span") -> str:
        """Return the mark (EPUB Accessibility Techniques 1.1, 2.2; DPUB-ARIA 1.1, doc-pagebreak)."""
        label = quoted(self.label)
        return (
            f'<{element} epub:type="pagebreak" role="doc-pagebreak" id="{quoted(self.identifier)}" '
            f'aria-label="{label}"></{element}>'
        )


def page_marks(
    layout: Layout | None, document: Document, identifier: Callable[[str], str]
) -> tuple[PageMark, ...]:
    """Return a mark for every page with a folio. A page without text of its own begins where the next one does."""
    if layout is None:
        return ()
    marks: list[PageMark] = []
    ends = _ends(layout, document)
    place = (_NEVER, 0, 0)
    for at in range(len(layout.pages) - 1, -1, -1):
        page = layout.pages[at]
        if page.start is not None:
            place = min(_place(page.start, ends), place)
        if page.label:
            key, offset, below = place if at else (0, 0, 0)
            marks.append(PageMark(page.label, identifier(f"page-{page.label}"), key, offset, below))
    return tuple(reversed(marks))


def _place(start: PageStart, ends: Mapping[int, int]) -> tuple[int, int, int]:
    """Return where a page begins as key, offset and `below`."""
    if start.part in _BELOW:
        return ends.get(start.key, start.key), _LAST, start.key
    return start.key, start.entry or max(start.offset, 0), 0


def _ends(layout: Layout, document: Document) -> dict[int, int]:
    """Return the last key within each node that a page begins below of."""
    below = {page.start.key for page in layout.pages if page.start and page.start.part in _BELOW}
    if not below:
        return {}
    return {
        node.key: max((each.key for each in walk(node)), default=node.key)
        for node in walk(document)
        if node.key in below
    }


class PageMarks:
    """Hands out the marks in reading order and keeps account of the files that they came to stand in."""

    def __init__(self, marks: Collection[PageMark]) -> None:
        self._marks = tuple(marks)
        self._at = 0
        self.placed: list[tuple[PageMark, str]] = []
        self.next_key = self._marks[0].key if self._marks else _NEVER

    def before(self, key: int, file: str, *, within: bool = False) -> list[PageMark]:
        """Take the marks that stand before a block; with `within`, also those inside of it."""
        taken: list[PageMark] = []
        while self._at < len(self._marks):
            mark = self._marks[self._at]
            if mark.key > key or (mark.key == key and (mark.below or (mark.offset and not within))):
                break
            taken.append(mark)
            self._at += 1
        return self._take(taken, file)

    def below(self, key: int, file: str) -> list[PageMark]:
        """Take the marks that stand before what is below a quotation or a figure."""
        taken: list[PageMark] = []
        while self._at < len(self._marks) and self._marks[self._at].below == key:
            taken.append(self._marks[self._at])
            self._at += 1
        return self._take(taken, file)

    def _take(self, taken: list[PageMark], file: str) -> list[PageMark]:
        self.next_key = self._marks[self._at].key if self._at < len(self._marks) else _NEVER
        self.placed.extend((mark, file) for mark in taken)
        return taken

    def rest(self, file: str) -> list[PageMark]:
        """Take all that are left, at the end of the text."""
        return self.before(_NEVER + 1, file, within=True)


class Cursor:
    """Counts the characters of one block while its inlines are written, and puts the marks between them."""

    def __init__(self, marks: list[PageMark]) -> None:
        self._marks = marks
        self._count = 0

    def write(self, text: str, write: Callable[[str], str]) -> str:
        """Return the markup of some characters, with the marks that fall among them, within a word too: where the
        printed page ends in a hyphen, a reader who cites it must find the word's beginning before the mark."""
        start, self._count = self._count, self._count + len(text)
        pieces: list[str] = []
        done = 0
        while self._marks and self._marks[0].offset < self._count:
            mark = self._marks.pop(0)
            at = max(mark.offset - start, done)
            pieces.append(write(text[done:at]))
            pieces.append(mark.markup())
            done = at
        pieces.append(write(text[done:]))
        return "".join(pieces)

    def whole(self, text: str, markup: str) -> str:
        """Return the markup of something that stands for `text` and is not divided, with the marks before it."""
        start, self._count = self._count, self._count + len(text)
        before = ""
        while self._marks and self._marks[0].offset < max(self._count, start + 1):
            before += self._marks.pop(0).markup()
        return before + markup

    def rest(self) -> str:
        """Return the marks that are left at the block's end."""
        left = "".join(mark.markup() for mark in self._marks)
        self._marks = []
        return left
