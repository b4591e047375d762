"""The conformance kit for readers and writers that others write; octavo's own pass it too.

    from octavo.testing import check_writer

    def test_the_writer_conforms() -> None:
        check_writer(TextWriter, lambda data: data.decode())

`check_writer` holds a writer to what every writer promises: each kind of node is rendered or reported, all text is
kept in its order, the same manuscript gives the same bytes, and nothing outside the manuscript is touched. The bytes
are compared with those of another time and place: clock, dates, chance, variables, locale, time zone and folder are
others then. The one thing that a process cannot change is its PYTHONHASHSEED: run the tests under two.
`check_reader` does the same for a reader: places, text, faults, and nothing but the bytes it is given.

All faults are gathered and raised together, as a `ConformanceError`.
"""

from octavo.testing.faults import ConformanceError
from octavo.testing.readers import check_reader
from octavo.testing.writers import check_writer

__all__ = ["ConformanceError", "check_reader", "check_writer"]
