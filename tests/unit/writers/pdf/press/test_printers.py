from __future__ import annotations

import pytest

from octavo.errors import ResourceError
from octavo.writers.pdf.press.printers import (
    DEFAULT_PRINTER,
    parse_printer,
    shipped_printer,
    shipped_printers,
)


def test_shipped_printers_are_read() -> None:
    assert shipped_printers() == ("europe-coated", "north-america", "on-demand")
    read = {name: shipped_printer(name) for name in shipped_printers()}
    assert [printer.bleed for printer in read.values()] == [8.51, 9.0, 9.0]
    assert [printer.marks for printer in read.values()] == [True, True, False]
    assert read["on-demand"].pages_multiple == 2
    assert DEFAULT_PRINTER in read


@pytest.mark.parametrize(
    "text",
    [
        'name = "x"',
        'name = "x"\nbleed = "wide"',
        'name = "x"\nbleed = "80mm"',
        'name = "x"\nbleed = "3mm"\nink-limit = 900',
        'name = "x"\nbleed = "3mm"\npages-multiple = 0',
        'name = "x"\nbleed = "3mm"\nstandard = "PDF/X-1a"',
        'name = "x"\nbleed = "3mm"\nfolded = true',
        "name =",
        b"\xff\xfe",
    ],
)
def test_faults_name_the_profile(text: str | bytes) -> None:
    with pytest.raises(ResourceError, match=r"bad-printer.*shop\.toml"):
        parse_printer(text, "shop.toml")
