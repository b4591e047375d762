"""The same source gives the same bytes: on every run, whatever the hash seed, folder, time zone, locale and hour."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus import ROOT

FORMATS = "pdf,press,docx,epub"
TOUR = ROOT / "examples" / "feature-tour.md"
SHIFTED = (
    "import time, sys, runpy\n"
    "later = time.time() + 400 * 86400\n"
    "time.time = lambda: later\n"
    "sys.argv[0] = 'octavo'\n"
    "runpy.run_module('octavo.cli', run_name='__main__')\n"
)
"""Runs the command more than a year later."""


def _digests(folder: Path, *, cwd: Path, variables: dict[str, str], later: bool = False) -> dict[str, str]:
    """Export the tour in a process of its own; return the digest of each edition."""
    command = ["-c", SHIFTED] if later else ["-m", "octavo.cli"]
    arguments = [
        "export",
        "feature-tour.md",
        "--to",
        FORMATS,
        "--theme",
        "harbour.toml",
        "--out",
        str(folder),
    ]
    world = {
        key: value for key, value in os.environ.items() if key not in ("SOURCE_DATE_EPOCH", "LC_ALL", "TZ")
    }
    run = subprocess.run(
        [sys.executable, *command, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**world, **variables},
    )
    assert run.returncode == 0, run.stderr
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tour and all it shows."""
    folder = tmp_path_factory.mktemp("place") / "work"
    shutil.copytree(TOUR.parent, folder, ignore=shutil.ignore_patterns("plain_text_writer", "__pycache__"))
    return folder


@pytest.fixture(scope="module")
def first(place: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = _digests(tmp_path_factory.mktemp("first"), cwd=place, variables={"PYTHONHASHSEED": "0"})
    assert len(found) == 4
    return found


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Seoul", "LC_ALL": "de_DE.UTF-8"},
        {
            "PYTHONHASHSEED": "4711",
            "TZ": "America/Anchorage",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "HOME": "/nonexistent",
        },
    ],
)
def test_the_world_around_makes_no_difference(
    place: Path, first: dict[str, str], tmp_path: Path, variables: dict[str, str]
) -> None:
    assert _digests(tmp_path / "out", cwd=place, variables=variables) == first


def test_another_folder_and_another_year_make_no_difference(
    place: Path, first: dict[str, str], tmp_path: Path
) -> None:
    other = tmp_path / "a folder with spaces" / "ünd more"
    shutil.copytree(place, other)
    os.utime(other / "feature-tour.md", (1_000_000_000, 1_000_000_000))
    assert _digests(tmp_path / "out", cwd=other, later=True, variables={"PYTHONHASHSEED": "9"}) == first


def test_the_date_may_be_set_from_outside(place: Path, first: dict[str, str], tmp_path: Path) -> None:
    dated = _digests(tmp_path / "one", cwd=place, variables={"SOURCE_DATE_EPOCH": "1700000000"})
    assert all(dated[name] != first[name] for name in first)
