"""The PDF to print: PDF/X-4 together with PDF/A-2a and tags (ISO 15930-7, ISO 19005-2)."""

from octavo.writers.pdf.press.options import PressOptions
from octavo.writers.pdf.press.printers import Printer, parse_printer, shipped_printer, shipped_printers
from octavo.writers.pdf.press.writer import PressWriter

__all__ = [
    "PressOptions",
    "PressWriter",
    "Printer",
    "parse_printer",
    "shipped_printer",
    "shipped_printers",
]
