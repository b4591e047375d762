"""Our escapes are those of Python's own library, which loads code for the network with them."""

from __future__ import annotations

from xml.sax import saxutils

from hypothesis import given
from hypothesis import strategies as st

from octavo.mathematics.markup import escape, quoted

TEXTS = st.text("ab&<>\"'\n\r\t;é")


@given(TEXTS)
def test_escapes_are_those_of_the_standard_library(text: str) -> None:
    assert escape(text) == saxutils.escape(text)
    assert quoted(text) == saxutils.quoteattr(text)
