"""Copies of this process that work beside it, where the system can make them.

A copy knows all that this process knew when it was made, so that nothing has to be handed over; its answer comes back
as bytes. Copies are made only where that is safe: on Linux, and while this process has no threads, which a copy would
not have.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from octavo.workers import Work

_MOST: Final = 7
"""More copies than this would wait for memory rather than compute."""


class ForkedWorkers:
    """See `Workers`."""

    def __init__(self, count: int) -> None:
        self.count = min(count, _MOST) if can_fork() else 0

    def start(self, task: Callable[[], bytes]) -> Work | None:
        """Let a copy of this process do a task; None where there can be none now."""
        if not self.count or not can_fork():
            return None
        reads, writes = os.pipe()
        # Who interrupts the command means this process, which stops its copies; one that were interrupted by itself
        # would go on in its place.
        waiting = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            copy = os.fork()
            if not copy:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                _work(task, reads, writes)
        except OSError:
            os.close(reads)
            os.close(writes)
            return None
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
        os.close(writes)
        return _ForkedWork(copy, reads)


class StandBy:
    """One worker begun before it is known what it is to do: a copy of this process that loads what its task will need.
    The task comes to it pickled, and there is one only. See `Workers`."""

    def __init__(self, load: Callable[[], None]) -> None:
        takes, self._orders = os.pipe()
        self._work = ForkedWorkers(1).start(partial(_ordered, takes, self._orders, load))
        os.close(takes)
        if self._work is None:
            os.close(self._orders)

    @property
    def count(self) -> int:
        """See `Workers`."""
        return int(self._work is not None)

    def start(self, task: Callable[[], bytes]) -> Work | None:
        """Hand the task over; None where there was one before, or the copy has died."""
        work, self._work = self._work, None
        if work is None:
            return None
        try:
            with os.fdopen(self._orders, "wb") as pipe:
                pickle.dump(task, pipe, pickle.HIGHEST_PROTOCOL)
        except OSError:
            work.abandon()
            return None
        return work

    def abandon(self) -> None:
        """Let the copy go where it got no task."""
        work, self._work = self._work, None
        if work is not None:
            os.close(self._orders)
            work.abandon()


def _ordered(takes: int, orders: int, load: Callable[[], None]) -> bytes:
    """Load what is needed, wait for the task, and do it, in the copy."""
    os.close(orders)
    load()
    with os.fdopen(takes, "rb") as pipe:
        order = pipe.read()
    if not order:
        os._exit(0)
    task: Callable[[], bytes] = pickle.loads(order)
    return task()


def spare_cores() -> int:
    """Return how many cores this process may use beside the one it runs on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) - 1
    return (os.cpu_count() or 1) - 1


def can_fork() -> bool:
    """Say whether a copy of this process would be sound. On macOS its system libraries would not be."""
    return sys.platform == "linux" and threading.active_count() == 1


def _work(task: Callable[[], bytes], reads: int, writes: int) -> None:
    """Do a task in the copy, and end it: nothing of what the first process does at its end is done twice."""
    status = 1
    try:
        os.close(reads)
        gc.disable()
        answer = task()
        with os.fdopen(writes, "wb") as pipe:
            pipe.write(answer)
        status = 0
    finally:
        os._exit(status)


class _ForkedWork:
    def __init__(self, copy: int, reads: int) -> None:
        self._copy = copy
        self._reads = reads

    def ready(self) -> bool:
        """Say whether the copy has begun to answer, or has died."""
        return bool(select.select([self._reads], [], [], 0)[0])

    def answer(self) -> bytes | None:
        """Wait for the answer; None where the copy failed."""
        reads, self._reads = self._reads, -1
        with os.fdopen(reads, "rb") as pipe:
            answer = pipe.read()
        copy, self._copy = self._copy, 0
        _, status = os.waitpid(copy, 0)
        return answer if status == 0 else None

    def abandon(self) -> None:
        """Stop a copy whose answer was not asked for, or not waited for to the end."""
        if not self._copy:
            return
        if self._reads >= 0:
            os.close(self._reads)
            self._reads = -1
        copy, self._copy = self._copy, 0
        with contextlib.suppress(OSError):
            os.kill(copy, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(copy, 0)
