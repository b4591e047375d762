"""Captions and labels: what counts a thing is not part of its text, because octavo counts anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from octavo.readers.docx.pieces import Line, Piece
from octavo.tree.semantics import MarkKey

_TABLE: Final = re.compile(r"\s*(tab|таб|표|表|taulukko|cuadro)", re.IGNORECASE)
_FIGURE: Final = re.compile(
    r"\s*(fig|abb|ill|image|picture|drawing|chart|graph|photo|bild|рис|図|图|그림|kuva|obr)", re.IGNORECASE
)
_TYPED: Final = re.compile(
    r"\s*(table|tab\.|tabelle|tableau|tabla|tabella|figure|fig\.|abbildung|abb\.|figura)\s*\d", re.IGNORECASE
)
_SEPARATOR: Final = re.compile(r"[\s.:\-–—|)]*")
_FORMULA_NUMBER: Final = re.compile(r"(?<!\s)(?=\s*\t)\s++\(([^()]{1,12})\)\s*+$")
LONGEST_LABEL: Final = 30


def kind_of(line: Line) -> Literal["table", "figure", ""]:
    """Say what a caption is of, by its sequence or its first word; empty where they do not tell."""
    for word in (line.sequence, line.text[:LONGEST_LABEL], line.style.name):
        if _TABLE.match(word):
            return "table"
        if _FIGURE.match(word):
            return "figure"
    return ""


def without_label(pieces: Sequence[Piece]) -> tuple[list[Piece], bool | None]:
    """Return a caption's text without "Figure 3:", and what `numbered` is then: a label that somebody typed stays."""
    counted = [at for at, piece in enumerate(pieces) if piece.kind == "counted"]
    labelled = [at for at, piece in enumerate(pieces) if MarkKey.CAPTION_LABEL in piece.look.marks]
    text = "".join(piece.text for piece in pieces)
    if not counted and labelled[:1] == [0]:
        counted = labelled
    if not counted:
        return list(pieces), False if _TYPED.match(text) else None
    last = counted[0]
    while last + 1 < len(pieces) and (pieces[last + 1].kind == "counted" or last + 1 in labelled):
        last += 1
    label = "".join(piece.text for piece in pieces[: last + 1])
    if len(label) > LONGEST_LABEL or any(piece.node for piece in pieces[: last + 1]):
        return list(pieces), False
    rest = list(pieces[last + 1 :])
    while rest and rest[0].node is None:
        text = _SEPARATOR.sub("", rest[0].text, count=1)
        if text:
            rest[0] = Piece(text, rest[0].look)
            break
        del rest[0]
    return rest, None


def formula_number(text: str) -> tuple[str, str]:
    """Return a formula and the number after it."""
    match = _FORMULA_NUMBER.search(text)
    return (text[: match.start()].strip(), match.group(1)) if match else (text.strip(), "")


def entry_label(pieces: Sequence[Piece]) -> tuple[list[Piece], str]:
    """Return a bibliography entry without its label, and the label."""
    label = [each for each in pieces if MarkKey.LIST_MARKER in each.look.marks]
    if not label or pieces[0] is not label[0]:
        return list(pieces), ""
    rest = [each for each in pieces if each not in label]
    return rest, "".join(each.text for each in label).strip()
