"""Fields, always written out with their result, so that nobody has to update them to read the page."""

from __future__ import annotations

from typing import Final

from octavo.writers.docx.xml import escape

_BEGIN: Final = '<w:fldChar w:fldCharType="begin"/>'
_SEPARATE: Final = '<w:fldChar w:fldCharType="separate"/>'
_END: Final = '<w:fldChar w:fldCharType="end"/>'


def begin(instruction: str, properties: str = "") -> str:
    """Return the runs that open a complex field (ECMA-376-1, 17.16.18), up to its result."""
    return (
        f"<w:r>{properties}{_BEGIN}</w:r>"
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f"<w:r>{properties}{_SEPARATE}</w:r>"
    )


def end(properties: str = "") -> str:
    """Return the run that closes a field."""
    return f"<w:r>{properties}{_END}</w:r>"


def field(instruction: str, result: str, properties: str = "") -> str:
    """Return a whole field. `result` are runs, `properties` the `w:rPr` of the field's own characters."""
    return begin(instruction, properties) + result + end(properties)
