"""The page on the library: its programs run as they stand, one after the other, and pass a strict check of types."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import octavo
from tests.corpus import ROOT

PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
PROGRAMS = re.compile(r"```python\n(.*?)```", re.DOTALL)
PROGRAM = "\n".join(PROGRAMS.findall(PAGE))
BRIEF = "---\ntitle: A brief\nlanguage: en\n---\n\n# One\n\nSome words.\n"


def test_all_public_names_are_told_of() -> None:
    named = set(re.findall(r"`([A-Za-z_]+)", PAGE.partition("\n## ")[0]))
    assert set(octavo.__all__) <= named


def test_the_programs_run_and_do_what_is_said(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(BRIEF, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "unknown-theme | there is no theme `polcy` | did you mean `policy`?" in run.stdout
    assert "brief.md ['docx']" in run.stdout
    made = sorted(each.name for each in (tmp_path / "editions").iterdir())
    assert made == ["brief-2.docx", "brief-2.epub", "brief.docx", "brief.press.pdf", "made.docx"]


@pytest.mark.parametrize("page", ["library.md", "plugins.md"])
def test_the_programs_pass_a_strict_check_of_types(page: str, tmp_path: Path) -> None:
    programs = PROGRAMS.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))
    (tmp_path / "program.py").write_text("\n".join(programs), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir"]
    run = subprocess.run(
        [*command, str(ROOT / ".mypy_cache"), "program.py"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
