"""The JSON reader: the dump comes back, faults are refused at their place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from octavo.errors import SourceError
from octavo.readers.json import JsonReader
from octavo.readers.protocol import Source
from octavo.tree import Document
from octavo.tree.dump import to_json
from tests.strategies import documents


@settings(max_examples=60, deadline=None)
@given(documents(control_characters=False))
def test_every_document_comes_back_as_it_was(document: Document) -> None:
    read = JsonReader().read(Source(to_json(document), "made.json"))
    assert read.document == document


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b'{"octavo": 1,\n "content": [}', "broken-json", (2, 14)),
        (b"", "broken-json", (1, 1)),
        (b'{"octavo": 2}', "unknown-version", (1, 1)),
        (b"{}", "unknown-version", (1, 1)),
        (b"[]", "not-a-document", (0, 0)),
        (b'{"octavo": 1, "content": [{"type": "nonsense"}]}', "not-a-document", (0, 0)),
        (b'{"octavo": 1, "content": [{"type": "paragraph"}]}', "not-a-document", (0, 0)),
        (b'{"octavo": 1, "contents": []}', "not-a-document", (0, 0)),
        (b'{"octavo": 1, "x": ' + b"[" * 1_000_000, "nesting-too-deep", (1, 1)),
        (b"\xff", "not-utf8", (1, 1)),
    ],
)
def test_faults_are_refused_at_their_place(data: bytes, code: str, place: tuple[int, int]) -> None:
    with pytest.raises(SourceError) as caught:
        JsonReader().read(Source(data, "brief.json"))
    (said,) = caught.value.diagnostics
    assert said.position is not None
    assert (said.code, (said.position.line, said.position.column)) == (code, place)
