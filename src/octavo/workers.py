"""Help with long work: what a stage may ask of whoever can do several things at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol


class Work(Protocol):
    """A task that someone else is at. Its answer is asked for once, or it is abandoned."""

    def ready(self) -> bool:
        """Say whether the answer need not be waited for."""
        ...

    def answer(self) -> bytes | None:
        """Wait for the answer; None where the task failed."""
        ...

    def abandon(self) -> None:
        """Stop the task where its answer was not asked for."""
        ...


class Stream(Protocol):
    """A task that someone else is at, and that answers piece by piece."""

    def take(self) -> bytes | None:
        """Wait for the next piece; None behind the last one, or where the task failed."""
        ...

    def abandon(self) -> None:
        """Stop the task where not all its pieces were taken."""
        ...


class Workers(Protocol):
    """Those who may work beside this process, knowing all that it knows when a task is handed to them."""

    @property
    def count(self) -> int:
        """How many tasks they do at a time."""
        ...

    def start(self, task: Callable[[], bytes]) -> Work | None:
        """Hand a task over; None where nobody can take it."""
        ...

    def begin(self, task: Callable[[], Iterable[bytes]]) -> Stream | None:
        """Hand over a task that answers piece by piece; None where nobody can take it."""
        ...


class NoWorkers:
    """Nobody: all is done here."""

    count = 0

    def start(self, task: Callable[[], bytes]) -> Work | None:  # noqa: ARG002
        """Take no task."""
        return None

    def begin(self, task: Callable[[], Iterable[bytes]]) -> Stream | None:  # noqa: ARG002
        """Take no task."""
        return None


NOBODY: Final[Workers] = NoWorkers()
