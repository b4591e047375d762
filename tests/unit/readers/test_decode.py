"""Bytes to text: what is no UTF-8 text is refused at its place, with what it may be instead."""

from __future__ import annotations

import pytest

from octavo.errors import SourceError
from octavo.readers.decode import decode
from octavo.readers.protocol import Source


def refused(data: bytes) -> tuple[str, int, int, str]:
    with pytest.raises(SourceError) as caught:
        decode(Source(data, "brief.md"))
    (said,) = caught.value.diagnostics
    assert said.position is not None
    assert said.position.file == "brief.md"
    return said.code, said.position.line, said.position.column, said.hint


def test_a_byte_order_mark_and_foreign_line_ends_go() -> None:
    assert decode(Source(b"\xef\xbb\xbfone\r\ntwo\rthree\n")) == ("one\ntwo\nthree\n", ())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("na\u00efve\n\u00e9t\u00e9".encode("cp1252"), ("not-utf8", 1, 3, "Windows-1252")),
        ("é\nfür caf".encode() + b"\xe9", ("not-utf8", 2, 8, "Windows-1252")),
        (b"ab\x81\xff", ("not-utf8", 1, 3, "UTF-8")),
        ("text".encode("utf-16"), ("not-utf8", 1, 1, "UTF-16")),
        ("text".encode("utf-16-le"), ("not-text", 1, 2, "UTF-16")),
        (b"a longer text\nwith a \0 in it", ("not-text", 2, 8, "NUL")),
        (b"%PDF-1.7\n", ("not-text", 1, 1, "Markdown")),
        (b"PK\x03\x04abc", ("not-text", 1, 1, "Markdown")),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, expected: tuple[str, int, int, str]) -> None:
    code, line, column, hint = refused(data)
    assert (code, line, column) == expected[:3]
    assert expected[3] in hint


def test_control_characters_are_replaced_and_reported_once() -> None:
    text, said = decode(Source(b"a\x0bb\n\x1bc\x1b", "brief.md"))
    assert text == "a b\n\ufffdc\ufffd"
    assert [str(each).splitlines()[0] for each in said] == [
        "brief.md:1:2: warning[control-character]: the control character U+000B (and 2 more) was replaced"
    ]
