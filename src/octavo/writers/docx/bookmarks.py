"""Hidden bookmarks: around every block and every target, so that a reader knows again what they were written from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from octavo.writers.docx.place import Paragraph, Piece, Table

LABEL_BASE: Final = 10_000_000
"""Bookmarks' numbers are one series; keys stay below this."""
_END_BASE: Final = 2 * LABEL_BASE
_FORMULA_BASE: Final = 3 * LABEL_BASE
_STARTS: Final = re.compile(r'(?:<w:bookmarkStart w:id="\d+" w:name="_oct\d+"/>)+')
_NUMBER: Final = re.compile(r'w:id="(\d+)"')


def bookmark(key: int) -> tuple[str, str]:
    """Return the ends of a node's hidden bookmark; Word hides names that begin with an underscore."""
    return f'<w:bookmarkStart w:id="{key}" w:name="_oct{key}"/>', f'<w:bookmarkEnd w:id="{key}"/>'


def label_bookmark(key: int) -> tuple[str, str]:
    """Return the ends of the bookmark around a caption's label and number."""
    number = LABEL_BASE + key
    return f'<w:bookmarkStart w:id="{number}" w:name="_Ref{key}"/>', f'<w:bookmarkEnd w:id="{number}"/>'


def formula_bookmark(key: int) -> tuple[str, str]:
    """Return the ends of the bookmark around a formula. A program that knows no formulas leaves it empty; whoever
    deletes a formula in Word deletes it too."""
    number = _FORMULA_BASE + key
    return f'<w:bookmarkStart w:id="{number}" w:name="_octf{key}"/>', f'<w:bookmarkEnd w:id="{number}"/>'


def mark_in_cell(table: Table, start: str, following: object) -> bool:
    """Put a table's own bookmark into its first cell, and say whether it has one.

    LibreOffice loses a bookmark that begins between two tables. `following` is what comes after the table; it ends the
    bookmark that begins with `start` if that is the table's own.
    """
    number = _NUMBER.search(start)
    end = f'<w:bookmarkEnd w:id="{number.group(1)}"/>' if number else ""
    if not end or following != end:
        return False
    head, mark, tail = table.xml.partition("</w:pPr>")
    table.xml = f"{head}{mark}{start}{end}{tail}"
    return True


def part_after_table(first: Paragraph, following: Sequence[Piece]) -> None:
    """Divide bookmarks over several paragraphs that begin right after a table: LibreOffice loses those.

    The first paragraph and the last have one each; the last one's name ends in "z".
    """
    starts = _STARTS.match(first.content)
    if starts is None:
        return
    for number in _NUMBER.findall(starts.group()):
        end = f'<w:bookmarkEnd w:id="{number}"/>'
        if end in first.content:
            continue
        last = next((each for each in following if isinstance(each, Paragraph) and end in each.content), None)
        if last is not None:
            other = _END_BASE + int(number)
            begin = f'<w:bookmarkStart w:id="{other}" w:name="_oct{number}z"/>'
            last.content = begin + last.content.replace(end, f'<w:bookmarkEnd w:id="{other}"/>')
            first.content += end
