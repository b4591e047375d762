"""Index: what the transforms found out, as the typesetter and the writers look it up."""

from __future__ import annotations

from typing import cast

import msgspec

from octavo.transforms.alike import alike_tables
from octavo.transforms.number import Numbers, is_listing
from octavo.transforms.resolved import Captioned, Heading, Index, Note, Terms
from octavo.transforms.survey import Survey
from octavo.transforms.terms import write_date
from octavo.tree import Document, nodes
from octavo.tree.nodes import AnyNode, Inline
from octavo.tree.walk import rewrite, walk


def make_index(document: Document, surveyed: Survey, numbers: Numbers, terms: Terms) -> Index:
    """Return the index of a linked document."""
    final = _final_nodes(document, surveyed)
    notes = tuple(
        Note(key=each.key, id=each.id, mark=numbers.numbers[each.key], footnote=each)
        for each in final.footnotes
    )
    return Index(
        numbers=numbers.numbers,
        labels=numbers.labels,
        anchors={anchor: target.key for anchor, target in surveyed.targets.items()},
        styles=surveyed.styles,
        levels=surveyed.levels,
        markers=surveyed.markers,
        alike=alike_tables(final.tables, surveyed.styles),
        headings=tuple(
            Heading(
                key=each.key,
                id=each.id,
                level=surveyed.levels[each.key],
                number=numbers.numbers.get(each.key, ""),
                title=for_contents(each.title),
            )
            for each in final.sections
        ),
        figures=tuple(_captioned(each, numbers) for each in final.figures if each.caption),
        tables=tuple(_captioned(each, numbers) for each in final.tables if each.caption),
        listings=tuple(_captioned(each, numbers) for each in final.listings if is_listing(each)),
        notes=notes,
        note_by_key={each.key: each for each in notes},
        terms=terms,
        date=write_date(document.metadata.date, document.metadata.language) or document.metadata.date_text,
    )


class _Final(msgspec.Struct, frozen=True):
    sections: list[nodes.Section]
    figures: list[nodes.Figure]
    tables: list[nodes.Table]
    footnotes: list[nodes.Footnote]
    listings: list[nodes.CodeBlock]


def _final_nodes(document: Document, surveyed: Survey) -> _Final:
    """Return the nodes that the index shows, as linking left them."""
    found = surveyed.found
    kinds = (nodes.Section, nodes.Figure, nodes.Table, nodes.Footnote, nodes.CodeBlock)
    if found[nodes.CrossReference] or found[nodes.Citation] or found[nodes.Link]:
        found = {kind: [] for kind in kinds}
        for node in walk(document):
            if type(node) in found:
                found[type(node)].append(node)
    return _Final(*(found[kind] for kind in kinds))


def _captioned(node: nodes.Figure | nodes.Table | nodes.CodeBlock, numbers: Numbers) -> Captioned:
    caption = for_contents(node.caption.content) if node.caption else ()
    return Captioned(key=node.key, id=node.id, label=numbers.labels.get(node.key, ""), caption=caption)


def for_contents(title: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return a title as a list of contents shows it: without notes, links, anchors and line breaks."""
    if all(type(each) is nodes.Text for each in title):
        return title
    return rewrite(nodes.Caption(content=title), _shown).content


def _shown(node: AnyNode) -> AnyNode | tuple[AnyNode, ...]:
    match node:
        case nodes.Footnote():
            return ()
        case nodes.LineBreak():
            return nodes.Text(text=" ", position=node.position)
        case nodes.CrossReference() | nodes.Citation():
            return nodes.Text(text=node.text, position=node.position) if node.text else ()
        case nodes.Link():
            return cast("tuple[AnyNode, ...]", node.content)
        case nodes.Image():
            return nodes.Text(text=node.alt, position=node.position) if node.alt else ()
        case _:
            return msgspec.structs.replace(node, id="", key=0) if node.id or node.key else node
