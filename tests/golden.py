"""Accepted text dumps: the comparison behind the `golden` fixture."""

from __future__ import annotations

import difflib
from pathlib import Path

CASES = Path(__file__).parent / "cases"


def compare(path: Path, text: str, *, accept: bool, base: Path = CASES) -> None:
    """Compare a dump to the accepted one, or make it the accepted one.

    Args:
        path: the file of the accepted dump; a relative path starts at `base`.
        text: the dump as it is now.
        accept: write the file instead of comparing.
        base: the folder that must hold the file.

    Raises:
        AssertionError: the dump differs from the accepted one, or there is none; the message is meant to be read.
        ValueError: the file would lie outside `base`.
    """
    place = (base / path).resolve()
    if not place.is_relative_to(base.resolve()):
        raise ValueError(f"{path} lies outside {base}: accepted dumps live there only")
    text = text if text.endswith("\n") else text + "\n"
    known = place.read_bytes().decode("utf-8") if place.is_file() else None
    if known == text:
        return
    if accept:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8"))
        return
    cure = "read this, then accept it with `pytest --accept` if it is right"
    if known is None:
        raise AssertionError(f"no accepted dump at {place}; {cure}:\n{text}")
    changes = difflib.unified_diff(known.splitlines(), text.splitlines(), "accepted", "now", lineterm="")
    raise AssertionError(f"{place} differs; {cure}:\n" + "\n".join(changes))
