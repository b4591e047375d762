"""Finding and calling the programs behind the validators: the same functions as `octavo check` uses."""

from __future__ import annotations

from octavo.validators.programs import (
    ToolFailed,
    ToolMissing,
    command,
    npm_file,
    package_file,
    run,
    run_java,
    tools_folder,
)

__all__ = [
    "ToolFailed",
    "ToolMissing",
    "command",
    "npm_file",
    "package_file",
    "run",
    "run_java",
    "tools_folder",
]
