"""What may be chosen for the press edition."""

from __future__ import annotations

import msgspec

from octavo.writers.pdf.press.printers import DEFAULT_PRINTER, Printer


class PressOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Options of the press edition.

    `icc` is the print shop's CMYK profile, empty for the one that comes with octavo; `printer` the name of a shipped
    printer profile, or one read by `parse_printer`; `marks` overrides what that profile says of marks.
    """

    icc: bytes = b""
    printer: str | Printer = DEFAULT_PRINTER
    marks: bool | None = None
