"""Anchors that stand alone between blocks (`<a id="costs"></a>`) are moved into the block that they mark."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from octavo.readers.markdown.sections import Entry, Heading
from octavo.tree.nodes import Inline, PageBreak, Paragraph, Span, Text


def settle_anchors(entries: Sequence[Entry]) -> list[Entry]:
    """Return blocks without the paragraphs of nothing but anchors: what follows takes these in, else what is before.

    A heading keeps the anchor of its title beside them, for links may name either.
    """
    settled: list[Entry] = []
    waiting: tuple[Inline, ...] = ()
    for entry in entries:
        anchors = _anchors_alone(entry)
        if anchors:
            waiting += anchors
            continue
        settled.append(_marked(entry, waiting) if waiting else entry)
        waiting = ()
    if waiting:
        last = settled.pop() if settled else None
        if isinstance(last, Paragraph):
            settled.append(msgspec.structs.replace(last, content=last.content + waiting))
        else:
            settled.extend([last] if last is not None else [])
            settled.append(Paragraph(content=waiting, position=waiting[0].position))
    return settled


def _anchors_alone(entry: Entry) -> tuple[Inline, ...]:
    if not isinstance(entry, Paragraph) or entry.id:
        return ()
    anchors = []
    for each in entry.content:
        if isinstance(each, Span) and each.id and not each.content:
            anchors.append(each)
        elif not isinstance(each, Text) or each.text.strip():
            return ()
    return tuple(anchors)


def _marked(entry: Entry, anchors: tuple[Inline, ...]) -> Entry:
    if isinstance(entry, Heading):
        return msgspec.structs.replace(entry, title=anchors + entry.title)
    if isinstance(entry, Paragraph):
        return msgspec.structs.replace(entry, content=anchors + entry.content)
    if entry.id or isinstance(entry, PageBreak):
        return entry
    return msgspec.structs.replace(entry, id=anchors[-1].id)
