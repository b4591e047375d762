"""XML text: escaping, the namespaces of a word-processing part, and characters that XML 1.0 cannot hold."""

from __future__ import annotations

import re
from typing import Final

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
INLINE: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WORD_2010: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
MATHEMATICS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
VECTOR: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES: Final = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}" xmlns:wp="{INLINE}" xmlns:a="{DRAWING}" xmlns:pic="{PICTURE}" '
    f'xmlns:m="{MATHEMATICS}" xmlns:w14="{WORD_2010}" xmlns:mc="{COMPATIBILITY}" mc:Ignorable="w14"'
)
"""For the root of a story. `w14` holds what an older reader may pass over (ECMA-376-3, 7.2)."""

ILLEGAL: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
"""A pattern of the characters that XML 1.0 (2.2, Char) leaves out. None of them is printable, so that most text need
not be searched; it stays text until it is needed, for it takes its time to compile."""
REPLACEMENT: Final = "\ufffd"
_MARKUP: Final = re.compile("[&<>]")


def escape(text: str) -> str:
    """Return text as it stands between tags; illegal characters become U+FFFD."""
    if _MARKUP.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if text.isprintable() else re.sub(ILLEGAL, REPLACEMENT, text)


def attribute(text: str) -> str:
    """Return text as it stands in a double-quoted attribute; line ends and tabs survive as references."""
    text = escape(text).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def part(root: str, *content: str, attributes: str = NAMESPACES) -> bytes:
    """Return a whole part: declaration, root element, content."""
    start = f"{DECLARATION}<{root} {attributes}>"
    return b"".join((start.encode(), *(each.encode() for each in content), f"</{root}>".encode()))
