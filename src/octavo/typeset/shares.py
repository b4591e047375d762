"""What of a long document is set by whom: shares of work for workers, each in the order in which it does them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

import msgspec

from octavo.tree import nodes
from octavo.tree.walk import CONTENT_FIELDS, walk
from octavo.typeset.setting import Place

LEAST: Final = 120_000
"""Characters of a part that is worth a worker."""
BATCH: Final = 15_000
"""Characters whose answers are handed over together."""
_SMALL: Final = 5_000
"""The same where somebody may wait for them: what is shared, and notes."""
_HANDING: Final = 0.04
"""What handing answers over takes, as a share of setting their lines."""
_PAGING: Final = 0.1
"""What making pages takes, as such a share."""
_SHARED: Final = 0.12
"""How much more of the text than its share this process begins with: who is done with its part first helps with it."""
_TEXTS: Final = (nodes.Text, nodes.Code, nodes.CodeBlock)
_NODE: Final = 20
T = TypeVar("T")

Standing: TypeAlias = tuple[nodes.Block, Place]
"""A block that is no section, and where it stands."""
Share: TypeAlias = tuple[Sequence[Standing], Sequence[nodes.Footnote]]
"""What a worker sets at a time: blocks and notes."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The shares of one worker, in the order in which it does them.

    Those in the range `shared` stand before its part, in the order of the document: it comes to the last of them first,
    and to others as long as whoever sets what stands before them has not come to them. `homes` tells in which share
    each row of inlines is, by its identity.
    """

    shares: Sequence[Share]
    shared: range
    homes: Mapping[int, int]

    @property
    def firsts(self) -> list[tuple[int, int]]:
        """The key of each share's first block and the share's number, in the order of the document."""
        return sorted((blocks[0][0].key, number) for number, (blocks, _) in enumerate(self.shares) if blocks)


def plan(blocks: Sequence[Standing], processes: int) -> list[Plan]:
    """Part a document among some processes, and return what workers do, none where a document is too short.

    The first part is that of this process. The notes of a part are set by its worker too, behind its blocks, and those
    of the first part by the last worker.
    """
    sizes = [_size(block) for block, _ in blocks]
    count = min(processes, sum(map(sum, sizes)) // LEAST)
    if count < 2:
        return []
    first, *others = _parted(blocks, sizes, count)
    plans = []
    for at, part in enumerate(others, 1):
        notes = [*_notes(part if at < len(others) else [*first, *part])]
        plans.append(_planned(part, notes, _later_half(first) if at == 1 else ()))
    return plans


def _planned(part: Sequence[Standing], notes: Sequence[nodes.Footnote], before: Sequence[Standing]) -> Plan:
    """Return the plan of a worker with a part, notes, and blocks that are shared.

    Most notes come last: they are asked for when pages are made, and that takes its time, too. Not so the first ones.
    """
    noted = [*_batches(notes, lambda note: sum(_size(note)), _SMALL)]
    while_paging = _PAGING * sum(_size(block)[0] for block, _ in part)
    early, left = 0, sum(sum(_size(note)) for note in notes)
    while early < len(noted) and (not early or left > while_paging):
        left -= sum(sum(_size(note)) for note in noted[early])
        early += 1
    own: list[Share] = [(batch, ()) for batch in _batches(part, _length, BATCH)]
    own += [((), batch) for batch in noted[:early]]
    shared: list[Share] = [(batch, ()) for batch in _batches(before, _length, _SMALL)]
    shares = [*own, *shared, *(((), batch) for batch in noted[early:])]
    # What stands in a note is at home there, and not with the block that it belongs to.
    homes = {key: number for number, (there, _) in enumerate(shares) for key in _contents(there)}
    homes.update(
        (key, number) for number, (_, there) in enumerate(shares) for key in _contents_of_notes(there)
    )
    return Plan(shares=shares, shared=range(len(own), len(own) + len(shared)), homes=homes)


def standing(blocks: Sequence[nodes.Block], place: Place) -> Iterator[Standing]:
    """Yield the blocks that stand in sections, each with its place."""
    for block in blocks:
        if isinstance(block, nodes.Section):
            yield from standing(block.content, place.speaking(block.language))
        else:
            yield block, place


def _size(block: nodes.Block | nodes.Footnote) -> tuple[int, int]:
    """Return how many characters a block has, or so, and how many its notes; each node is a little work, too."""
    whole, noted = 0, 0
    for node in walk(block):
        whole += len(node.text) if isinstance(node, _TEXTS) else _NODE
        if isinstance(node, nodes.Footnote):
            noted += sum(len(each.text) if isinstance(each, _TEXTS) else _NODE for each in walk(node))
    return whole - noted, noted


def _length(standing_there: Standing) -> int:
    return _size(standing_there[0])[0]


def _later_half(part: Sequence[Standing]) -> Sequence[Standing]:
    """Return the blocks of a part behind the middle of its text."""
    lengths = [*map(_length, part)]
    passed, middle = 0, sum(lengths) / 2
    for at, length in enumerate(lengths):
        if passed >= middle:
            return part[at:]
        passed += length
    return ()


def _parted(blocks: Sequence[Standing], sizes: Sequence[tuple[int, int]], count: int) -> list[list[Standing]]:
    """Return parts in order. The first is larger, for answers take time to hand over, and somebody helps with it; but
    who sets it makes the pages, too, while the notes are still being set."""
    parts: list[list[Standing]] = [[] for _ in range(count)]
    texts, notes = (sum(each) for each in zip(*sizes, strict=True))
    begun = max((1 + _HANDING) * texts, (1 + _HANDING - _PAGING) * texts + notes) / count
    begun = min(begun + _SHARED * texts / (count - 1), texts)
    following = max((texts - begun) / (count - 1), 1.0)
    before = 0
    for block, (size, _) in zip(blocks, sizes, strict=True):
        at = 0 if before < begun else 1 + int((before - begun) / following)
        parts[min(at, count - 1)].append(block)
        before += size
    return [part for part in parts if part]


def _batches(things: Iterable[T], size: Callable[[T], int], least: int) -> Iterator[list[T]]:
    """Yield things in their order, so many together as have the least size."""
    batch: list[T] = []
    length = 0
    for thing in things:
        batch.append(thing)
        length += size(thing)
        if length >= least:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _notes(part: Sequence[Standing]) -> Iterator[nodes.Footnote]:
    for block, _ in part:
        yield from (node for node in walk(block) if isinstance(node, nodes.Footnote))


def _contents(part: Sequence[Standing]) -> Iterator[int]:
    """Yield the identities of all rows of inlines in a part."""
    for block, _ in part:
        yield from _contents_of(block)


def _contents_of_notes(notes: Iterable[nodes.Footnote]) -> Iterator[int]:
    for note in notes:
        yield from _contents_of(note)


def _contents_of(within: nodes.Block | nodes.Inline) -> Iterator[int]:
    yield from _tuples(within)
    for node in walk(within):
        if not isinstance(node, _TEXTS):
            yield from _tuples(node)


def _tuples(node: msgspec.Struct) -> Iterator[int]:
    for name in CONTENT_FIELDS[type(node)]:
        value = getattr(node, name)
        if value and isinstance(value, tuple):
            yield id(value)
