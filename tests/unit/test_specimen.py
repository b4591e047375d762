"""The specimen: editions, a sheet of what tools are there for, and a word about those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.diagnostics import Diagnostic, Severity
from octavo.environment import DiskEnvironment
from octavo.specimen import SAMPLE, faces, pictures, specimen


@pytest.mark.parametrize("theme", DiskEnvironment().themes())
def test_the_sample_goes_into_every_theme_without_a_complaint(
    theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    editions, said = specimen(theme, tmp_path / "out", SAMPLE, DiskEnvironment())
    assert [each.format for each in editions if each.path] == ["pdf", "docx", "epub"]
    assert [
        str(each)
        for edition in editions
        for each in edition.diagnostics
        if each.severity is not Severity.INFO
    ] == []
    assert {each.code for each in said} == {"tool-missing"}
    assert {each.hint for each in said} == {
        "install poppler-utils",
        "install LibreOffice",
        "install Chromium",
    }
    assert not (tmp_path / "out" / "sheet.png").exists()


def test_a_tool_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "pdftoppm"
    tool.write_text("#!/bin/sh\nexit 3\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    said: list[Diagnostic] = []
    assert pictures(tmp_path / "no.pdf", tmp_path, said) == []
    assert [each.message for each in said] == ["`pdftoppm` left with status 3"]


def test_fonts_say_where_they_are_from_and_what_they_allow() -> None:
    found = list(faces(DiskEnvironment()))
    serif = next(
        each for each in found if (each.family, each.weight, each.italic) == ("Source Serif Pro", 400, False)
    )
    assert serif.origin == "font_source_serif_pro"
    assert serif.embedding == "installable"
    assert "OFL" in serif.licence
