"""Python's search for garbage in circles, which a command does without wherever it can."""

from __future__ import annotations

import gc
from typing import Final

_NEW_OBJECTS: Final = 1_000_000
"""How many objects are made between two searches."""


def collect_seldom() -> None:
    """Let Python look for cycles of garbage seldom: documents hold none, and looking costs a tenth of an export."""
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


def collect_no_more() -> None:
    """Spare the search at the end of a process that is about to leave: all of its memory goes back at once."""
    gc.freeze()
