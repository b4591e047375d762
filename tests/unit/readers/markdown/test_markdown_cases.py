"""Golden dumps: every source below tests/cases/markdown, its tree and its diagnostics."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.readers.markdown import MarkdownReader
from octavo.readers.protocol import Source
from octavo.tree.dump import to_text
from tests.golden import CASES

SOURCES = sorted((CASES / "markdown").rglob("*.md"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_tree_and_diagnostics(path: Path, golden: Callable[[Path, str], None]) -> None:
    parsed = MarkdownReader().read(Source(path.read_bytes(), path.name))
    said = "".join(f"{each}\n" for each in parsed.diagnostics)
    golden(path.with_suffix(".tree.txt").relative_to(CASES), f"{to_text(parsed.document)}\n{said}")
