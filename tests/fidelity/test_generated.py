"""Any tree that a reader or a program may make says the same in every edition.

Plain pytest tries a few documents; `OCTAVO_EXAMPLES=2000 pytest tests/fidelity` tries as many as it is told.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from octavo.tree import Document
from tests import strategies
from tests.fidelity.compare import FORMATS, assert_faithful, prepared, without_contents

EXAMPLES = int(os.environ.get("OCTAVO_EXAMPLES", "0"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the image which generated documents show."""
    from PIL import Image

    path = tmp_path_factory.mktemp("made")
    file = io.BytesIO()
    Image.new("RGB", (12, 8), "teal").save(file, "PNG")
    (path / "chart.png").write_bytes(file.getvalue())
    return path


@pytest.mark.parametrize("edition", FORMATS)
@settings(
    max_examples=EXAMPLES or 25,
    derandomize=not EXAMPLES,
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
@given(document=strategies.documents())
def test_any_document_says_the_same(document: Document, folder: Path, edition: str) -> None:
    placed = msgspec.structs.replace(without_contents(document), source=str(folder / "made.md"))
    assert_faithful(prepared(placed), edition)
