"""Pictures and text boxes: what a drawing shows, in DrawingML or in the older VML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from octavo.readers.docx.names import DECORATIVE, SVG, WP, A, R, V, W
from octavo.readers.docx.snapshot import digest_of
from octavo.tree import nodes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from octavo.readers.docx.package import Package, Relationship

EMU: Final = 12700
"""English metric units in a point (ECMA-376-1, 20.1.10.16)."""
_NOT_SHOWN: Final = (".emf", ".wmf", ".wdp", ".pict", ".pcx", ".eps")


class Pictures:
    """The image files of a document: `embedded` holds those that are shown, by the name that the tree calls them."""

    def __init__(self, package: Package, known: Mapping[str, tuple[str, ...]]) -> None:
        """`known`: the names that files have by right, by their SHA-256."""
        self._package = package
        self._known = known
        self._names: dict[str, str] = {}
        self.embedded: dict[str, bytes] = {}

    def name_of(self, part: str) -> str:
        """Return the name by which the tree calls a part; empty where it is missing or no edition can show it."""
        if part not in self._names:
            self._names[part] = self._take(part)
        return self._names[part]

    def _take(self, part: str) -> str:
        if not self._package.has(part) or part.lower().endswith(_NOT_SHOWN):
            return ""
        data = self._package.read(part)
        name = self._known.get(digest_of(data), (part.removeprefix("word/"),))[0]
        self.embedded[name] = data
        return name


def is_rule(drawing: Element) -> bool:
    """Say whether a drawing is the horizontal line that Word's own command for one inserts."""
    return drawing.tag == f"{W}pict" and any(
        each.get("{urn:schemas-microsoft-com:office:office}hr") in ("t", "true")
        for each in drawing.iterchildren(f"{V}rect", f"{V}shape")
    )


def find_pictures(drawing: Element) -> list[tuple[str, Element]]:
    """Return (relationship, element) of the pictures in a drawing, outside of its text boxes; in reading order."""
    found: list[tuple[str, Element]] = []
    stack = [drawing]
    while stack:
        element = stack.pop()
        if element.tag == f"{W}txbxContent":
            continue
        if element.tag == f"{A}blip":
            vector = element.find(f".//{{{SVG}}}svgBlip")
            chosen = vector if vector is not None and vector.get(f"{R}embed") else element
            found.append((chosen.get(f"{R}embed") or chosen.get(f"{R}link") or "", element))
        elif element.tag == f"{V}imagedata":
            found.append((element.get(f"{R}id") or element.get(f"{R}pict") or "", element))
        else:
            stack.extend(reversed(element))
    return found


def make_image(
    drawing: Element, picture: Element, relationship: Relationship | None, pictures: Pictures
) -> nodes.Image | None:
    """Return the image that a drawing shows; None where it cannot be shown."""
    if relationship is None:
        return None
    source = relationship.target if relationship.external else pictures.name_of(relationship.target)
    if not source:
        return None
    alt, title, decorative = described(drawing)
    if picture.tag == f"{V}imagedata":
        title = title or ""
        alt = alt or picture.get("{urn:schemas-microsoft-com:office:office}title") or ""
    return nodes.Image(source=source, alt=alt, title=title, decorative=decorative, width=_width(drawing))


def described(drawing: Element) -> tuple[str, str, bool]:
    """Return (alternative text, title, whether it is decorative) of a drawing."""
    about = next(drawing.iter(f"{WP}docPr"), None)
    if about is None:
        shape = next(drawing.iter(f"{V}shape"), None)
        return (
            (shape.get("alt") or "", shape.get("title") or "", False)
            if shape is not None
            else ("", "", False)
        )
    mark = next(about.iter(f"{{{DECORATIVE}}}decorative"), None)
    return about.get("descr") or "", about.get("title") or "", mark is not None and mark.get("val") == "1"


def _width(drawing: Element) -> float:
    extent = next(drawing.iter(f"{WP}extent"), None)
    value = extent.get("cx") or "" if extent is not None else ""
    return round(int(value) / EMU, 2) if value.isdecimal() and 0 < int(value) < 10**9 else 0.0


def own_text(drawing: Element) -> str:
    """Return text that a drawing holds as DrawingML, outside of Word's own text boxes."""
    return "\n".join(
        filter(
            None, ("".join(text.text or "" for text in each.iter(f"{A}t")) for each in drawing.iter(f"{A}p"))
        )
    )
