"""The styles of items that stand beside a table: they keep the indents of their list wherever the file is opened."""

from __future__ import annotations

from octavo.tree import nodes
from octavo.tree.nodes import GroupRole
from tests.unit.writers.docx.documents import W, items, table_small, written


def test_a_style_that_counts_by_what_its_base_is_based_on_says_its_indents() -> None:
    """LibreOffice gives such a paragraph the indents of the list's level alone, which has none at the right."""
    case = nodes.Group(role=GroupRole.CASE, content=(table_small(), items("one", "two")))
    package = written(items("first", "second"), case)
    (style,) = package.find("//w:style[@w:styleId='CaseListBulletFirstAfterTable']", "word/styles.xml")
    (list_style,) = package.find("//w:style[@w:styleId='CaseListBullet']", "word/styles.xml")
    said, meant = style.find(f"{W}pPr/{W}ind"), list_style.find(f"{W}pPr/{W}ind")
    assert dict(said.attrib) == dict(meant.attrib)
    assert int(said.get(f"{W}right")) > 0
