"""The tag tree: elements with their content in reading order, and its objects in the file.

ISO 32000-1, 14.7. Thousands of elements are written as text: as dictionaries they would take longer than the pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from octavo.theme.style import StyleSheet
from octavo.transforms.resolved import StyleUse
from octavo.writers.pdf.classes import class_map, class_name
from octavo.writers.pdf.elements import ROLES, Element, Tags
from octavo.writers.pdf.objects import PdfFile, array, name, name_tree, number, reference, text_string
from octavo.writers.pdf.paint import Box, Marked, Painted


class Clickable(msgspec.Struct, frozen=True):
    """An annotation as content of an element: its object, its page, and its place in the number space of parents."""

    element: Element
    page: int
    object_number: int
    parent_key: int


Content: TypeAlias = Marked | Clickable
Kid: TypeAlias = "Arranged | Content"


class Arranged(msgspec.Struct, frozen=True):
    """An element with all that stands in it, in reading order."""

    element: Element
    kids: tuple[Kid, ...]

    @property
    def tag(self) -> str:
        """The type as written. A link that cannot be clicked is none (ISO 14289-1, 7.18.5)."""
        if self.element.tag == "Link" and not any(isinstance(each, Clickable) for each in self.kids):
            return "Span"
        return self.element.tag


def arrange(tags: Tags, marked: Sequence[Marked], clickable: Sequence[Clickable]) -> Arranged:
    """Return the tree with its content. Elements that came to nothing are left out."""
    contents: dict[int, list[tuple[int, Marked]]] = {}
    for order, each in enumerate(marked):
        contents.setdefault(each.element.number, []).append((order, each))
    clicks: dict[int, list[Clickable]] = {}
    for click in clickable:
        clicks.setdefault(click.element.number, []).append(click)
    root = msgspec.structs.replace(tags.root, children=[*tags.front.values(), *tags.root.children])
    arranged, _ = _arrange(root, contents, clicks)
    return arranged or Arranged(root, ())


def _arrange(
    element: Element, contents: Mapping[int, list[tuple[int, Marked]]], clicks: Mapping[int, list[Clickable]]
) -> tuple[Arranged | None, int]:
    """Return an element with its content, or None, and the place in the painting where it begins (-1: nowhere).

    Children keep the order of the document; an element's own content goes between them by the order of painting.
    Notes are painted elsewhere, so they do not count: a note stays behind its reference.
    """
    own = contents.get(element.number, ())
    begins = own[0][0] if own else -1
    kids: list[Kid] = []
    taken = 0
    for child in element.children:
        arranged, at = _arrange(child, contents, clicks)
        if arranged is None:
            continue
        if child.tag != "Note" and at >= 0:
            while taken < len(own) and own[taken][0] < at:
                kids.append(own[taken][1])
                taken += 1
            begins = at if begins < 0 else min(begins, at)
        kids.append(arranged)
    kids.extend(each for _, each in own[taken:])
    kids.extend(clicks.get(element.number, ()))
    if not kids and not element.kept:
        return None, -1
    if element.tag == "Table" and not any(_has_content(kid) for kid in kids):
        return None, -1
    return Arranged(element, tuple(kids)), begins


def _has_content(kid: Kid) -> bool:
    return not isinstance(kid, Arranged) or any(_has_content(each) for each in kid.kids)


class Written(msgspec.Struct, frozen=True):
    """What a tree is written with: the pages as painted and the numbers of their objects, what can be clicked, and the
    style sheet that its classes are taken from."""

    painted: Painted
    pages: Sequence[int]
    clickable: Sequence[Clickable]
    styles: StyleSheet


def write_structure(file: PdfFile, tree: Arranged, written: Written) -> int:
    """Add the tree to the file and return the number of its root."""
    painted, pages, clickable = written.painted, written.pages, written.clickable
    root = file.add()
    classes: dict[StyleUse, str] = {}
    numbers: dict[int, int] = {}
    for each in _elements(tree):
        numbers[each.element.number] = file.add()
    identifiers: list[tuple[bytes, str]] = []
    parents = [(root, tree)]
    while parents:
        parent, each = parents.pop()
        here = numbers[each.element.number]
        use = each.element.style
        if use is not None and use not in classes:
            classes[use] = class_name(use)
        named = f"/C{classes[use]}" if use is not None else ""
        file.fill(here, _element(each, parent, numbers, painted.boxes, pages, named))
        if each.element.identifier:
            identifiers.append((each.element.identifier.encode(), reference(here)))
        parents.extend((here, kid) for kid in each.kids if isinstance(kid, Arranged))
    entries = _root(file, tree, numbers, painted, clickable, identifiers)
    file.fill(root, f"{entries}/ClassMap{class_map(classes, written.styles)}>>")
    return root


def _elements(tree: Arranged) -> Iterator[Arranged]:
    yield tree
    for kid in tree.kids:
        if isinstance(kid, Arranged):
            yield from _elements(kid)


def _element(
    each: Arranged,
    parent: int,
    numbers: Mapping[int, int],
    boxes: Mapping[int, tuple[int, Box]],
    pages: Sequence[int],
    named: str,
) -> str:
    element = each.element
    home = next((kid.page for kid in each.kids if not isinstance(kid, Arranged)), -1)
    kids = []
    for kid in each.kids:
        match kid:
            case Arranged():
                kids.append(reference(numbers[kid.element.number]))
            case Marked() if kid.page == home:
                kids.append(str(kid.identifier))
            case Marked():
                kids.append(f"<</Type/MCR/Pg {pages[kid.page]} 0 R/MCID {kid.identifier}>>")
            case Clickable():
                kids.append(f"<</Type/OBJR/Pg {pages[kid.page]} 0 R/Obj {kid.object_number} 0 R>>")
    entries = [f"<</Type/StructElem/S{name(each.tag)}{named}/P {parent} 0 R"]
    if home >= 0:
        entries.append(f"/Pg {pages[home]} 0 R")
    if kids:
        entries.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K{array(kids)}")
    if element.identifier:
        entries.append(f"/ID<{element.identifier.encode().hex().upper()}>")
    if element.title:
        entries.append(f"/T{text_string(element.title)}")
    if element.language:
        entries.append(f"/Lang{text_string(element.language)}")
    if element.alternative:
        entries.append(f"/Alt{text_string(element.alternative)}")
    entries.append(_attributes(element, boxes))
    return "".join((*entries, ">>"))


def _attributes(element: Element, boxes: Mapping[int, tuple[int, Box]]) -> str:
    """Return the attributes that an element's type asks for (ISO 32000-1, 14.8.5), and the way it is read."""
    layout = ""
    if element.leftwards is not None:
        layout = f"/WritingMode/{'RlTb' if element.leftwards else 'LrTb'}"
    if element.tag == "Figure" and element.number in boxes:
        box = " ".join(map(number, boxes[element.number][1]))
        placement = "Inline" if element.in_line else "Block"
        layout += f"/Placement/{placement}/BBox[{box}]"
    owned = _owned(element)
    if not layout:
        return f"/A{owned}" if owned else ""
    return f"/A[<</O/Layout{layout}>>{owned}]" if owned else f"/A<</O/Layout{layout}>>"


def _owned(element: Element) -> str:
    """Return the attributes of lists and tables."""
    if element.numbering:
        return f"<</O/List/ListNumbering/{element.numbering}>>"
    table = f"/Scope/{element.scope}" if element.scope else ""
    if element.row_span > 1:
        table += f"/RowSpan {element.row_span}"
    if element.column_span > 1:
        table += f"/ColSpan {element.column_span}"
    if element.summary:
        table += f"/Summary{text_string(element.summary)}"
    return f"<</O/Table{table}>>" if table else ""


def _root(
    file: PdfFile,
    tree: Arranged,
    numbers: Mapping[int, int],
    painted: Painted,
    clickable: Sequence[Clickable],
    identifiers: list[tuple[bytes, str]],
) -> str:
    """Return the tree's root, still open, with the way back from content to elements: pages first, then annotations."""
    rows = []
    for at, page in enumerate(painted.pages):
        # One object for each page keeps the arrays short to read.
        parents = file.add(array(reference(numbers[each.number]) for each in page.elements))
        rows.append(f"{at} {parents} 0 R")
    rows.extend(f"{each.parent_key} {numbers[each.element.number]} 0 R" for each in clickable)
    parent_tree = file.add(f"<</Nums{array(rows)}>>")
    roles = "".join(f"{name(own)}{name(standard)}" for own, standard in ROLES.items())
    entries = f"/K {numbers[tree.element.number]} 0 R/ParentTree {parent_tree} 0 R/RoleMap<<{roles}>>"
    if identifiers:
        entries += f"/IDTree {file.add(name_tree(identifiers))} 0 R"
    following = len(painted.pages) + len(clickable)
    return f"<</Type/StructTreeRoot{entries}/ParentTreeNextKey {following}"
