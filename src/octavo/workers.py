"""Help with long work: what a stage may ask of whoever can do several things at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeAlias


class Board(Protocol):
    """A number that each of two who work beside each other tells the other, nought at first: how far it has come."""

    def tell(self, number: int) -> None:
        """Let the other one see a number, in the place of the one before."""
        ...

    def heard(self) -> int:
        """Return the number that the other one has told last."""
        ...


class Stream(Board, Protocol):
    """A task that someone else is at, and that answers piece by piece."""

    def ready(self) -> bool:
        """Say whether `take` need not wait."""
        ...

    def take(self) -> bytes | None:
        """Wait for the next piece; None behind the last one, or where the task failed."""
        ...

    def abandon(self) -> None:
        """Stop the task where not all its pieces were taken."""
        ...


Task: TypeAlias = Callable[[Board], Iterable[bytes]]
"""What a worker does: it answers piece by piece, and may see and tell by the board how far both have come."""


class Workers(Protocol):
    """Those who may work beside this process, knowing all that it knows when a task is handed to them."""

    @property
    def count(self) -> int:
        """How many tasks they do at a time."""
        ...

    def begin(self, task: Task) -> Stream | None:
        """Hand a task over; None where nobody can take it."""
        ...


class NoWorkers:
    """Nobody: all is done here."""

    count = 0

    def begin(self, task: Task) -> Stream | None:  # noqa: ARG002
        """Take no task."""
        return None


NOBODY: Final[Workers] = NoWorkers()
