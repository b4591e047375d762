"""Every kind of node has its rule, every style key its style."""

from __future__ import annotations

from typing import get_args

from octavo.tree import nodes
from octavo.tree.semantics import WORD_STYLES, MarkKey, StyleKey
from octavo.writers.docx.body import RULES as BLOCK_RULES
from octavo.writers.docx.inlines import RULES as INLINE_RULES
from octavo.writers.docx.job import Job
from tests.unit.writers.docx.documents import document, everything, manuscript, p, written

_NOT_FOR_TEXT = {StyleKey.LIST, StyleKey.TABLE, StyleKey.GROUP, StyleKey.GROUP_TITLE, StyleKey.ATTRIBUTION}
"""Keys that no paragraph outside of a container can have."""


def test_every_block_has_a_rule() -> None:
    assert set(BLOCK_RULES) == set(get_args(nodes.Block))


def test_every_inline_has_a_rule() -> None:
    assert set(INLINE_RULES) == set(get_args(nodes.Inline))


def test_the_document_of_everything_holds_every_node() -> None:
    from octavo.tree.walk import walk

    found = {type(node) for node in walk(everything())}
    assert set(get_args(nodes.AnyNode)) - found == set()


def test_every_style_key_and_mark_has_a_named_style() -> None:
    job = Job(manuscript(document(p("text"))))
    names = {style.name for style in job.catalogue.styles.values()}
    wanted = {WORD_STYLES[key] for key in (*StyleKey, *MarkKey) if key not in _NOT_FOR_TEXT}
    assert wanted - names == set()


def test_style_names_and_identifiers_are_unique() -> None:
    package = written(*everything().content)
    styles = package.find("//w:style", "word/styles.xml")
    names = [str(style.xpath("string(w:name/@w:val)", namespaces=style.nsmap)).casefold() for style in styles]
    ids = [style.xpath("string(@w:styleId)", namespaces=style.nsmap) for style in styles]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)


def test_every_style_that_is_used_or_based_on_exists() -> None:
    package = written(*everything().content)
    known = set(package.find("//w:style/@w:styleId", "word/styles.xml"))
    for name in package.names:
        if name.startswith("word/") and name.endswith(".xml"):
            used = package.find("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val", name)
            assert set(used) <= known, name
    assert set(package.find("//w:basedOn/@w:val | //w:next/@w:val", "word/styles.xml")) <= known
