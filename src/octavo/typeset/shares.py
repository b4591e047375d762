"""What of a long document is set by whom: shares of work for workers, each in the order in which it does them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
_GATHERING: Final = 0.2
"""What gathering all lines and making pages takes, while whoever is done with lines has time for notes."""
_SHARED: Final = 0.12
"""How much more of the text than its share this process begins with: who is done with its part first helps with it."""
_TEXTS: Final = frozenset({nodes.Text, nodes.Code, nodes.CodeBlock})
_NODE: Final = 20
T = TypeVar("T", "_Measured", "_MeasuredNote")

Standing: TypeAlias = tuple[nodes.Block, Place]
"""A block that is no section, and where it stands."""
Share: TypeAlias = tuple[Sequence[Standing], Sequence[nodes.Footnote]]
"""What a worker sets at a time: blocks and notes."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The shares of one worker, in the order in which it does them.

    Those in the range `shared` stand before its part, in the order of the document: it comes to the last of them first,
    and to others as long as whoever sets what stands before them has not come to them.
    """

    shares: Sequence[Share]
    shared: range

    @property
    def firsts(self) -> list[tuple[int, int]]:
        """The key of each share's first block and the share's number, in the order of the document."""
        return sorted((blocks[0][0].key, number) for number, (blocks, _) in enumerate(self.shares) if blocks)

    def homes(self) -> dict[int, int]:
        """Return in which share each row of inlines is, by its identity in the tree."""
        # What stands in a note is at home there, and not with the block that it belongs to.
        notes_last = sorted(enumerate(self.shares), key=lambda numbered: bool(numbered[1][1]))
        return {key: number for number, share in notes_last for key in contents(share)}


class _Measured(msgspec.Struct, frozen=True):
    """A block, how many characters it has, or so, and its notes with theirs; each node is a little work, too."""

    standing: Standing
    length: int
    notes: Sequence[_MeasuredNote]


class _MeasuredNote(msgspec.Struct, frozen=True):
    note: nodes.Footnote
    length: int


def plan(blocks: Sequence[Standing], processes: int) -> list[Plan]:
    """Part a document among some processes, and return what workers do, none where a document is too short.

    The first part is that of this process. The notes of a part are set by its worker too, behind its blocks, and those
    of the first part by the last worker.
    """
    measured = [*map(_measured, blocks)]
    text = sum(each.length for each in measured)
    noted = sum(note.length for each in measured for note in each.notes)
    count = min(processes, (text + noted) // LEAST)
    if count < 2:
        return []
    first, *others = _parted(measured, text, noted, count)
    plans = []
    for at, part in enumerate(others, 1):
        notes = [note for each in (part if at < len(others) else [*first, *part]) for note in each.notes]
        plans.append(_planned(part, notes, _later_half(first) if at == 1 else ()))
    return plans


def _planned(part: Sequence[_Measured], notes: Sequence[_MeasuredNote], before: Sequence[_Measured]) -> Plan:
    """Return the plan of a worker with a part, notes, and blocks that are shared.

    Most notes come last: they are asked for when pages are made, and that takes its time, too. Not so the first ones.
    """
    noted = [*_batches(notes, _SMALL)]
    meanwhile = _GATHERING * sum(each.length for each in part)
    early, left = 0, sum(note.length for note in notes)
    while early < len(noted) and (not early or left > meanwhile):
        left -= sum(note.length for note in noted[early])
        early += 1
    set_notes: list[Share] = [((), [each.note for each in batch]) for batch in noted]
    own = [*map(_share, _batches(part, BATCH)), *set_notes[:early]]
    shared = [*map(_share, _batches(before, _SMALL))]
    shares = [*own, *shared, *set_notes[early:]]
    return Plan(shares=shares, shared=range(len(own), len(own) + len(shared)))


def _share(batch: Sequence[_Measured]) -> Share:
    return [each.standing for each in batch], ()


def contents(share: Share) -> Iterator[int]:
    """Yield the identities of all rows of inlines in a share."""
    blocks, notes = share
    for within in (*(block for block, _ in blocks), *notes):
        yield from _tuples(within)
        for node in walk(within):
            if type(node) not in _TEXTS:
                yield from _tuples(node)


def standing(blocks: Sequence[nodes.Block], place: Place) -> Iterator[Standing]:
    """Yield the blocks that stand in sections, each with its place."""
    for block in blocks:
        if isinstance(block, nodes.Section):
            yield from standing(block.content, place.speaking(block.language))
        else:
            yield block, place


def _measured(standing_there: Standing) -> _Measured:
    length, notes = 0, []
    for node in walk(standing_there[0]):
        length += _length(node)
        if type(node) is nodes.Footnote:
            notes.append(_MeasuredNote(node, sum(map(_length, walk(node)))))
    return _Measured(standing_there, length - sum(note.length for note in notes), notes)


def _length(node: nodes.AnyNode) -> int:
    return len(node.text) if isinstance(node, nodes.Text | nodes.Code | nodes.CodeBlock) else _NODE


def _later_half(part: Sequence[_Measured]) -> Sequence[_Measured]:
    """Return the blocks of a part behind the middle of its text."""
    passed, middle = 0.0, sum(each.length for each in part) / 2
    for at, each in enumerate(part):
        if passed >= middle:
            return part[at:]
        passed += each.length
    return ()


def _parted(measured: Sequence[_Measured], text: int, noted: int, count: int) -> list[list[_Measured]]:
    """Return parts in order. The first is larger, for answers take time to hand over, and somebody helps with it; but
    who sets it makes the pages, too, while the notes are still being set."""
    parts: list[list[_Measured]] = [[] for _ in range(count)]
    begun = max((1 + _HANDING) * text, (1 + _HANDING - _PAGING) * text + noted) / count
    begun = min(begun + _SHARED * text / (count - 1), text)
    following = max((text - begun) / (count - 1), 1.0)
    before = 0
    for each in measured:
        at = 0 if before < begun else 1 + int((before - begun) / following)
        parts[min(at, count - 1)].append(each)
        before += each.length
    return [part for part in parts if part]


def _batches(things: Iterable[T], least: int) -> Iterator[list[T]]:
    """Yield things in their order, so many together as have the least length."""
    batch: list[T] = []
    length = 0
    for thing in things:
        batch.append(thing)
        length += thing.length
        if length >= least:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _tuples(node: msgspec.Struct) -> Iterator[int]:
    for name in CONTENT_FIELDS[type(node)]:
        value = getattr(node, name)
        if value and isinstance(value, tuple):
            yield id(value)
