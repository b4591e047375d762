"""Options and fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from tests import corpus as documents
from tests import golden as dumps

# A busy machine is no failure. Where CI is set, hypothesis loads its own profile: no deadline, and no chance.
if "CI" not in os.environ:
    hypothesis.settings.register_profile("octavo", deadline=None)
    hypothesis.settings.load_profile("octavo")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the project's own options to pytest."""
    group = parser.getgroup("octavo")
    group.addoption(
        "--accept",
        action="store_true",
        help="rewrite the accepted text dumps below tests/cases instead of comparing to them",
    )
    group.addoption(
        "--require-validators",
        action="store_true",
        help="fail, instead of skip, where an external validator is not installed",
    )


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text dump to the accepted one below tests/cases: `golden(Path("feature/tree.txt"), text)`."""
    accept = bool(request.config.getoption("--accept"))

    def compare(path: Path, text: str) -> None:
        dumps.compare(path, text, accept=accept)

    return compare


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """Every document of the repository that must become a sound edition."""
    return documents.corpus()
