"""How large and how deep what octavo reads may be; the environment carries it to the stages."""

from __future__ import annotations

import msgspec

from octavo.nesting import DEEPEST, DEEPEST_MARKS


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How large and how deep what is read may be. Whoever takes sources from strangers may set them lower.

    Raises:
        TypeError: a limit is no number.
        ValueError: a limit is none that can be set.
    """

    file: int = 500_000_000
    """Bytes of a file that is read whole: a source, a theme or an image."""
    pixels: int = 150_000_000
    """Pixels of an image once it is unpacked; Pillow itself refuses more than 178 million."""
    depth: int = DEEPEST
    """Blocks within blocks; a list counts for two, itself and its item. At most `DEEPEST`."""

    marks: int = DEEPEST_MARKS
    """Emphasis, links and spans within one another. At most `DEEPEST_MARKS`."""

    def __post_init__(self) -> None:
        for name in ("file", "pixels", "depth", "marks"):
            given: object = getattr(self, name)
            if not isinstance(given, int):
                raise TypeError(f"Limits.{name} must be a whole number, not {type(given).__name__}")
            if given < 0 and name in ("file", "pixels"):
                raise ValueError(f"Limits.{name} cannot be {given}: it is a number from 0")
        if not 1 <= self.depth <= DEEPEST:
            raise ValueError(f"blocks may nest from 1 to {DEEPEST} deep, not {self.depth}")
        if not 1 <= self.marks <= DEEPEST_MARKS:
            raise ValueError(f"marks may nest from 1 to {DEEPEST_MARKS} deep, not {self.marks}")
