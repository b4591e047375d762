"""The group of commands, which says so where what it has to say cannot be written: to a full disk, for example."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import Any

import click

_INTERRUPTED = 130
"""The exit status of a command that a user stops, as shells have it: 128 and the number of the signal."""


class Commands(click.Group):
    """A group whose report may fail as an edition may: with a message and the exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; who interrupts it is told what stands."""
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # see `octavo.cli.entry`
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            from octavo.diagnostics import error

            said = error(
                "command-stopped",
                "the command was stopped: finished editions are whole, the others as they were",
            )
            click.echo(str(said), err=True)
            sys.stdout.flush()
            # Whoever still works at a source is not waited for: the processes of a pool leave with this one.
            os._exit(_INTERRUPTED)

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command."""
        # As in what goes to the error stream: a terminal or a file of few characters loses none of what is said.
        if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
            sys.stdout.reconfigure(errors="backslashreplace")
        try:
            try:
                sys.exit(self._status(*arguments, **options))
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

    def _status(self, *arguments: Any, **options: Any) -> int:
        """Run a command and return its exit status; wrong usage is told as all else is."""
        try:
            status = super().main(*arguments, **{**options, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as fault:
            fault.show()
            return fault.exit_code
        except click.ClickException as fault:
            _tell(fault)
            return fault.exit_code
        except click.Abort:
            # Interrupted before a command began.
            return _INTERRUPTED
        return status if isinstance(status, int) else 0


def _tell(fault: click.ClickException) -> None:
    """Say what is wrong with the usage, and what was meant or where it is told."""
    from octavo.diagnostics import error

    context = getattr(fault, "ctx", None)
    near = getattr(fault, "possibilities", None)
    path = context.command_path if context is not None else "octavo"
    hint = f"did you mean `{near[0]}`?" if near else f"see {path} --help"
    message = fault.message if near else fault.format_message()
    message = message.rstrip(".").replace("'", "`")
    click.echo(str(error("wrong-usage", message[:1].lower() + message[1:], hint=hint)), err=True)


def _close_output() -> None:
    """Let Python not try again at its end what has failed."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
