"""The group of commands, which says so where what it has to say cannot be written: to a full disk, for example."""

from __future__ import annotations

import os
import sys
from typing import Any

import click


class Commands(click.Group):
    """A group whose report may fail as an edition may: with a message and the exit status 1."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command."""
        try:
            try:
                return super().main(*arguments, **options)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except OSError as fault:
            _close_output()
            reason = (fault.strerror or str(fault)).lower()
            from octavo.diagnostics import error

            said = error("report-not-written", f"cannot write the report: {reason}")
            click.echo(str(said), err=True)
            sys.exit(1)


def _close_output() -> None:
    """Let Python not try again at its end what has failed."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
