"""Every example runs as it stands, and gives what it promises."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image, ImageChops, ImageStat

import octavo
from octavo.environment import DiskEnvironment
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium
from octavo.tree import nodes
from octavo.tree.walk import plain_text, walk

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
TOUR = EXAMPLES / "feature-tour.md"
WRITER = EXAMPLES / "plain_text_writer"
SEEDS = ROOT / "seeds"


def run(program: str, *arguments: str) -> str:
    finished = subprocess.run(
        [sys.executable, str(EXAMPLES / program), *arguments], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def test_the_builder_makes_a_brief(tmp_path: Path) -> None:
    said = run("builder_brief.py", str(tmp_path))
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == [f"twenty-one-minutes.{each}" for each in ("docx", "epub", "pdf")]
    assert all(name in said for name in made)
    assert "error" not in said
    with zipfile.ZipFile(tmp_path / "twenty-one-minutes.docx") as package:
        assert "At least" not in package.read("word/document.xml").decode()
        assert "On average a port gained 21 minutes." in re.sub(
            "<[^>]+>", "", package.read("word/document.xml").decode()
        )


def test_the_chart_is_the_one_that_its_program_draws(tmp_path: Path) -> None:
    run("make_chart.py", str(tmp_path / "chart.png"))
    kept = EXAMPLES / "images" / "warning-time.png"
    assert kept.stat().st_size <= 20 * 1024
    with Image.open(tmp_path / "chart.png") as new, Image.open(kept) as old:
        assert new.size == old.size
        # Another version of the text renderer may set an edge a little differently.
        difference = ImageStat.Stat(ImageChops.difference(new.convert("L"), old.convert("L"))).mean[0]
    assert difference < 2


def test_the_harbour_theme_is_sound() -> None:
    world = DiskEnvironment()
    theme = load_theme(str(EXAMPLES / "harbour.toml"), world.read_theme)
    fonts = world.fonts()
    for medium in Medium:
        sheet, diagnostics = resolve_theme(theme, medium, fonts)
        assert diagnostics == ()
        assert "logbook" in sheet.styles
        assert "vessel" in sheet.marks


@pytest.mark.parametrize("format", ["pdf", "docx", "epub"])
def test_the_tour_becomes_an_edition_without_complaints(format: str) -> None:
    output = octavo.render(TOUR, format, theme=EXAMPLES / "harbour.toml")
    complaints = [each for each in output.diagnostics if each.severity is not octavo.Severity.INFO]
    assert complaints == []
    assert len(output.data) > 10_000


def test_the_tour_shows_most_of_what_there_is() -> None:
    document = octavo.read(TOUR)
    kinds = {type(each) for each in walk(document)}
    rarely_wanted = {
        nodes.Bibliography,
        nodes.Citation,
        nodes.LineBreak,
        nodes.Notes,
        nodes.PageBreak,
        nodes.Quoted,
        nodes.SmallCaps,
    }
    assert {*get_args(nodes.Block), *get_args(nodes.Inline)} - kinds <= rarely_wanted


@pytest.fixture
def installed_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the package where an installer would: its code and its entry points on the path."""
    project = tomllib.loads((WRITER / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = project["entry-points"]
    info = tmp_path / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in each.items())
        for group, each in points.items()
    ]
    (info / "entry_points.txt").write_text("".join(lines))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(WRITER / "src")


@pytest.mark.usefixtures("installed_writer")
@pytest.mark.parametrize("source", [TOUR, SEEDS / "us-china-dialogue.md", SEEDS / "us-china-dialogue.txt"])
def test_the_writer_of_a_third_party_is_found_and_loses_no_word(source: Path, tmp_path: Path) -> None:
    (edition,) = octavo.export(source, tmp_path / "out", formats=("text",))
    assert edition.path == tmp_path / "out" / f"{source.stem}.txt"
    written = edition.path.read_text(encoding="utf-8")
    document = octavo.read(source)
    assert not words(plain_text(document)) - words(written)
    assert max(map(len, written.splitlines())) < 120


@pytest.mark.usefixtures("installed_writer")
def test_the_writer_has_a_rule_for_every_block() -> None:
    import importlib

    module = importlib.import_module("octavo_plain_text.writer")
    assert set(module.BLOCKS) == set(get_args(nodes.Block))


@pytest.mark.usefixtures("installed_writer")
def test_the_writer_of_a_third_party_conforms() -> None:
    import importlib

    from octavo.testing import check_writer

    writer = importlib.import_module("octavo_plain_text.writer").PlainTextWriter
    check_writer(writer, lambda data: data.decode().lower())


def test_many_briefs_go_side_by_side_and_a_bad_one_stops_none(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe\x00")
    program = [sys.executable, str(EXAMPLES / "many_briefs.py"), str(tmp_path / "out")]
    sources = [str(SEEDS / "us-china-dialogue.md"), str(tmp_path / "bad.md")]
    run = subprocess.run([*program, *sources], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert run.returncode == 1, run.stderr
    assert run.stdout.splitlines()[-1] == "2 briefs, 1 with errors"
    assert len(list((tmp_path / "out").iterdir())) == 3
