"""All pages painted and compressed, the later ones beside this process where somebody can help."""

from __future__ import annotations

from functools import partial
from typing import Final

import msgspec

from octavo.beside import Beside
from octavo.typeset.frames import Layout
from octavo.workers import NOBODY, Workers
from octavo.writers.pdf.elements import Tags
from octavo.writers.pdf.objects import deflate
from octavo.writers.pdf.paint import Canvas, Painted, Sheet, claim, paint

_WORTH_HELP: Final = 24
"""Pages that take longer to paint than a copy of the process takes to begin."""


class _Pages(msgspec.Struct, frozen=True):
    """Painted pages: their compressed operators, and what else they hold."""

    contents: list[bytes]
    sheets: list[Sheet]


def paint_pages(
    layout: Layout, tags: Tags, canvas: Canvas, furniture: bytes, workers: Workers
) -> tuple[list[bytes], Painted]:
    """Return the compressed contents of all pages, `furniture` behind the operators of each, and what was painted.

    The result is the same whether workers help or not.
    """
    count = len(layout.pages)
    half = count // 2 if workers.count and count >= _WORTH_HELP else count
    some = partial(_paint, layout, tags, canvas, furniture)
    later = Beside(partial(some, range(half, count)), workers if half < count else NOBODY, _Pages)
    begun, ended = some(range(half)), later.value()
    return begun.contents + ended.contents, claim(begun.sheets + ended.sheets, tags)


def _paint(layout: Layout, tags: Tags, canvas: Canvas, furniture: bytes, pages: range) -> _Pages:
    contents: list[bytes] = []
    sheets = paint(layout, pages, tags, canvas, lambda content: contents.append(deflate(content + furniture)))
    return _Pages(contents, list(sheets))
