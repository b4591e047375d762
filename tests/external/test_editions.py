"""One call makes all editions of a document; the judges of each format are in the files beside this one."""

from __future__ import annotations

from pathlib import Path

from tests.corpus import ROOT, corpus
from tests.external.editions import FORMATS, THEME


def test_one_call_makes_all_editions_of_a_document(tmp_path: Path) -> None:
    import octavo

    seeds = [path for path in corpus() if path.is_relative_to(ROOT / "seeds")]
    assert seeds, "the repository holds no seed"
    made = octavo.export(octavo.read(seeds[0]), tmp_path, formats=FORMATS, theme=THEME)
    suffixes = [f".{each}" for each in FORMATS]
    assert [edition.path.suffix for edition in made if edition.path] == suffixes
    assert sorted(path.suffix for path in tmp_path.iterdir()) == sorted(suffixes)
