"""Fonts of one's own: those in folders that a user names, and those that the system has.

Files are mapped, not read, until a face is used, so that a folder of hundreds costs some tens of milliseconds.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from octavo.diagnostics import Diagnostic, error, warning
from octavo.errors import ResourceError
from octavo.fonts.book import Face


def faces_below(folders: Iterable[Path], *, named: bool) -> tuple[tuple[Face, ...], tuple[Diagnostic, ...]]:
    """Return the faces of all font files in some folders and below, in the order of their paths, and what is said.

    With `named`, the user has named the folders: each must be there, and a file that cannot be used is told.

    Raises:
        ResourceError: a named folder is missing.
    """
    faces: list[Face] = []
    said: list[Diagnostic] = []
    for folder in folders:
        if not folder.is_dir():
            if named:
                raise ResourceError(
                    error(
                        "fonts-not-found",
                        f"there is no folder `{folder}` of fonts",
                        hint="--fonts names a folder that holds .ttf, .otf or .ttc files",
                    )
                )
            continue
        for path in _files(folder):
            found = _faces_of(path, str(folder))
            faces.extend(found)
            if named and not found:
                said.append(
                    warning(
                        "font-not-read",
                        f"the file `{path}` is no font that octavo can use",
                        hint="it takes TrueType and OpenType fonts with outlines, not WOFF, Type 1 or CFF2",
                    )
                )
    return tuple(faces), tuple(said)


def _files(folder: Path) -> list[Path]:
    from octavo.fonts.files import FONT_SUFFIXES

    return sorted(
        Path(root) / name
        for root, _, names in os.walk(folder)
        for name in names
        # A pipe of that name would keep whoever opens it waiting.
        if name.lower().endswith(FONT_SUFFIXES) and (Path(root) / name).is_file()
    )


def _faces_of(path: Path, origin: str) -> tuple[Face, ...]:
    import uharfbuzz

    from octavo.fonts.files import faces_in

    try:
        opened: Any = uharfbuzz.Blob.from_file_path(str(path))
        return faces_in(opened, _reader(path), origin)
    except (uharfbuzz.HarfBuzzError, OSError, ValueError):
        return ()


def _reader(path: Path) -> Callable[[], bytes]:
    return path.read_bytes


def system_folders() -> tuple[Path, ...]:
    """Return the folders in which this system keeps fonts, the user's own first."""
    home = Path.home()
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    if sys.platform == "win32":
        local, windows = os.environ.get("LOCALAPPDATA", ""), os.environ.get("WINDIR", r"C:\Windows")
        own = (Path(local) / "Microsoft/Windows/Fonts",) if local else ()
        return (*own, Path(windows) / "Fonts")
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return (data / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
