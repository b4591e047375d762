"""Options of single editions, put into an order."""

from __future__ import annotations

from pathlib import Path

import msgspec

from octavo.batch import Order
from octavo.cli.report import Report
from octavo.cli.usage import refuse
from octavo.errors import OctavoError


def with_press(
    order: Order, report: Report, *, icc: str | None, printer: str | None, marks: bool | None
) -> Order:
    """Add the options of the press edition to an order."""
    if icc is None and printer is None and marks is None:
        return order
    if "press" not in order.formats:
        refuse("--icc, --printer and --marks are for the press edition", "name it, as --to pdf,press")
    from octavo.environment import DiskEnvironment
    from octavo.writers.pdf.press import PressOptions, parse_printer, shipped_printer

    environment = DiskEnvironment()
    chosen = PressOptions(marks=marks)
    try:
        if icc is not None:
            chosen = msgspec.structs.replace(chosen, icc=environment.read(Path(icc)))
        if printer is not None:
            found = (
                parse_printer(environment.read(Path(printer)), printer)
                if printer.endswith(".toml") or Path(printer).name != printer
                else shipped_printer(printer)
            )
            chosen = msgspec.structs.replace(chosen, printer=found)
    except OctavoError as fault:
        report.failed(fault)
        report.finish()
    return msgspec.structs.replace(order, options={"press": chosen})


def without_page_list(order: Order) -> Order:
    """Ask for an e-book that does not know the pages of the print."""
    from octavo.writers.epub.options import EpubOptions

    if "epub" not in order.formats:
        refuse("--no-page-list is for the e-book", "name it, as --to pdf,epub")
    return msgspec.structs.replace(order, options={**order.options, "epub": EpubOptions(page_list=False)})
