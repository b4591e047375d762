"""Blocks of a plain text: paragraphs, tables, lists (nested by their indentation), quotations, and dividers."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from octavo.readers.brief_passages import Passage, PassageKind
from octavo.readers.brief_tables import rows_from, table
from octavo.tree.nodes import Block, Divider, Inline, List, ListItem, ListMarker, Paragraph, Quote, Text

_SAID: Final = re.compile('["“„«‘].*["”“»’][.!?…]?$')
_DASH: Final = re.compile(r"[—–]\s*")


def blocks(found: list[Passage]) -> list[Block]:
    """Return the blocks of passages that hold no titles."""
    made: list[Block] = []
    at = 0
    while at < len(found):
        passage = found[at]
        end = at + 1
        match passage.kind:
            case PassageKind.TEXT if rows := rows_from(found, at):
                end = at + rows
                made.append(table(found[at:end]))
            case PassageKind.TEXT if at and _says_whose(found[at - 1], passage):
                said = made.pop()
                whose = inlines(passage, without_dash=True)
                made.append(Quote(content=(said,), attribution=whose, position=said.position))
            case PassageKind.TEXT:
                made.append(paragraph(passage))
            case PassageKind.RULE:
                made.append(Divider(position=passage.position))
            case PassageKind.BULLET:
                while end < len(found) and found[end].kind is PassageKind.BULLET:
                    end += 1
                made.append(_bullets(found[at:end]))
            case PassageKind.NUMBERED if "." in passage.number:
                made.append(paragraph(passage, with_mark=True))
            case PassageKind.NUMBERED:
                while end < len(found) and _follows(found[end - 1], found[end]):
                    end += 1
                made.append(_numbered(found[at:end]))
            case PassageKind.LETTERED:
                while end < len(found) and _goes_on(found[end - 1], found[end]):
                    end += 1
                lone = end == at + 1
                made.append(paragraph(passage, with_mark=True) if lone else _lettered(found[at:end]))
        at = end
    return made


def paragraph(passage: Passage, *, with_mark: bool = False) -> Paragraph:
    """Return a passage as a paragraph."""
    return Paragraph(content=inlines(passage, with_mark=with_mark), position=passage.position)


def inlines(
    passage: Passage, *, with_mark: bool = False, without_colon: bool = False, without_dash: bool = False
) -> tuple[Inline, ...]:
    """Return the words of a passage, a text for each line of the source."""
    texts = [Text(text=piece.text, position=piece.position) for piece in passage.pieces]
    first, last = texts[0], texts[-1]
    dash = _DASH.match(first.text) if without_dash else None
    skipped = dash.end() if dash else len(first.text) - len(first.text.lstrip("\t"))
    if skipped and first.position:
        place = msgspec.structs.replace(first.position, column=first.position.column + skipped)
        texts[0] = Text(text=first.text[skipped:], position=place)
    if with_mark:
        texts[0] = Text(text=passage.mark + texts[0].text, position=passage.position)
    if without_colon:
        texts[-1] = Text(text=texts[-1].text.rstrip(": "), position=last.position)
    return tuple(texts)


def _says_whose(said: Passage, passage: Passage) -> bool:
    """Tell whether a line names who said the line above it, which is all in quotation marks."""
    close = said.kind is PassageKind.TEXT and not said.alone and bool(_SAID.match(said.text))
    return close and bool(_DASH.match(passage.text))


def _follows(one: Passage, other: Passage) -> bool:
    return (
        other.kind is PassageKind.NUMBERED
        and other.number.isdigit()
        and int(other.number) == int(one.number) + 1
    )


def _numbered(run: list[Passage]) -> List:
    return List(
        items=tuple(ListItem(content=(paragraph(each),), position=each.position) for each in run),
        ordered=True,
        start=int(run[0].number),
        tight=_is_tight(run),
        position=run[0].position,
    )


def _goes_on(one: Passage, other: Passage) -> bool:
    return other.kind is PassageKind.LETTERED and ord(other.number) == ord(one.number) + 1


def _lettered(run: list[Passage]) -> List:
    return List(
        items=tuple(ListItem(content=(paragraph(each),), position=each.position) for each in run),
        ordered=True,
        start=ord(run[0].number) - ord("a") + 1,
        marker=ListMarker.LOWER_ALPHA,
        tight=_is_tight(run),
        position=run[0].position,
    )


def _is_tight(run: list[Passage]) -> bool:
    return not any(each.alone for each in run[:-1])


def _bullets(run: list[Passage]) -> List:
    """Return a list; an item that is indented more than the one before it opens a list inside that one."""
    tight = _is_tight(run)
    open_lists: list[tuple[int, list[ListItem]]] = [(run[0].indent, [])]
    starts = [run[0]]

    def close() -> None:
        _, items = open_lists.pop()
        inner = List(items=tuple(items), tight=tight, position=starts.pop().position)
        outer = open_lists[-1][1]
        outer[-1] = ListItem(content=(*outer[-1].content, inner), position=outer[-1].position)

    for passage in run:
        while len(open_lists) > 1 and passage.indent < open_lists[-1][0]:
            close()
        if passage.indent > open_lists[-1][0] + 1 and open_lists[-1][1] and len(open_lists) < _DEEPEST_LIST:
            open_lists.append((passage.indent, []))
            starts.append(passage)
        open_lists[-1][1].append(ListItem(content=(paragraph(passage),), position=passage.position))
    while len(open_lists) > 1:
        close()
    return List(items=tuple(open_lists[0][1]), tight=tight, position=run[0].position)


_DEEPEST_LIST = 9
