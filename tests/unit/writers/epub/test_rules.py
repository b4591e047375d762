"""The tables of rules are complete: a new node breaks this loudly."""

from __future__ import annotations

import re
from typing import get_args

from octavo.tree import Document
from octavo.tree.nodes import Block, Group, GroupRole, Inline, ListMarker
from octavo.writers.epub.blocks import BLOCK_RULES
from octavo.writers.epub.inlines import INLINE_RULES
from octavo.writers.epub.lists import TYPES
from tests.unit.writers.epub.features import paragraph, text
from tests.unit.writers.epub.making import book


def test_every_block_has_a_rule() -> None:
    assert set(BLOCK_RULES) == set(get_args(Block))


def test_every_inline_has_a_rule() -> None:
    assert set(INLINE_RULES) == set(get_args(Inline))


def test_every_list_marker_has_a_type() -> None:
    assert set(TYPES) == set(ListMarker)


def test_groups_of_one_name_are_told_apart_as_landmarks() -> None:
    notice = Group(role=GroupRole.NOTICE, content=(paragraph("Beware"),))
    case = Group(role=GroupRole.CASE, title=text("A case"), content=(paragraph("It happened"),))
    made = book(Document(content=(notice, case, notice, case, notice))).text()
    named = re.findall(r'<section class="(?:notice|case)"[^>]* (aria-label(?:ledby)?)="([^"]*)"', made)
    assert [kind for kind, _ in named] == ["aria-labelledby"] * 2 + ["aria-label"] * 3
    assert [name for _, name in named][2:] == ["Notice (2)", "A case (2)", "Notice (3)"]
