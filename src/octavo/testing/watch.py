"""Watch what code touches while it runs: files, network, other programs.

Python tells its audit hooks (PEP 578) of every file that is opened and of every socket; a hook cannot be taken away,
so there is one, which listens only while something is watched.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_FORBIDDEN: Final = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "urllib.",
    "shutil.",
)
_CHANGING: Final = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.truncate",
    "os.link",
    "os.symlink",
    "os.chmod",
)


class _Listener(threading.local):
    heard: list[str] | None = None


_LISTENER: Final = _Listener()
_INSTALLED: Final[list[bool]] = []


@contextmanager
def watched() -> Iterator[list[str]]:
    """Gather what is touched meanwhile, besides the files of installed packages, which any import reads."""
    if not _INSTALLED:
        _INSTALLED.append(True)
        sys.addaudithook(_hear)
    heard: list[str] = []
    _LISTENER.heard = heard
    try:
        yield heard
    finally:
        _LISTENER.heard = None


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    heard = _LISTENER.heard
    if heard is None:
        return
    if event == "open":
        said = _opened(*arguments[:3])
        if said:
            heard.append(said)
    elif event.startswith(_FORBIDDEN) or event in _CHANGING:
        heard.append(f"calls {event}({', '.join(map(repr, arguments))[:100]})")


def _opened(path: Any, mode: Any, flags: Any) -> str:
    if not isinstance(path, str | bytes):
        return ""
    name = os.fsdecode(path)
    writes = (isinstance(mode, str) and any(each in mode for each in "wax+")) or (
        isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    )
    if writes:
        # Python keeps what it compiles of a module that it imports.
        return "" if name.endswith(".pyc") or ".pyc." in name else f"writes the file {name}"
    return "" if _is_code(Path(name)) else f"reads the file {name}"


def _is_code(path: Path) -> bool:
    """Say whether a file belongs to Python, to an installed package, or to the code that is checked."""
    if path.suffix in (".py", ".pyc", ".so", ".pyd", ".zip") or "dist-info" in str(path):
        return True
    roots = {sys.prefix, sys.base_prefix, str(Path(__file__).parents[2])}
    return any(str(path).startswith(root) for root in roots)
