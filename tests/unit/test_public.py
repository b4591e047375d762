"""The public face: what `import octavo` gives, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import octavo

HEAVY = (
    "msgspec",
    "reportlab",
    "docx",
    "ebooklib",
    "lxml",
    "PIL",
    "uharfbuzz",
    "pyphen",
    "pygments",
    "markdown_it",
    "ruamel",
)


def test_public_names_are_pinned() -> None:
    expected = [
        "Author",
        "Diagnostic",
        "Document",
        "Edition",
        "Metadata",
        "OctavoError",
        "Output",
        "Position",
        "Severity",
        "export",
        "export_many",
        "parse",
        "read",
        "render",
    ]
    assert expected == octavo.__all__
    assert all(hasattr(octavo, name) for name in expected)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(octavo, "nonsense")
    assert set(octavo.__all__) <= set(dir(octavo))


@pytest.mark.parametrize(
    "command",
    [["-c", "import octavo"], ["-m", "octavo.cli", "--help"], ["-m", "octavo.cli", "export", "--help"]],
    ids=["import", "help", "export help"],
)
def test_start_loads_nothing_heavy(command: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=True
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert "octavo" in loaded
    assert not loaded.intersection(HEAVY)
