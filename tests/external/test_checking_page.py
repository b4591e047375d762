"""docs/checking.md shows what `octavo check` prints of finished editions, but for the versions of the validators."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from octavo.cli.commands import main
from tests.external.tools import ToolMissing
from tests.unit.test_checking_page import BRIEF, PAGE

_SHOWN = re.compile(r"\$ (octavo check editions/brief\.pdf [^\n]*)\n(.*?)```", re.DOTALL)
_VERSION = re.compile(r"(?<= )\d+(?:\.\d+)+(?= \()")


def test_the_report_of_editions_on_the_page_is_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("brief.md").write_text(BRIEF, encoding="utf-8")
    Image.new("RGB", (900, 600), "teal").save("terminal.png")
    assert CliRunner().invoke(main, ["export", "brief.md"]).exit_code == 0
    shown = _SHOWN.search(PAGE.read_text(encoding="utf-8"))
    assert shown is not None
    run = CliRunner().invoke(main, shown.group(1).split()[1:])
    if "validator-missing" in run.output:
        raise ToolMissing(re.findall(r"validator-missing\]: (.*)", run.output)[0])
    assert _VERSION.sub("…", shown.group(2)) == _VERSION.sub("…", run.output)
    assert {path.name for path in Path("proof").iterdir()} == {"evidence.json", "evidence.html"}
