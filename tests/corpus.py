"""The documents that every edition is tried on."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
PATTERNS = ("seeds/*.md", "seeds/*.txt", "examples/**/*.md", "tests/cases/**/*.md")
FAULTY = "faulty"
"""A folder of this name below tests/cases holds sources with errors: no edition is made of them."""


def corpus() -> list[Path]:
    """Every document of the repository that must become a sound edition, in a stable order."""
    found = {path for pattern in PATTERNS for path in ROOT.glob(pattern)}
    return sorted(path for path in found if path.name != "README.md" and FAULTY not in path.parts)


def name_of(source: Path) -> str:
    """A short name of a document for a test's identifier: its path inside the repository."""
    return source.relative_to(ROOT).as_posix()
