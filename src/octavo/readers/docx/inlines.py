"""From pieces to inlines: looks become nested marks, links outside of all, neighbours of one look one text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from octavo.diagnostics import Position
from octavo.readers.docx.pieces import NO_LOOK, Piece
from octavo.tree import nodes
from octavo.tree.nodes import Inline
from octavo.tree.semantics import MarkKey

_WRAPPERS: Final[tuple[tuple[str, Any], ...]] = (
    (MarkKey.DELETED, nodes.Deleted),
    (MarkKey.STRONG, nodes.Strong),
    (MarkKey.EMPHASIS, nodes.Emphasis),
    (MarkKey.SMALL_CAPS, nodes.SmallCaps),
    (MarkKey.SUPERSCRIPT, nodes.Superscript),
    (MarkKey.SUBSCRIPT, nodes.Subscript),
)
"""Marks from the outermost in."""
_OUR_OWN: Final = frozenset(
    {MarkKey.HEADING_NUMBER, MarkKey.LIST_MARKER, MarkKey.CAPTION_LABEL, MarkKey.GROUP_LABEL}
)


def inlines(
    pieces: Sequence[Piece], position: Position, *, drop: frozenset[str] = frozenset()
) -> tuple[Inline, ...]:
    """Return pieces as inlines. `drop` are marks that mean nothing there."""
    # Most paragraphs are plain text.
    if all(piece.node is None and piece.look == NO_LOOK for piece in pieces):
        text = "".join([piece.text for piece in pieces])
        return (nodes.Text(text=text, position=position),) if text else ()
    unmarked = drop | _OUR_OWN
    flat = [
        (piece, piece.look.marks - unmarked if piece.look.marks else frozenset())
        for piece in pieces
        if piece.text or piece.node
    ]
    return tuple(_linked(flat, position))


_Flat = Sequence[tuple[Piece, frozenset[str]]]


def _runs(flat: _Flat, of: Any) -> list[tuple[Any, _Flat]]:
    """Return neighbours for which a function says the same, together with what it says."""
    found: list[tuple[Any, list[tuple[Piece, frozenset[str]]]]] = []
    for each in flat:
        value = of(each)
        if found and found[-1][0] == value:
            found[-1][1].append(each)
        else:
            found.append((value, [each]))
    return found  # type: ignore[return-value]


def _linked(flat: _Flat, position: Position) -> list[Inline]:
    made: list[Inline] = []
    for (target, tip), run in _runs(flat, lambda each: (each[0].look.link, each[0].look.tip)):
        content = _spoken(run, position)
        if target:
            made.append(nodes.Link(target=target, content=tuple(content), title=tip, position=position))
        else:
            made += content
    return made


def _spoken(flat: _Flat, position: Position) -> list[Inline]:
    made: list[Inline] = []
    for language, run in _runs(flat, lambda each: each[0].look.language):
        content = _wrapped(run, 0, position)
        if language:
            made.append(nodes.Span(content=tuple(content), language=language, position=position))
        else:
            made += content
    return made


def _wrapped(flat: _Flat, at: int, position: Position) -> list[Inline]:
    if at == len(_WRAPPERS):
        return _plain(flat, position)
    mark, wrapper = _WRAPPERS[at]
    if not any(mark in marks for _, marks in flat):
        return _wrapped(flat, at + 1, position)
    made: list[Inline] = []
    for marked, run in _runs(flat, lambda each: mark in each[1]):
        content = _wrapped(run, at + 1, position)
        if marked:
            made.append(wrapper(content=tuple(content), position=position))
        else:
            made += content
    return made


def _plain(flat: _Flat, position: Position) -> list[Inline]:
    made: list[Inline] = []
    for kind, run in _runs(flat, _kind):
        if kind == "node":
            made += [piece.node for piece, _ in run if piece.node is not None]
            continue
        text = "".join([piece.text for piece, _ in run])
        if kind == MarkKey.CODE:
            made.append(nodes.Code(text=text, position=position))
        elif kind == MarkKey.AFFILIATION:
            content = (nodes.Text(text=text, position=position),)
            made.append(nodes.Span(content=content, style=kind, position=position))
        else:
            made.append(nodes.Text(text=text, position=position))
    return made


def _kind(each: tuple[Piece, frozenset[str]]) -> str:
    piece, marks = each
    if piece.node is not None:
        return "node"
    for mark in (MarkKey.CODE, MarkKey.AFFILIATION):
        if mark in marks:
            return mark
    return ""


def stripped(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces without white space at their ends."""
    kept = list(pieces)
    while kept and kept[0].node is None and not kept[0].text.strip():
        del kept[0]
    while kept and kept[-1].node is None and not kept[-1].text.strip():
        del kept[-1]
    if kept and kept[0].node is None:
        first = kept[0]
        kept[0] = Piece(first.text.lstrip(), first.look, None, first.kind)
    if kept and kept[-1].node is None:
        last = kept[-1]
        kept[-1] = Piece(last.text.rstrip(), last.look, None, last.kind)
    return kept


def common_marks(pieces: Sequence[Piece]) -> frozenset[str]:
    """Return the marks that all of the text has."""
    found: frozenset[str] | None = None
    for piece in pieces:
        if piece.node is None and piece.text.strip():
            found = piece.look.marks if found is None else found & piece.look.marks
    return found or frozenset()
