"""Every document of the repository, as a finished edition, says what its tree says: nothing lost, doubled or moved."""

from __future__ import annotations

from pathlib import Path

import pytest

import octavo
from octavo.production import Prepared
from tests.corpus import corpus, name_of
from tests.fidelity.compare import FORMATS, assert_faithful, prepared, without_contents


@pytest.fixture(scope="module", params=corpus(), ids=name_of)
def ready(request: pytest.FixtureRequest) -> Prepared:
    source: Path = request.param
    return prepared(without_contents(octavo.read(source)))


@pytest.mark.parametrize("edition", FORMATS)
def test_an_edition_says_what_its_document_says(ready: Prepared, edition: str) -> None:
    assert_faithful(ready, edition)
