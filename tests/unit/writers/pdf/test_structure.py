from __future__ import annotations

from octavo.writers.pdf.elements import Element, Tags
from octavo.writers.pdf.paint import Marked
from octavo.writers.pdf.structure import Arranged, Clickable, arrange


def outline_of(tree: Arranged) -> str:
    """Return an arrangement on one line: P(0 Link(1) 2)."""
    kids = []
    for kid in tree.kids:
        match kid:
            case Arranged():
                kids.append(outline_of(kid))
            case Marked():
                kids.append(str(kid.identifier))
            case Clickable():
                kids.append("!")
    return f"{tree.tag}({' '.join(kids)})"


def marked(*elements: Element) -> tuple[Marked, ...]:
    return tuple(Marked(element, 0, at) for at, element in enumerate(elements))


def test_inline_elements_stand_where_they_are_painted() -> None:
    tags = Tags()
    text = tags.child(tags.root, "P")
    code = tags.child(text, "Code")
    assert outline_of(arrange(tags, marked(text, code, text), ())) == "Document(P(0 Code(1) 2))"


def test_a_note_follows_its_reference_wherever_it_is_painted() -> None:
    tags = Tags()
    text = tags.child(tags.root, "P")
    mark = tags.child(tags.child(text, "Reference"), "Span")
    note = tags.child(text, "Note")
    other = tags.child(tags.root, "P")
    tree = arrange(tags, marked(text, mark, text, other, note), ())
    assert outline_of(tree) == "Document(P(0 Reference(Span(1)) Note(4) 2) P(3))"


def test_blocks_keep_the_order_of_the_document() -> None:
    tags = Tags()
    first, second = tags.child(tags.root, "Figure"), tags.child(tags.root, "P")
    assert outline_of(arrange(tags, marked(second, first), ())) == "Document(Figure(1) P(0))"


def test_what_came_to_nothing_is_left_out_but_cells_stay() -> None:
    tags = Tags()
    tags.child(tags.child(tags.root, "Sect"), "P")
    row = tags.child(tags.child(tags.child(tags.root, "Table"), "TBody"), "TR")
    full, empty = tags.child(row, "TD"), tags.child(row, "TD")
    row.kept = full.kept = empty.kept = True
    assert outline_of(arrange(tags, marked(full), ())) == "Document(Table(TBody(TR(TD(0) TD()))))"
    assert outline_of(arrange(tags, (), ())) == "Document()"


def test_a_link_without_an_annotation_is_a_span() -> None:
    tags = Tags()
    link = tags.child(tags.child(tags.root, "P"), "Link")
    content = marked(link)
    assert outline_of(arrange(tags, content, ())) == "Document(P(Span(0)))"
    click = Clickable(link, 0, 99, 1)
    assert outline_of(arrange(tags, content, (click,))) == "Document(P(Link(0 !)))"


def test_the_title_block_comes_first() -> None:
    from octavo.typeset.frames import Owner

    tags = Tags()
    text = tags.child(tags.root, "P")
    title = tags.find(Owner(0, metadata="title"))
    assert title is not None
    assert outline_of(arrange(tags, marked(text, title), ())) == "Document(Title(1) P(0))"
