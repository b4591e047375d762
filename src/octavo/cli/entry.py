"""The command as a process of its own: it leaves as soon as all is said."""

from __future__ import annotations

import os
import signal
import sys

# Whatever else is needed is loaded in `run`, once an interruption ends the process without a traceback.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, NoReturn

_STOPPED: Final = 130


def run() -> NoReturn:
    """Run the command and end the process with its status.

    Python would first take apart, one by one, all objects that a long document has left; the system takes back the
    memory at once. What is printed has been written by then, and no file is open.
    """
    status: object = 0
    # Nothing can be said yet to who interrupts it; the commands themselves take this back, and say how far they came.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from octavo.cli.garbage import collect_seldom

    # What is loaded stays, too.
    collect_seldom()
    import contextlib

    from octavo.forks import StandBy, spare_cores

    # While this process loads what it needs to understand its arguments, a copy loads what it needs to read a source.
    reader = StandBy(_load_reader) if _exports(sys.argv[1:]) and spare_cores() else None
    try:
        from octavo.cli.commands import main

        main(obj=reader)
    except KeyboardInterrupt:
        status = _STOPPED
    except SystemExit as leaving:
        status = leaving.code
    finally:
        if reader is not None:
            reader.abandon()
    if isinstance(status, str):
        print(status, file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))


def _exports(arguments: list[str]) -> bool:
    """Say whether a source is to be exported, as far as that can be told at a glance."""
    return arguments[:1] == ["export"] and len(arguments) > 1 and not {"-h", "--help"} & set(arguments)


def _load_reader() -> None:
    """Load what reads most sources. A fault is told when the source is read."""
    import contextlib

    with contextlib.suppress(Exception):
        import octavo.api  # noqa: F401
        from octavo.plugins import reader_for

        reader_for(".md")
