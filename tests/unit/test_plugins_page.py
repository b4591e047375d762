"""The page on plugins: what it shows works as it stands."""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Any

import pytest

import octavo
from octavo import plugins
from octavo.testing import check_reader
from tests.corpus import ROOT

PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What the programs of the page define, run one after the other."""
    found: dict[str, Any] = {"__name__": "my_package"}
    for program in PROGRAMS:
        exec(program, found)
    return found


def test_the_reader_of_the_page_keeps_its_contract(names: dict[str, Any]) -> None:
    assert len(PROGRAMS) == 2
    check_reader(names["CsvReader"], {b'"a, b","c\nd"\ne\n': "a b c d e", b"one": "one"})


def test_octavo_reads_a_source_with_it(
    names: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Point(EntryPoint):
        def load(self) -> Any:
            return names["CsvReader"]

    points = EntryPoints([Point("csv", "my_package:CsvReader", "octavo.readers")])
    monkeypatch.setattr(plugins, "_entry_points", lambda group: points.select(group=group))
    source = tmp_path / "figures.csv"
    source.write_bytes(b"Place,Visits\nSeoul,2\n")
    assert [each.format for each in octavo.export(source, tmp_path / "out")] == ["pdf", "docx", "epub"]
    source.write_bytes(b"\xff")
    with pytest.raises(octavo.OctavoError) as raised:
        octavo.read(source)
    assert raised.value.diagnostics[0].code == "not-utf8"
