"""Every command of octavo's that README.md and the pages in docs show runs as it stands, on files of those names."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from PIL import Image

import octavo
from octavo.cli.commands import main
from tests.corpus import ROOT

PAGES: Final = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BRIEF: Final = """---
title: Ports under rivalry
author: A. Author
language: en-GB
date: 2026-11-24
description: What the new rules for ports ask of member states.
---

# What is asked

The rules say who may own a [terminal](https://example.org/rules).
"""
HOUSE: Final = 'name = "House"\nextends = "policy"\n\n[style.title]\nsize = "28pt"\nleading = "32pt"\n'
PROFILE: Final = ROOT / "src/octavo/writers/pdf/press/data/coated.icc"
SPARED: Final = {
    "octavo themes specimen": "it prints in all editions and photographs them; tests/unit/test_specimen.py runs it",
    "octavo themes parity": "it makes and reads all editions of a theme; tests/unit/checks/test_parity.py runs it",
    "octavo check brief.epub": "it asks the validators; tests/external runs them",
    "octavo check editions/brief.pdf": "it asks the validators; tests/external/test_checking_page.py runs it",
}
STANDS_FOR: Final = {
    "FILE...": "brief.md",
    "SOURCE...": "brief.md",
    "FOLDER": "fonts",
    "*.md": "brief.md other.md",
    "seeds/us-china-dialogue.md": shlex.quote(str(ROOT / "seeds" / "us-china-dialogue.md")),
}
"""What a reader puts there, or the shell."""


def _shown(text: str) -> Iterator[str]:
    """Yield the commands of a page: lines of its blocks for the shell, and what stands in backquotes."""
    for block in re.findall(r"```(?:console|sh)\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            for piece in line.removeprefix("$ ").split(" && "):
                if piece.startswith("octavo "):
                    yield re.sub(r"\s+#.*", "", piece)
    for piece in re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        for part in " ".join(piece.split()).split(" && "):
            if part.startswith("octavo "):
                yield part.partition(" > ")[0]


COMMANDS: Final = sorted(
    {(page.name, command) for page in PAGES for command in _shown(page.read_text("utf-8"))}
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the pages speak of."""
    monkeypatch.chdir(tmp_path)
    for name in ("brief.md", "other.md"):
        Path(name).write_text(BRIEF, encoding="utf-8")
    Path("page.txt").write_text(
        "Key points\n\nSome words of a page.\n\n1. First\n\nMore words.\n", encoding="utf-8"
    )
    for name in ("house.toml", "harbour.toml"):
        Path(name).write_text(HOUSE, encoding="utf-8")
    Path("fonts").mkdir()
    Path("PSOcoated_v3.icc").write_bytes(PROFILE.read_bytes())
    octavo.export("brief.md", ".", formats=("docx", "epub"))
    Path("brief.docx").rename("edited.docx")
    Image.new("RGB", (900, 600), "teal").save("terminal.png")
    return tmp_path


def test_commands_are_found() -> None:
    assert len(COMMANDS) > 20
    assert all(any(command.startswith(each) for _, command in COMMANDS) for each in SPARED)


@pytest.mark.parametrize(
    ("page", "command"),
    [each for each in COMMANDS if not each[1].startswith(tuple(SPARED))],
    ids=lambda each: each if each.startswith("octavo ") else "",
)
def test_a_command_runs_as_it_is_shown(folder: Path, page: str, command: str) -> None:
    for shown, meant in STANDS_FOR.items():
        command = command.replace(shown, meant)
    run = CliRunner().invoke(main, shlex.split(command)[1:])
    assert run.exit_code == 0, f"{page}, in {folder}: {command}\n{run.output}"
    assert run.output.strip()
