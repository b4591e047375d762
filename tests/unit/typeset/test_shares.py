"""What workers set of a document is all of it but its beginning, each block and note once."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from benchmarks.text import book
from octavo.plugins import find_reader
from octavo.readers.protocol import Source
from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering
from octavo.tree import nodes
from octavo.tree.walk import walk
from octavo.typeset.setting import Place
from octavo.typeset.shares import BATCH, LEAST, Plan, Standing, contents, plan, standing


def blocks_of(words: int, *, rich: bool = True) -> list[Standing]:
    document = find_reader("markdown").read(Source(book(words, rich=rich).encode(), "book.md")).document
    resolved, _ = resolve(
        document,
        numbering=Numbering(section_depth=2),
        media={},
        declared=frozenset(),
        marks=frozenset(),
    )
    return list(standing(resolved.document.content, Place(left=0.0, width=300.0)))


def own(part: Plan) -> list[int]:
    return [
        block.key
        for blocks, _ in (*part.shares[: part.shared.start], *part.shares[part.shared.stop :])
        for block, _ in blocks
    ]


@pytest.mark.parametrize("processes", [2, 3, 5])
def test_parts_follow_one_another(processes: int) -> None:
    blocks = blocks_of(120_000)
    plans = plan(blocks, processes)
    assert len(plans) == processes - 1
    keys = [block.key for block, _ in blocks]
    later = [key for part in plans for key in own(part)]
    assert later == keys[-len(later) :]
    assert 0.3 / processes < 1 - len(later) / len(keys) < 1.7 / processes


def test_what_is_shared_stands_before_the_first_part() -> None:
    blocks = blocks_of(120_000)
    first, *others = plan(blocks, 3)
    shared = [block.key for number in first.shared for block, _ in first.shares[number][0]]
    keys = [block.key for block, _ in blocks]
    before = keys.index(own(first)[0])
    assert shared == keys[before - len(shared) : before]
    assert len(shared) > before / 4
    assert not any(part.shared for part in others)
    assert first.firsts == sorted(first.firsts)


@pytest.mark.parametrize("processes", [2, 4])
def test_every_note_is_set_by_one_worker(processes: int) -> None:
    blocks = blocks_of(120_000)
    there = {node.key for block, _ in blocks for node in walk(block) if isinstance(node, nodes.Footnote)}
    plans = plan(blocks, processes)
    counted = Counter(note.key for part in plans for _, notes in part.shares for note in notes)
    assert set(counted) == there
    assert set(counted.values()) == {1}


def test_rows_of_inlines_are_at_home_where_they_are_set() -> None:
    (part,) = plan(blocks_of(60_000), 2)
    homes = part.homes()
    noted = set(chain.from_iterable(contents(([], notes)) for _, notes in part.shares))
    for number, share in enumerate(part.shares):
        of_notes = bool(share[1])
        assert all(homes[key] == number for key in contents(share) if of_notes or key not in noted)


def test_a_short_document_is_not_parted() -> None:
    assert plan(blocks_of(2 * LEAST // 8), 4) == []
    assert BATCH < LEAST
