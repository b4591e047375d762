"""The command as a process of its own: it leaves as soon as all is said."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import NoReturn

from octavo.cli.commands import main


def run() -> NoReturn:
    """Run the command and end the process with its status.

    Python would first take apart, one by one, all objects that a long document has left; the system takes back the
    memory at once. What is printed has been written by then, and no file is open.
    """
    status: object = 0
    try:
        main()
    except SystemExit as leaving:
        status = leaving.code
    if isinstance(status, str):
        print(status, file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))
