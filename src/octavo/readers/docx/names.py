"""Namespaces and qualified names of the parts that are read (ECMA-376-1 and -4, and Microsoft's own additions)."""

from __future__ import annotations

import re
from typing import Final

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
INLINE: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MATH: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VECTOR: Final = "urn:schemas-microsoft-com:vml"
DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
SVG: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN: Final = "http://purl.org/dc/elements/1.1/"
TERMS: Final = "http://purl.org/dc/terms/"
ROUND_TRIP: Final = "urn:octavo:roundtrip:1"

STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", OFFICE.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", MATH.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", DRAWING.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", INLINE.encode()),
)
"""Namespaces of the strict form (ECMA-376-1) and those of the transitional one (ECMA-376-4), in which all is read."""

W: Final = f"{{{WORD}}}"
R: Final = f"{{{OFFICE}}}"
A: Final = f"{{{DRAWING}}}"
M: Final = f"{{{MATH}}}"
MC: Final = f"{{{COMPATIBILITY}}}"
WP: Final = f"{{{INLINE}}}"
V: Final = f"{{{VECTOR}}}"

VALUE: Final = f"{W}val"

# Names that are compared with often; a string is made of its parts each time that it is written with them.
PARAGRAPH: Final = f"{W}p"
PARAGRAPH_PROPERTIES: Final = f"{W}pPr"
RUN: Final = f"{W}r"
RUN_PROPERTIES: Final = f"{W}rPr"
TEXT: Final = f"{W}t"
BOOKMARK_START: Final = f"{W}bookmarkStart"
BOOKMARK_END: Final = f"{W}bookmarkEnd"
NAME: Final = f"{W}name"
ID: Final = f"{W}id"

BOOKMARK: Final = re.compile(r"_oct(\d{1,8})")
"""The name of the bookmark that octavo puts around a block."""
