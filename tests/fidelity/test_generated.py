"""Any tree that a reader or a program may make says the same in every edition.

Plain pytest tries a few documents, always the same; `OCTAVO_EXAMPLES=2000 pytest tests/fidelity -k generated` tries as
many others as it is told, and makes what fails as small as it can.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from PIL import Image

from octavo.tree import Document, nodes
from tests import strategies
from tests.fidelity.compare import FORMATS, assert_faithful, prepared, without_contents

EXAMPLES = int(os.environ.get("OCTAVO_EXAMPLES", "0"))
FEW = {"pdf": 12, "docx": 20, "epub": 20}
"""Documents of a plain run: a few seconds for each edition."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the image which generated documents show."""
    path = tmp_path_factory.mktemp("made")
    file = io.BytesIO()
    Image.new("RGB", (12, 8), "teal").save(file, "PNG")
    (path / "chart.png").write_bytes(file.getvalue())
    return path


def assert_any_says_the_same(edition: str, folder: Path) -> None:
    """Try some documents; without OCTAVO_EXAMPLES a failure is told as it is, since shrinking takes minutes."""

    @settings(
        max_examples=EXAMPLES or FEW[edition],
        derandomize=not EXAMPLES,
        database=None,
        suppress_health_check=list(HealthCheck),
        deadline=None,
        phases=tuple(Phase) if EXAMPLES else (Phase.explicit, Phase.generate),
    )
    @given(document=strategies.documents())
    def tried(document: Document) -> None:
        placed = msgspec.structs.replace(without_contents(document), source=str(folder / "made.md"))
        assert_faithful(prepared(placed), edition)

    tried()


@pytest.mark.parametrize("edition", FORMATS)
def test_any_document_says_the_same(folder: Path, edition: str) -> None:
    assert_any_says_the_same(edition, folder)


@pytest.mark.parametrize("edition", FORMATS)
def test_an_edition_that_lacks_a_word_is_found_out(folder: Path, edition: str) -> None:
    """The kit must see a loss: a document is compared with an edition of another."""
    from octavo.plugins import find_writer
    from octavo.production import write
    from tests.fidelity.compare import read
    from tests.fidelity.wanted import Ways, wanted

    whole = Document(content=(nodes.Paragraph(content=(nodes.Text(text="one two three"),)),))
    less = Document(content=(nodes.Paragraph(content=(nodes.Text(text="one three"),)),))
    told = read(write(prepared(less), find_writer(edition)).data, prepared(less), edition)
    assert not told.text.endswith(wanted(prepared(whole), Ways()).text)
    assert told.text.endswith(wanted(prepared(less), Ways()).text)
