"""Ways through the file: the outline, named destinations, page labels, and links.

ISO 32000-1, 12.3 (document-level navigation), 12.4.2 (page labels) and 12.5 (annotations).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from octavo.transforms.resolved import Heading, Index
from octavo.tree.walk import plain_text
from octavo.typeset.frames import Layout
from octavo.writers.pdf.metadata import cleaned
from octavo.writers.pdf.objects import PdfFile, byte_string, name_tree, number, reference, text_string
from octavo.writers.pdf.paint import Painted, PaintedLink
from octavo.writers.pdf.structure import Clickable

_HEADROOM: Final = 12.0
"""How far above its target a destination shows the page, in points."""
_ARABIC: Final = re.compile(r"[1-9][0-9]{0,6}")
_NOT_IN_URI: Final = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]")


class Destinations(msgspec.Struct, frozen=True):
    """Where the nodes begin: key -> (page index, height above the page's lower edge); names by id. `top` is the height
    of the trim box's upper edge."""

    places: Mapping[int, tuple[int, float]]
    names: Mapping[str, int]
    top: float

    def find(self, target: str) -> int | None:
        """Return the key that `#id` names, where it has a place."""
        key = self.names.get(target.removeprefix("#"))
        return key if key in self.places else None


def find_destinations(layout: Layout, index: Index, margin: float = 0.0) -> Destinations:
    """Return the places that can be gone to: from the anchors, else the top of the page that a node begins on.

    `margin` is the room around the trim box, in points.
    """
    top = layout.height + margin
    places = {key: (page, top) for key, page in layout.page_of.items() if page < len(layout.pages)}
    for at, page in enumerate(layout.pages):
        for anchor in reversed(page.anchors):
            if places.get(anchor.key, (at, 0.0))[0] >= at:
                places[anchor.key] = (at, top - anchor.y)
    return Destinations(_with_neighbours(places, index), index.anchors, top)


def _with_neighbours(
    places: Mapping[int, tuple[int, float]], index: Index
) -> Mapping[int, tuple[int, float]]:
    """Add what has an id and shows nothing: it stands where what follows it begins, for keys go in reading order."""
    missing = [key for key in index.anchors.values() if key not in places]
    if not missing or not places:
        return places
    known = sorted(places)
    return {**places, **{key: places[known[min(bisect_left(known, key), len(known) - 1)]] for key in missing}}


def _explicit(place: tuple[int, float], pages: Sequence[int], top: float) -> str:
    at, height = place
    return f"[{pages[at]} 0 R/XYZ null {number(min(height + _HEADROOM, top))} null]"


def write_names(file: PdfFile, destinations: Destinations, pages: Sequence[int]) -> int | None:
    """Add all ids as named destinations, so that other documents can link into this one."""
    entries = [
        (identifier.encode(), _explicit(destinations.places[key], pages, destinations.top))
        for identifier, key in destinations.names.items()
        if identifier and key in destinations.places
    ]
    return file.add(f"<</Dests {file.add(name_tree(entries))} 0 R>>") if entries else None


_LONG: Final = 1_000
"""Characters of an address or a description above which it is not repeated in each annotation."""


def write_links(
    file: PdfFile, painted: Painted, destinations: Destinations, pages: Sequence[int]
) -> tuple[Clickable, ...]:
    """Add the annotations of all links, each with its key in the parent tree, after those of the pages."""
    made: list[Clickable] = []
    shared: dict[str, str] = {}
    for link in (each for page in painted.pages for each in page.links):
        aim = _aim(link.area.target, destinations)
        if aim is None:
            continue
        if len(aim) > _LONG and aim.startswith("/A<<"):
            # An address may go over a thousand lines, each with an annotation of its own.
            if aim not in shared:
                shared[aim] = f"/A {file.add(aim.removeprefix('/A'))} 0 R"
            aim = shared[aim]
        key = len(pages) + len(made)
        number_of_it = file.add(_annotation(link, aim, key, pages))
        made.append(Clickable(link.element, link.page, number_of_it, key))
    return tuple(made)


def _aim(target: str, destinations: Destinations) -> str | None:
    if target.startswith("#"):
        found = destinations.find(target)
        return None if found is None else f"/Dest{byte_string(target[1:].encode())}"
    address = _NOT_IN_URI.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), target
    )
    return f"/A<</S/URI/URI{text_string(address)}>>" if address else None


def _annotation(link: PaintedLink, aim: str, key: int, pages: Sequence[int]) -> str:
    # F 4: it is printed, and not hidden (ISO 19005-2, 6.3.2).
    box = " ".join(map(number, link.box))
    said = text_string((cleaned(link.area.description) or cleaned(link.area.target))[:_LONG])
    return (
        f"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/F 4/P {pages[link.page]} 0 R"
        f"/StructParent {key}/Contents{said}{aim}>>"
    )


# Outline -----------------------------------------------------------------------------------------------------------


class _Item(msgspec.Struct):
    """An outline item in the making."""

    number: int
    heading: Heading
    children: list[_Item] = []


def write_outline(
    file: PdfFile, headings: Sequence[Heading], destinations: Destinations, pages: Sequence[int]
) -> int | None:
    """Add the headings as a nested outline, with their numbers; the first level is open."""
    root = _Item(file.add(), Heading(key=0, id="", level=0, number="", title=()))
    path = [root]
    for heading in headings:
        if heading.key not in destinations.places or not _title(heading):
            continue
        while len(path) > 1 and path[-1].heading.level >= heading.level:
            path.pop()
        item = _Item(file.add(), heading)
        path[-1].children.append(item)
        path.append(item)
    if not root.children:
        file.fill(root.number, "<</Type/Outlines/Count 0>>")
        return None
    todo = [root]
    while todo:
        parent = todo.pop()
        for at, item in enumerate(parent.children):
            place = _explicit(destinations.places[item.heading.key], pages, destinations.top)
            entries = [f"<</Title{text_string(_title(item.heading))}/Parent {parent.number} 0 R/Dest{place}"]
            if at:
                entries.append(f"/Prev {parent.children[at - 1].number} 0 R")
            if at + 1 < len(parent.children):
                entries.append(f"/Next {parent.children[at + 1].number} 0 R")
            if item.children:
                entries.append(f"{_ends(item)}/Count -{len(item.children)}")
            file.fill(item.number, "".join((*entries, ">>")))
            todo.append(item)
    file.fill(root.number, f"<</Type/Outlines{_ends(root)}/Count {len(root.children)}>>")
    return root.number


def _ends(item: _Item) -> str:
    first, last = item.children[0].number, item.children[-1].number
    return f"/First {reference(first)}/Last {reference(last)}"


def _title(heading: Heading) -> str:
    return cleaned(f"{heading.number} {plain_text(heading.title)}")


# Page labels -------------------------------------------------------------------------------------------------------


def page_labels(labels: Sequence[str]) -> str:
    """Return the number tree of page labels: runs of arabic or roman numbers, others as they are."""
    ranges: list[str] = []
    expected = ("", 0)
    for at, label in enumerate(labels):
        style, value = _reading(label)
        if (style, value) != expected or not style:
            if style:
                ranges.append(f"{at}<</S/{style}/St {value}>>")
            else:
                ranges.append(f"{at}<</P{text_string(cleaned(label))}>>")
        expected = (style, value + 1)
    return f"<</Nums[{' '.join(ranges)}]>>"


def _reading(label: str) -> tuple[str, int]:
    """Return the numbering style (D, r, R) and value of a folio; ("", 0) where it is no number."""
    if _ARABIC.fullmatch(label):
        return "D", int(label)
    for style, text in (("r", label), ("R", label.swapcase() if label.isupper() else "")):
        value = _roman_value(text)
        if value:
            return style, value
    return "", 0


def _roman_value(text: str) -> int:
    """Return what a roman number in lower case means, 0 where the text is none."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    if not text or any(each not in values for each in text):
        return 0
    numbers = [values[each] for each in text]
    total = sum(
        -one if following > one else one for one, following in zip(numbers, [*numbers[1:], 0], strict=True)
    )
    return total if _roman(total) == text else 0


def _roman(value: int) -> str:
    steps = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    written = ""
    for step, letters in steps:
        written += letters * (value // step)
        value %= step
    return written
