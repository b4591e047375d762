"""SVG made fit for an e-book: no scripts, nothing fetched from outside, no document type, no editor's own data.

Sources: SVG 2, chapters 2 (processing modes) and 15 (scripting); EPUB 3.3, 6.2.
"""

from __future__ import annotations

import re
from typing import Any, Final

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"
_KEPT_NAMESPACES: Final = frozenset({SVG, XLINK, XML, ""})
_SCRIPTED: Final = frozenset(
    {"script", "foreignObject", "handler", "listener", "iframe", "audio", "video", "canvas"}
)
_DROPPED: Final = frozenset({"metadata"})
_OUTSIDE: Final = re.compile(
    r"@import|image-set\(|(?:url|src)\(\s*+['\"]?+\s*+(?!#|data:(?:image|font)/)", re.IGNORECASE
)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
"""A character as CSS may write it (CSS Syntax Module Level 3, 4.3.7)."""
DEEPEST: Final = 60
"""Groups within groups; the renderer of pixels goes down them by recursion, and has no net."""
_LINK: Final = re.compile(r"\s*(?:https?|mailto|#)", re.IGNORECASE)
_INSIDE: Final = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)


def clean_svg(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the file without what an e-book may not hold, and the names of what was taken out.

    The file is empty where it cannot be read as SVG at all.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
        if root.tag == "svg":
            root = etree.fromstring(
                re.sub(rb"<svg\b", b'<svg xmlns="' + SVG.encode() + b'"', data, count=1), parser
            )
    except etree.XMLSyntaxError:
        return b"", ("faults that keep it from being read",)
    if root.tag != f"{{{SVG}}}svg":
        return b"", ("no SVG",)
    lost: dict[str, None] = {}
    for element in list(root.iter()):
        _clean_element(element, root, lost, etree)
    if _cut_depth(root):
        lost.setdefault("groups nested too deeply")
    if b"url(" in data or b"use" in data:
        from octavo.writers.svg.weight import tame_references

        if tame_references(root):
            lost.setdefault("references that stand for more shapes than can be shown")
    etree.cleanup_namespaces(root)
    clean: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return clean, tuple(lost)


def _cut_depth(root: Any) -> bool:
    """Take away what stands deeper than a renderer can go; say whether there was anything."""
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
    for each in level:
        each.getparent().remove(each)
    return bool(level)


def _clean_element(element: Any, root: Any, lost: dict[str, None], etree: Any) -> None:
    if not isinstance(element.tag, str):
        remove(element)
        lost.setdefault("entities")
        return
    name = etree.QName(element)
    if name.localname in _SCRIPTED and element is not root:
        if not _has_alternative(element):
            lost.setdefault("scripts" if name.localname != "foreignObject" else "foreign objects")
        remove(element)
        return
    if element.get("attributeName", "").rpartition(":")[2].lower() == "href":
        # An animation may turn a link into a script after all is cleaned.
        remove(element)
        lost.setdefault("scripts")
        return
    if (name.namespace or "") not in _KEPT_NAMESPACES or name.localname in _DROPPED:
        remove(element)
        return
    if name.localname == "style" and _reaches_out(element.text or ""):
        remove(element)
        lost.setdefault("references to other files")
        return
    for key, value in list(element.attrib.items()):
        space, local = _parted(key)
        fault = _fault_of(space, local, value)
        if fault is not None:
            del element.attrib[key]
            # A picture's links lead nowhere in an edition, and nothing of the picture is lost with them.
            if fault and not (name.localname == "a" and local == "href" and _LINK.match(value)):
                lost.setdefault(fault)


def _has_alternative(element: Any) -> bool:
    """Say whether a drawing brings something else to show for those that cannot show a foreign object."""
    parent = element.getparent()
    return (
        parent.tag == f"{{{SVG}}}switch"
        and element.tag == f"{{{SVG}}}foreignObject"
        and any(each is not element and isinstance(each.tag, str) for each in parent)
    )


def _parted(key: str) -> tuple[str, str]:
    """Part an attribute's name into namespace and local name; a name may be none that XML allows."""
    space, _, local = key.rpartition("}")
    return space.removeprefix("{"), local


def _fault_of(space: str, name: str, value: str) -> str | None:
    """Return why an attribute goes; empty for an editor's own, None where it stays."""
    if space not in _KEPT_NAMESPACES or ":" in name:
        return ""
    if name.lower().startswith("on"):
        return "scripts"
    if name == "href" and not _INSIDE.match(value):
        return "references to other files"
    if space == XML and name == "base":
        return "references to other files"
    if _reaches_out(value):
        return "references to other files"
    return None


def _reaches_out(text: str) -> bool:
    """Say whether style asks for what lies outside of the file."""
    plain = _ESCAPE.sub(_unescaped, text) if "\\" in text else text
    return _OUTSIDE.search(plain) is not None


def _unescaped(found: re.Match[str]) -> str:
    code = int(found.group(1), 16) if found.group(1) else 0
    return chr(code) if 0 < code < 0x110000 else found.group(2) or "\ufffd"


def remove(element: Any) -> None:
    """Take an element out and keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
