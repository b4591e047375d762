"""The shipped themes as text, for a world in memory."""

from __future__ import annotations

from octavo.environment import DiskEnvironment


def themes() -> dict[str, str]:
    """Return every shipped theme by its name."""
    disk = DiskEnvironment()
    return {name: disk.read_theme(name, "")[1] for name in disk.themes()}
