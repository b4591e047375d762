"""The tables of rules are complete: a new node breaks this loudly."""

from __future__ import annotations

from typing import get_args

from octavo.tree.nodes import Block, Inline, ListMarker
from octavo.writers.epub.blocks import BLOCK_RULES
from octavo.writers.epub.inlines import INLINE_RULES
from octavo.writers.epub.lists import TYPES


def test_every_block_has_a_rule() -> None:
    assert set(BLOCK_RULES) == set(get_args(Block))


def test_every_inline_has_a_rule() -> None:
    assert set(INLINE_RULES) == set(get_args(Inline))


def test_every_list_marker_has_a_type() -> None:
    assert set(TYPES) == set(ListMarker)
