"""The command line: arguments in, diagnostics and progress out. The only package that prints.

Exit status: 0 done; 1 errors in the source or in an edition; 2 wrong usage.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from octavo.cli.commands import main

__all__ = ["main"]


def __getattr__(name: str) -> object:
    """Load the commands when they are asked for: a process that is to run one begins a reader first."""
    if name != "main":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from octavo.cli.commands import main

    return main
