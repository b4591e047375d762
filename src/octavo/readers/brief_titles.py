"""Titles of a plain text, and the sections that they open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

import msgspec

from octavo.diagnostics import Diagnostic, Position, info
from octavo.readers.brief_blocks import blocks, inlines
from octavo.readers.brief_passages import Passage, PassageKind, Piece
from octavo.readers.brief_patterns import (
    is_capital_title,
    is_generic_title,
    is_list_label,
    is_lone_title,
    is_short_title,
    role_of,
    roman_number,
)
from octavo.tree.nodes import Block, Inline, Section

Title: TypeAlias = tuple[Inline, ...]

_DEEPEST_TITLE = 6


class Heading(msgspec.Struct, frozen=True):
    """That a passage is a title: of which level, and why."""

    level: int
    reason: str


def find_titles(found: list[Passage]) -> dict[int, Heading]:
    """Return the places of the titles. Lines that only look like titles count where there are no surer ones."""
    sure = {at: title for at in range(len(found)) if (title := _sure_title(found, at))}
    first = min(sure, default=-1)
    if first >= 0 and is_list_label(found[first].text) and found[first + 1].kind is PassageKind.BULLET:
        del sure[first]
    if romans := _roman_titles(found):
        deeper = {at: Heading(min(each.level + 1, _DEEPEST_TITLE), each.reason) for at, each in sure.items()}
        return deeper | dict.fromkeys(romans, Heading(1, _ROMAN))
    if any(each.rule == "=" for each in found):
        sure |= {at: Heading(2, each.reason) for at, each in sure.items() if found[at].rule in ("-", "~")}
    if any(each.reason != _LONE for each in sure.values()):
        return sure
    generic = [at for at in range(len(found)) if _is_generic(found, at, _SHORTEST_TEXT)]
    if len(generic) + len(sure) < 2:
        return sure
    if len(generic) > 1:  # their fellows may have little to say
        generic = [at for at in range(len(found)) if _is_generic(found, at, 0)]
    return {**dict.fromkeys(generic, Heading(1, "it stands alone")), **sure}


_SHORTEST_TEXT = 80
"""How long what follows a line must be for the line to read as a title by itself."""
_LONE = "it is a usual title"
_ROMAN = "it is numbered in Roman figures"


def count_bare_titles(found: list[Passage]) -> list[Passage]:
    """Return the passages with short lines that count through the text by figures alone ("1 Scope") as numbered ones.

    Those that follow each other at once are notes or the rows of a table, and stay text.
    """
    counted: dict[int, Passage] = {}
    for at, passage in enumerate(found[:-1]):
        match = _BARE_NUMBER.match(passage.text) if passage.kind is PassageKind.TEXT else None
        if (
            match
            and int(match[1]) == len(counted) + 1
            and is_short_title(passage.text)
            and not _BARE_NUMBER.match(found[at + 1].text)
        ):
            first = passage.pieces[0]
            place = Position(first.position.line, first.position.column + match.end(), first.position.file)
            counted[at] = msgspec.structs.replace(
                passage,
                kind=PassageKind.NUMBERED,
                number=match[1],
                mark=match[0],
                pieces=(Piece(first.text[match.end() :], place), *passage.pieces[1:]),
            )
    return [counted.get(at, each) for at, each in enumerate(found)] if len(counted) > 1 else found


_BARE_NUMBER: Final = re.compile(r"(\d{1,2})\s+(?=[^\W\d_a-z])")


def _roman_titles(found: list[Passage]) -> list[int]:
    """Return the places of short lines that count I, II, III through the text; a lone one is no title."""
    counted: list[int] = []
    for at, passage in enumerate(found):
        number = roman_number(passage.text) if passage.kind is PassageKind.TEXT else 0
        if number == len(counted) + 1 and is_short_title(passage.text):
            counted.append(at)
    return counted if len(counted) > 1 else []


def _sure_title(found: list[Passage], at: int) -> Heading | None:
    passage = found[at]
    if (
        not is_short_title(passage.text.rstrip(":") if passage.rule else passage.text)
        or len(passage.pieces) > 3
    ):
        return None
    if passage.kind is PassageKind.NUMBERED:
        level = passage.number.count(".") + 1
        if level == 1 and (_are_items(found, at - 1) or _are_items(found, at)):
            return None
        return Heading(min(level, _DEEPEST_TITLE), "it is numbered")
    if passage.kind is not PassageKind.TEXT or at == len(found) - 1:
        return None
    if passage.rule:
        return Heading(1, "it is underlined")
    if is_capital_title(passage.text):
        return Heading(1, "it is in capitals")
    return Heading(1, _LONE) if is_lone_title(passage.text) else None


def _are_items(found: list[Passage], at: int) -> bool:
    """Tell whether a numbered passage and the one after it count on, as the items of one list do."""
    if not 0 <= at < len(found) - 1:
        return False
    one, other = found[at].number, found[at + 1].number
    return one.isdigit() and other.isdigit() and int(other) == int(one) + 1


def _is_generic(found: list[Passage], at: int, shortest: int) -> bool:
    passage = found[at]
    if (
        passage.kind is not PassageKind.TEXT
        or len(passage.pieces) > 1
        or not (passage.alone or (at > 0 and found[at - 1].alone))
        or at + 1 >= len(found)
    ):
        return False
    following = found[at + 1]
    longer = len(following.text) > max(shortest, 2 * len(passage.text))
    return is_generic_title(passage.text) and following.kind is PassageKind.TEXT and longer


class _Open:
    """A section that is being filled, how deep it is, and how many of its children are numbered."""

    def __init__(self, level: int, number: str) -> None:
        self.level = level
        self.number = number
        self.numbered = 0
        self.content: list[Block] = []


def nest(found: list[Passage], titles: Mapping[int, Heading], said: list[Diagnostic]) -> list[Block]:
    """Return the sections that the titles open, one in another by their levels."""
    if not titles:
        return []
    places = sorted(titles)
    any_numbers = any(found[at].kind is PassageKind.NUMBERED or titles[at].reason == _ROMAN for at in places)
    path: list[tuple[_Open, Section | None]] = [(_Open(0, ""), None)]

    def close() -> None:
        inner, section = path.pop()
        if section is not None:
            path[-1][0].content.append(msgspec.structs.replace(section, content=tuple(inner.content)))

    for at, end in zip(places, [*places[1:], len(found)], strict=True):
        level = titles[at].level
        while path[-1][0].level >= level:
            close()
        section, number = _section(found[at], path[-1][0], any_numbers, said)
        said.append(
            info(
                "guessed-section",
                f"`{found[at].text}` is taken as a title: {titles[at].reason}",
                section.position,
            )
        )
        inner = _Open(level, number)
        inner.content.extend(blocks(found[at + 1 : end]))
        path.append((inner, section))
    while len(path) > 1:
        close()
    return path[0][0].content


def _section(
    passage: Passage, parent: _Open, any_numbers: bool, said: list[Diagnostic]
) -> tuple[Section, str]:
    """Make an empty section. Its number goes where octavo will count the same one; else it stays in the title."""
    role = role_of(passage.text)
    if passage.kind is not PassageKind.NUMBERED:
        numbered = False if any_numbers else None
        title = inlines(passage, without_colon=True)
        return Section(title=title, role=role, numbered=numbered, position=passage.position), ""
    expected = f"{parent.number}.{parent.numbered + 1}" if parent.number else str(parent.numbered + 1)
    if passage.number == expected:
        parent.numbered += 1
        section = Section(title=inlines(passage), role=role, numbered=True, position=passage.position)
        return section, expected
    said.append(
        info(
            "number-out-of-sequence",
            f"the number {passage.number} does not follow; it was kept as a part of the title",
            passage.position,
            hint=f"{expected} would follow",
        )
    )
    title = inlines(passage, with_mark=True)
    return Section(title=title, role=role, numbered=False, position=passage.position), ""
