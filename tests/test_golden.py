"""The comparison of text dumps: it fails loudly, and writes only when it is told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import compare

DUMP = Path("feature/tree.txt")


def test_a_missing_dump_fails_and_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no accepted dump"):
        compare(DUMP, "one\n", accept=False, base=tmp_path)
    assert not (tmp_path / DUMP).exists()


def test_an_accepted_dump_is_compared_line_by_line(tmp_path: Path) -> None:
    compare(DUMP, "one\ntwo", accept=True, base=tmp_path)
    compare(DUMP, "one\ntwo\n", accept=False, base=tmp_path)
    with pytest.raises(AssertionError, match=r"-two\n\+three"):
        compare(DUMP, "one\nthree\n", accept=False, base=tmp_path)


def test_a_dump_stays_inside_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="outside"):
        compare(Path("../elsewhere.txt"), "", accept=True, base=tmp_path / "cases")
