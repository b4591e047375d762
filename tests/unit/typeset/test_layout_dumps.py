"""The frames of a whole brief, as text: read every difference before it is accepted."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.tree import Document, nodes
from octavo.tree.metadata import Author, Metadata
from octavo.tree.nodes import (
    Caption,
    Cell,
    Column,
    Group,
    GroupRole,
    List,
    ListItem,
    Quote,
    Row,
    Section,
    Table,
    TableBody,
)
from octavo.typeset.dump import to_text
from tests.typesetting import note, paragraph, set_document, sheet, small, text

WORDS = "The ports on this coast share one watch, and the watch has to be quick: no pilot waits for a second call. "


def brief() -> Document:
    """Something of everything, on few pages."""
    row = Row(cells=tuple(Cell(content=(paragraph(word),)) for word in ("Alvorada", "12.5")))
    costs = Table(
        id="tbl-costs",
        columns=(Column(), Column(align="decimal")),
        head=(Row(cells=tuple(Cell(content=(paragraph(word),)) for word in ("Port", "Cost"))),),
        bodies=(TableBody(rows=(row, row)),),
        caption=Caption(content=text("What the ports pay")),
    )
    items = tuple(ListItem(content=(paragraph(WORDS),)) for _ in range(2))
    said = Quote(content=(paragraph(WORDS),), attribution=text("A pilot"))
    first = Section(
        title=text("What was at stake"),
        content=(paragraph(WORDS * 2, note(paragraph("An inquiry."))), said, List(items=items, ordered=True)),
    )
    link = nodes.Link(target="https://example.org", content=text("the report"))
    second = Section(
        title=text("What it costs"), content=(paragraph("See ", link), costs, paragraph(WORDS * 3))
    )
    return Document(
        metadata=Metadata(
            title="Four Minutes",
            subtitle="A warning shared",
            authors=(Author(name="Ana Lopes", affiliation="Harbour Institute"),),
            publisher="Harbour Institute",
            series="Papers",
            issue="12",
            date=datetime.date(2024, 11, 18),
            language="en-GB",
        ),
        content=(
            Group(role=GroupRole.KEY_POINTS, content=(List(items=items),)),
            Group(role=GroupRole.LEAD, content=(paragraph(WORDS),)),
            nodes.Contents(),
            first,
            second,
            Group(role=GroupRole.AUTHOR_NOTE, content=(paragraph("She writes about the coast."),)),
        ),
    )


@pytest.mark.parametrize("theme", ["policy", "base", "book", "newsletter"])
def test_a_brief(theme: str, golden: Callable[[Path, str], None]) -> None:
    layout, said = set_document(brief(), sheet(theme))
    assert not said
    golden(Path(f"pages/brief-{theme}.txt"), to_text(layout))


def test_a_brief_in_columns(golden: Callable[[Path, str], None]) -> None:
    styles = small(width=420.0, height=380.0, columns=2, column_gap=12.0)
    golden(Path("pages/brief-columns.txt"), to_text(set_document(brief(), styles)[0]))


def test_the_same_document_makes_the_same_pages() -> None:
    one, two = (to_text(set_document(brief(), sheet("policy"))[0]) for _ in range(2))
    assert one == two
