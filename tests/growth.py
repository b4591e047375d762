"""Whether work grows as what it is done on does.

Told by the ratio of two sizes, each measured by the time of this process alone and at its best: no number of seconds
that a slower or busier machine would break. What grows with the square of its size takes sixteen times as long for
four times as much.
"""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Callable, Iterator

SITTINGS = 6
"""A busy machine may spoil one, never all of them: work that grows too fast does so in each."""
RESOLUTION = 0.02
"""Seconds that mean nothing beside each other."""


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep what other tests have left from being searched on this one's account."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _seconds(work: Callable[[int], object], size: int) -> float:
    with _undisturbed():
        began = time.process_time()
        work(size)
        return time.process_time() - began


def assert_in_proportion(work: Callable[[int], object], size: int) -> None:
    """Do work of a size and of four times that, until the larger takes less than eight times as long."""
    small = large = float("inf")
    for _ in range(SITTINGS):
        small, large = min(small, _seconds(work, size)), min(large, _seconds(work, 4 * size))
        if large < 8 * small + RESOLUTION:
            return
    raise AssertionError(f"{small:.3f} s, and {large:.3f} s for four times as much")
