"""The round trip: blocks that nobody changed come back as they were, others keep what Word cannot show of them.

Three ways meet: the tree that was written (the snapshot), the hashes of what was written, and the file as it is now. A
block whose hash is the same is the snapshot's; another is read from the file and keeps its anchor, role and language;
one without a bookmark is new; one whose bookmark is gone was deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from octavo.readers.docx.assemble import Assembler
from octavo.readers.docx.inlines import stripped
from octavo.readers.docx.pieces import Grid, Held, Item, Line, Range
from octavo.readers.docx.signature import Scan, digest
from octavo.readers.docx.snapshot import Stored, by_key
from octavo.tree import nodes
from octavo.tree.nodes import Block
from octavo.tree.semantics import MarkKey, StyleKey, meaning_of
from octavo.tree.walk import plain_text, rewrite

N = TypeVar("N", bound=nodes.AnyNode)
_Span = tuple[int, int, int]
_SILENT = (nodes.PageBreak, nodes.Notes)
"""Blocks that no bookmark marks in a Word file; nor does one a formula of abbreviations alone."""


class Merge:
    """Brings a snapshot and the items of a file together."""

    def __init__(self, stored: Stored, items: list[Item], ranges: dict[str, Range], maker: Assembler) -> None:
        self._stored = stored
        self._known = by_key(stored)
        self._items = items
        self._maker = maker
        self._scan = Scan(items, ranges, self._known)
        self._used: set[int] = set()
        self._kept: set[int] = set()
        self._loose = {key: set(hashes) for key, hashes in stored.loose.items()}
        self._item_of: dict[int, nodes.ListItem] = {}
        self._silent: dict[tuple[int, int], list[Block]] = {}
        self._inside = ""
        """The style of the group or quotation that is being made again."""
        self.kept = 0
        self.changed = 0
        maker.depths = {}
        self._survey(stored.content, 0, 1, {id(node): key for key, node in self._known.items()})

    def _survey(self, content: Sequence[Block], parent: int, depth: int, keys: dict[int, int]) -> None:
        """Note how deep sections lie, which items hold which blocks, and after what silent blocks stand."""
        before = 0
        for block in content:
            key = keys.get(id(block), 0)
            unmarked = isinstance(block, nodes.Formula) and key not in self._stored.hashes
            if isinstance(block, _SILENT) or unmarked:
                self._silent.setdefault((parent, before), []).append(block)
                continue
            before = key
            if parent == 0 or isinstance(self._known.get(parent), nodes.Section):
                self._maker.parents[key] = parent
            if isinstance(block, nodes.Section):
                self._maker.depths[key] = depth
                self._survey(block.content, key, depth + 1, keys)
            elif isinstance(block, nodes.Group | nodes.Quote):
                self._survey(block.content, key, depth, keys)
            elif isinstance(block, nodes.List):
                for item in block.items:
                    for each in item.content:
                        self._item_of[keys.get(id(each), 0)] = item
                    self._survey(item.content, keys.get(id(item), 0), depth, keys)

    def document(self, items: Sequence[Item]) -> tuple[Block, ...]:
        """Return the blocks of the document."""
        made = self._maker.document(items)
        return self._with_silent(made, 0)

    def items(self) -> list[Item]:
        """Return the items with the blocks that are finished in the place of those that they were made of."""
        return self._run(0, len(self._items) - 1, self._scan.containers, 0)

    def _run(
        self, first: int, last: int, spans: Sequence[_Span], owner: int, *, flat: bool = False
    ) -> list[Item]:
        found: list[Item] = []
        starts: dict[int, list[_Span]] = {}
        for span in spans:
            starts.setdefault(span[0], []).append(span)
        at = first
        while at <= last:
            end = self._container(at, last, starts.get(at, []), spans, found, flat)
            if end < at:
                found.append(self._line(at, owner))
                end = at
            at = end + 1
        return found

    def _container(
        self,
        at: int,
        last: int,
        spans: Sequence[_Span],
        all_spans: Sequence[_Span],
        found: list[Item],
        flat: bool,
    ) -> int:
        """Add the outermost container that begins at an item, and return where it ends; `at - 1` where none does."""
        for span in spans:
            _, end, key = span
            node = self._known[key]
            if end > last or key in self._used:
                continue
            if flat and isinstance(node, nodes.List | nodes.ListItem):
                # The items of lists within lists are told by their levels.
                continue
            self._used.add(key)
            if self._stored.hashes.get(key) == self._scan.hash_of(at, end) or isinstance(
                node, nodes.Contents
            ):
                self._keep(key, node, at, found)
                self._used.update(each[2] for each in all_spans if at <= each[0] and each[1] <= end)
            else:
                inner = [each for each in all_spans if each != span and at <= each[0] and each[1] <= end]
                found += self._rebuilt(key, node, at, end, inner)
                self.changed += 1
            return end
        return at - 1

    def _keep(self, key: int, node: Any, at: int, found: list[Item]) -> None:
        item = self._items[at]
        position = item.position if isinstance(item, Line | Grid) else None
        self._kept.add(key)
        self.kept += 1
        grid = item if isinstance(item, Grid) else self._items[at + 1] if at + 1 < len(self._items) else None
        if (
            isinstance(node, nodes.Table)
            and isinstance(grid, Grid)
            and grid.alt not in ("", node.alt.strip())
        ):
            node = msgspec.structs.replace(node, alt=grid.alt)
        found.append(Held(msgspec.structs.replace(node, key=key, position=position), key))

    def _line(self, at: int, owner: int) -> Item:
        item = self._items[at]
        if not isinstance(item, Line):
            return item
        key = self._scan.lines.get(at, 0)
        mine = digest((self._scan.signatures[at],))
        if key and key not in self._used:
            self._used.add(key)
            item.key = key
            item.original = self._known[key]
            item.unchanged = self._stored.hashes.get(key) == mine
            self.kept += item.unchanged
            self.changed += not item.unchanged
        else:
            item.unchanged = mine in self._loose.get(owner, ())
        return item

    # Containers that changed -----------------------------------------------------------------------------------------

    def _rebuilt(self, key: int, node: Any, first: int, last: int, inner: Sequence[_Span]) -> list[Item]:
        outer = self._inside
        if isinstance(node, nodes.Group | nodes.Quote):
            self._inside = meaning_of(node).style
        listed = isinstance(node, nodes.List | nodes.ListItem)
        items = [
            each
            for each in self._run(first, last, inner, key, flat=listed)
            if not isinstance(each, Line) or not each.is_empty or each.boxes
        ]
        made = self._made(node, key, items)
        self._inside = outer
        return made

    def _made(self, node: Any, key: int, items: list[Item]) -> list[Item]:
        """Return what a container that changed comes to."""
        if not items:
            return []
        if isinstance(node, nodes.ListItem):
            return items
        if isinstance(node, nodes.Group):
            blocks: tuple[Block, ...] = (self._group(node, key, items),)
        elif isinstance(node, nodes.Quote):
            blocks = (self._quote(node, key, items),)
        else:
            blocks = self._of_kind(node, key, self._maker.blocks(items, within=self._inside))
        return [Held(block, key) for block in blocks]

    def _group(self, node: nodes.Group, key: int, items: list[Item]) -> nodes.Group:
        title = node.title
        first = items[0]
        if isinstance(first, Line) and first.key == 0 and len(items) > 1 and first.style.role != "list":
            title = node.title if first.unchanged else self._maker.content(first)
            items = items[1:]
        elif isinstance(first, Line) and not first.unchanged:
            label = [each for each in first.pieces if MarkKey.GROUP_LABEL in each.look.marks]
            if label and first.pieces[0] is label[0]:
                first.pieces = stripped(first.pieces[len(label) :])
        content = self._maker.blocks(items, within=self._inside)
        return msgspec.structs.replace(node, key=key, title=title, content=content, position=_place(items))

    def _quote(self, node: nodes.Quote, key: int, items: list[Item]) -> nodes.Quote:
        attribution = node.attribution
        last = items[-1]
        if (
            isinstance(last, Line)
            and last.style.role == StyleKey.ATTRIBUTION
            and last.key == 0
            and len(items) > 1
        ):
            attribution = attribution if last.unchanged else self._maker.content(last)
            items = items[:-1]
        elif attribution:
            attribution = ()
        content = self._maker.blocks(items, within=self._inside)
        return msgspec.structs.replace(
            node, key=key, attribution=attribution, content=content, position=_place(items)
        )

    def _of_kind(self, node: Any, key: int, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return blocks with the first of a kind being the node that changed."""
        for at, block in enumerate(blocks):
            if type(block) is type(node):
                return (*blocks[:at], self._renewed(node, key, block), *blocks[at + 1 :])
        return blocks

    def _renewed(self, node: Any, key: int, new: Any) -> Any:
        """Return a block as it reads now, with what only its author could say of it."""
        common = {"id": node.id, "language": node.language, "key": key}
        match new:
            case nodes.List():
                marker = {"marker": node.marker} if node.ordered and new.ordered else {}
                items = tuple(self._item(each) for each in new.items)
                return msgspec.structs.replace(new, tight=node.tight, items=items, **marker, **common)
            case nodes.Figure() | nodes.CodeBlock():
                more = (
                    {"numbered": node.numbered}
                    if isinstance(new, nodes.Figure)
                    else {"code_language": node.code_language}
                )
                return msgspec.structs.replace(new, **more, **common)
            case nodes.Table():
                # LibreOffice loses descriptions; Word keeps a caption that stood there as the table's title.
                alt = node.alt if new.alt in ("", _title(node), _title(new)) else new.alt
                return msgspec.structs.replace(
                    _regrouped(new, node), numbered=node.numbered, alt=alt, **common
                )
            case nodes.PullQuote():
                return msgspec.structs.replace(new, repeats=node.repeats, **common)
            case _:
                return msgspec.structs.replace(new, **common)

    def _item(self, item: nodes.ListItem) -> nodes.ListItem:
        old = self._item_of.get(item.content[0].key) if item.content and item.content[0].key else None
        content = tuple(
            msgspec.structs.replace(each, items=tuple(self._item(one) for one in each.items))
            if isinstance(each, nodes.List)
            else each
            for each in item.content
        )
        if old is None:
            return msgspec.structs.replace(item, content=content)
        return msgspec.structs.replace(item, content=content, id=old.id, language=old.language)

    # Blocks that no bookmark marks -----------------------------------------------------------------------------------

    def _with_silent(self, content: tuple[Block, ...], parent: int) -> tuple[Block, ...]:
        """Return blocks with page breaks and the like back in their places."""
        made: list[Block] = list(self._silent.get((parent, 0), ()))
        for each in content:
            block = each
            if isinstance(block, nodes.Section | nodes.Group | nodes.Quote) and block.key not in self._kept:
                block = msgspec.structs.replace(block, content=self._with_silent(block.content, block.key))
            made.append(block)
            if block.key:
                made += self._silent.get((parent, block.key), ())
        return tuple(made)

    def finished(self, content: tuple[Block, ...], wanted: frozenset[int]) -> tuple[Block, ...]:
        """Return blocks without keys; those that references name by an anchor of octavo's making get it for good."""

        def plain(node: N) -> N:
            if not node.key:
                return node
            known = self._known.get(node.key)
            anchor = node.id
            if not anchor and (node.key in wanted or self._is_renamed(node, known)):
                anchor = self._stored.ids.get(node.key, "")
            return msgspec.structs.replace(node, key=0, id=anchor)

        holder = nodes.Group(role=nodes.GroupRole.CUSTOM, content=content)
        return rewrite(holder, plain).content

    def _is_renamed(self, node: nodes.AnyNode, known: nodes.AnyNode | None) -> bool:
        """Say whether a section's title changed: links still name it by the anchor that the old one gave."""
        return (
            isinstance(node, nodes.Section) and isinstance(known, nodes.Section) and node.title != known.title
        )


def _place(items: Sequence[Item]) -> Any:
    first = items[0] if items else None
    return first.position if isinstance(first, Line | Grid) else None


def _title(table: nodes.Table) -> str:
    """Return what a table is called in its properties."""
    return plain_text(table.caption.content).replace("\n", " ")[:255].strip() if table.caption else ""


def _regrouped(new: nodes.Table, old: nodes.Table) -> nodes.Table:
    """Return a table with its rows parted as before, where there are as many, and columns as the author said."""
    rows = [*new.head, *(row for body in new.bodies for row in body.rows)]
    counts = [len(old.head), *(len(body.rows) for body in old.bodies), len(old.foot)]
    columns = old.columns if len(old.columns) == len(new.columns) else new.columns
    changes: dict[str, Any] = {"columns": columns}
    if sum(counts) == len(rows):
        parts = []
        for count in counts:
            parts.append(tuple(rows[:count]))
            del rows[:count]
        bodies = tuple(
            nodes.TableBody(rows=_like(part, body.rows))
            for part, body in zip(parts[1:-1], old.bodies, strict=True)
        )
        changes |= {"head": _like(parts[0], old.head), "bodies": bodies, "foot": _like(parts[-1], old.foot)}
    return msgspec.structs.replace(new, **changes)


def _like(rows: tuple[nodes.Row, ...], old: tuple[nodes.Row, ...]) -> tuple[nodes.Row, ...]:
    """Return rows whose cells have what their author said of them, where there are as many."""
    found: list[nodes.Row] = []
    for row, known in zip(rows, old, strict=True):
        if len(row.cells) != len(known.cells):
            found.append(row)
            continue
        cells = tuple(
            msgspec.structs.replace(
                cell, id=was.id, language=was.language, align=was.align, header=was.header
            )
            for cell, was in zip(row.cells, known.cells, strict=True)
        )
        found.append(msgspec.structs.replace(row, cells=cells, id=known.id, language=known.language))
    return tuple(found)
