"""Copies of this process that work beside it, where the system can make them.

A copy knows all that this process knew when it was made, so that nothing has to be handed over; its answer comes back
as bytes. Copies are made only where that is safe: on Linux, and while this process has no threads, which a copy would
not have.
"""

from __future__ import annotations

import contextlib
import gc
import mmap
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from octavo.workers import Board, Stream, Task

_MOST: Final = 7
"""More copies than this would wait for memory rather than compute."""
_LENGTH: Final = 8
"""The bytes in which the length of a piece is told, and a number on the board."""


class ForkedWorkers:
    """See `Workers`."""

    def __init__(self, count: int) -> None:
        self.count = min(count, _MOST) if can_fork() else 0

    def begin(self, task: Task) -> Stream | None:
        """Let a copy of this process do a task that answers piece by piece; None where there can be none now."""
        if not self.count or not can_fork():
            return None
        # Pieces lie in memory that both share, for a pipe holds few, and the copy would wait for them to be taken.
        try:
            memory = os.memfd_create("octavo")
        except OSError:
            return None
        here, there = _boards()
        copied = _copied(partial(_answer, partial(task, there), memory))
        if copied is None:
            os.close(memory)
            return None
        return _ForkedStream(*copied, memory, here)


class StandBy:
    """One worker begun before it is known what it is to do: a copy of this process that loads what its task will need.
    The task comes to it pickled, and there is one only. See `Workers`."""

    def __init__(self, load: Callable[[], None]) -> None:
        takes, self._orders = os.pipe()
        self._stream = ForkedWorkers(1).begin(partial(_ordered, takes, self._orders, load))
        os.close(takes)
        if self._stream is None:
            os.close(self._orders)

    @property
    def count(self) -> int:
        """See `Workers`."""
        return int(self._stream is not None)

    def begin(self, task: Task) -> Stream | None:
        """Hand the task over; None where there was one before, or the copy has died."""
        stream, self._stream = self._stream, None
        if stream is None:
            return None
        try:
            with os.fdopen(self._orders, "wb") as pipe:
                pickle.dump(task, pipe, pickle.HIGHEST_PROTOCOL)
        except OSError:
            stream.abandon()
            return None
        return stream

    def abandon(self) -> None:
        """Let the copy go where it got no task."""
        stream, self._stream = self._stream, None
        if stream is not None:
            os.close(self._orders)
            stream.abandon()


def _ordered(takes: int, orders: int, load: Callable[[], None], board: Board) -> Iterable[bytes]:
    """Load what is needed, wait for the task, and do it, in the copy."""
    os.close(orders)
    load()
    with os.fdopen(takes, "rb") as pipe:
        order = pipe.read()
    if not order:
        os._exit(0)
    task: Task = pickle.loads(order)
    return task(board)


def spare_cores() -> int:
    """Return how many cores this process may use beside the one it runs on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) - 1
    return (os.cpu_count() or 1) - 1


def can_fork() -> bool:
    """Say whether a copy of this process would be sound. On macOS its system libraries would not be."""
    return sys.platform == "linux" and threading.active_count() == 1


def _copied(do: Callable[[int], None]) -> tuple[int, int] | None:
    """Make a copy that does something and writes to a pipe; return its number and the pipe's other end."""
    reads, writes = os.pipe()
    # Who interrupts the command means this process, which stops its copies; one that were interrupted by itself
    # would go on in its place.
    waiting = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        copy = os.fork()
        if not copy:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            _work(do, reads, writes)
    except OSError:
        os.close(reads)
        os.close(writes)
        return None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
    os.close(writes)
    return copy, reads


def _work(do: Callable[[int], None], reads: int, writes: int) -> None:
    """Do a task in the copy, and end it: nothing of what the first process does at its end is done twice."""
    status = 1
    try:
        os.close(reads)
        gc.disable()
        do(writes)
        status = 0
    finally:
        os._exit(status)


def _answer(task: Callable[[], Iterable[bytes]], memory: int, writes: int) -> None:
    """Put pieces into memory one behind the other, and tell how long each is."""
    with os.fdopen(memory, "wb") as shared:
        for piece in task():
            shared.write(piece)
            shared.flush()
            os.write(writes, len(piece).to_bytes(_LENGTH))


class _Board:
    """See `Board`: two numbers in memory that a process shares with its copy."""

    def __init__(self, numbers: memoryview, own: int) -> None:
        self._numbers = numbers
        self._own = own

    def tell(self, number: int) -> None:
        """See `Board`."""
        self._numbers[self._own] = number

    def heard(self) -> int:
        """See `Board`."""
        return int(self._numbers[1 - self._own])


def _boards() -> tuple[_Board, _Board]:
    """Return the two sides of a board."""
    numbers = memoryview(mmap.mmap(-1, 2 * _LENGTH)).cast("q")
    return _Board(numbers, 0), _Board(numbers, 1)


class _ForkedStream:
    """What a copy of this process answers, told by a pipe and lying in shared memory."""

    def __init__(self, copy: int, reads: int, memory: int, board: _Board) -> None:
        self._copy = copy
        self._reads = reads
        self._memory = memory
        self._taken = 0
        self.tell = board.tell
        self.heard = board.heard

    def ready(self) -> bool:
        """Say whether a piece is there, or the copy has ended."""
        return self._reads < 0 or bool(select.select([self._reads], [], [], 0)[0])

    def take(self) -> bytes | None:
        """Wait for the next piece; None behind the last one, or where the copy failed."""
        if self._reads < 0:
            return None
        told = os.read(self._reads, _LENGTH)
        if len(told) < _LENGTH:
            self.abandon()
            return None
        length = int.from_bytes(told)
        piece = os.pread(self._memory, length, self._taken)
        self._taken += length
        return piece

    def abandon(self) -> None:
        """Stop the copy where not all its pieces were taken."""
        if not self._copy:
            return
        os.close(self._memory)
        os.close(self._reads)
        copy, self._copy, self._reads = self._copy, 0, -1
        with contextlib.suppress(OSError):
            os.kill(copy, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(copy, 0)
