"""The processes in which the command exports many sources side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from octavo.cli.garbage import collect_seldom


def _begin() -> None:
    """Prepare a process of a pool; it leaves with the command, even where that was killed and could say nothing."""
    import multiprocessing
    import threading

    collect_seldom()
    parent = multiprocessing.parent_process()

    def leave_together() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=leave_together, daemon=True).start()


class Processes(Executor):
    """Processes side by side; where one has died, for want of memory for example, others take their place."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool = self._begun()

    def _begun(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, initializer=_begin)

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand over a piece of work."""
        try:
            return self._pool.submit(work, *args, **kwargs)
        except BrokenExecutor:
            self._pool.shutdown(wait=False)
            self._pool = self._begun()
            return self._pool.submit(work, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def pool(count: int) -> Iterator[Executor]:
    """Give a pool of processes; where the command is stopped, what they work at is not waited for."""
    processes = Processes(count)
    try:
        yield processes
    except BaseException:
        processes.shutdown(wait=False, cancel_futures=True)
        raise
    processes.shutdown()
