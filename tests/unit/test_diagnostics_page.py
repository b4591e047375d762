"""docs/diagnostics.md names every code that the library says, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import codes

PAGE = codes.ROOT / "docs" / "diagnostics.md"


def test_the_page_is_made_from_the_code(request: pytest.FixtureRequest) -> None:
    made = codes.page()
    if request.config.getoption("--accept"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made, "run this test with --accept, and read the difference"


def test_codes_that_are_hard_to_find_are_there() -> None:
    known = codes.codes()
    assert {"unknown-writer", "image-outside", "theme-token-cycle", "dangling-reference", "no-date"} <= set(
        known
    )
    assert known["missing-image"].severities == {"warning"}


def test_every_code_that_another_page_or_test_names_is_known() -> None:
    """Words in square brackets behind a severity are codes."""
    known = set(codes.codes())
    named = re.compile(r"(?:error|warning|info)\[([a-z0-9-]+)\]")
    pages = [*(codes.ROOT / "docs").glob("*.md"), codes.ROOT / "README.md"]
    pages += (Path(codes.ROOT) / "tests").rglob("test_*.py")
    for path in pages:
        unknown = set(named.findall(path.read_text(encoding="utf-8"))) - known - {"wrong-usage"}
        assert not unknown, f"{path.name} names {unknown}"
