"""How deep the stages can go; by itself, because the command's help names it and needs nothing else."""

from __future__ import annotations

from typing import Final

DEEPEST: Final = 100
"""Blocks within blocks; a list counts for two, itself and its item. The stages go down trees by recursion, and are
made for no more."""
DEEPEST_MARKS: Final = 40
"""Emphasis, links and spans within one another, for the same reason."""
