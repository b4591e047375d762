"""Fonts of one's own: found below a folder, known by family, weight and slope, and set like any other."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

import octavo
from octavo.cli import main
from octavo.environment import DiskEnvironment
from octavo.errors import ResourceError
from octavo.fonts.features import TypeSpec
from octavo.fonts.shape import Shaper
from octavo.tree import build
from tests.unit.fonts.small_fonts import small_font


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fonts = tmp_path / "fonts"
    (fonts / "below").mkdir(parents=True)
    (fonts / "plain.ttf").write_bytes(small_font("Plain"))
    (fonts / "slanted.otf").write_bytes(small_font("Plain", weight=700, cff=True, italic=True))
    (fonts / "below" / "vary.TTF").write_bytes(small_font("Vary", variable=True))
    (fonts / "notes.txt").write_text("no font")
    return fonts


def test_faces_are_known_by_what_their_files_say(folder: Path) -> None:
    faces = DiskEnvironment(fonts=[folder]).fonts().faces
    own = [(face.family, face.weight, face.italic) for face in faces if face.origin == str(folder)]
    assert own == [
        *(("Vary", weight, False) for weight in (300, 400, 500, 600, 700, 800)),
        ("Plain", 400, False),
        ("Plain", 700, True),
    ]


def test_the_fonts_of_the_packages_are_there_too(folder: Path) -> None:
    assert DiskEnvironment(fonts=[folder]).fonts().has("Source Serif Pro")
    assert not DiskEnvironment().fonts().has("Plain")


@pytest.mark.parametrize(("weight", "width"), [(400, 500.0), (800, 700.0), (600, 600.0)])
def test_a_variable_font_is_set_in_its_weights(folder: Path, weight: int, width: float) -> None:
    shaper = Shaper(DiskEnvironment(fonts=[folder]).fonts())
    word = shaper.setting(TypeSpec(families=("Vary",), weight=weight)).words["a"]
    assert (word.width, shaper.used[0].variations) == (width, ())


def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="there is no folder"):
        DiskEnvironment(fonts=[tmp_path / "none"]).fonts()


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font at all")
    said = DiskEnvironment(fonts=[tmp_path]).fonts().diagnostics
    assert [each.code for each in said] == ["font-not-read"]
    edition = octavo.render(build.document("Text."), "docx", environment=DiskEnvironment(fonts=[tmp_path]))
    assert "font-not-read" in {each.code for each in edition.diagnostics}


def test_the_fonts_of_the_system_are_there_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain.ttf").write_bytes(small_font("Plain"))
    monkeypatch.setattr("octavo.environment.system_folders", lambda: (tmp_path, tmp_path / "none"))
    assert DiskEnvironment(system_fonts=True).fonts().has("Plain")


def test_all_editions_are_set_in_fonts_of_ones_own(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'extends = "plain"\n[token.font]\ntext = ["Vary", "Source Serif Pro"]\nheading = ["Plain"]\n'
    )
    (tmp_path / "a.md").write_text("---\ntitle: Abc\nlanguage: en\n---\n\nabc **ABC**\n")
    world = DiskEnvironment(fonts=[folder])
    made = octavo.export(
        tmp_path / "a.md", tmp_path, ("pdf", "docx", "epub"), theme=tmp_path / "own.toml", environment=world
    )
    assert all(edition.path is not None for edition in made)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        names = [
            str(each.BaseFont)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        ]
    assert {name.split("+")[-1].split("-")[0] for name in names} >= {"Vary", "Plain"}
    with zipfile.ZipFile(tmp_path / "a.epub") as package:
        assert any("vary-400" in name for name in package.namelist())


def test_a_theme_is_checked_with_fonts_of_ones_own(folder: Path, tmp_path: Path) -> None:
    theme = tmp_path / "own.toml"
    theme.write_text(
        'extends = "plain"\n[token.font]\ntext = ["Vary", "Source Serif Pro"]\nheading = ["Plain"]\n'
    )
    without = CliRunner().invoke(main, ["themes", "check", str(theme)])
    given = CliRunner().invoke(main, ["themes", "check", str(theme), "--fonts", str(folder)])
    assert (without.exit_code, given.exit_code) == (1, 0), given.output
