"""Word's style gallery: what is written most comes first, and what nobody applies by hand is not there."""

from __future__ import annotations

from octavo.writers.docx.writer import DocxWriter
from tests.unit.writers.docx.documents import Package, W, everything, manuscript


def test_the_gallery_is_in_the_order_of_a_document() -> None:
    offered = []
    for style in Package(DocxWriter().write(manuscript(everything()))).find(
        "//w:style[w:qFormat]", "word/styles.xml"
    ):
        name, priority = style.find(f"{W}name").get(f"{W}val"), style.find(f"{W}uiPriority").get(f"{W}val")
        offered.append((int(priority), name.lower()))
    names = [name for _, name in sorted(offered)]
    assert names[:12] == [
        "normal",
        "body text",
        "first paragraph",
        *(f"heading {level}" for level in range(1, 7)),
        "title",
        "subtitle",
        "byline",
    ]
    places = [
        names.index(each)
        for each in ("list bullet", "quote", "key points", "caption", "strong", "table cell")
    ]
    assert places == sorted(places)
    assert names.index("key points title") > names.index("table cell")
    assert not {"code keyword", "caption label", "list marker", "footnote text", "hyperlink"} & set(names)
