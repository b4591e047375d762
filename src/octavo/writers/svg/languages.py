"""A drawing that speaks several languages, made to speak the document's (SVG 2, 5.7: conditional processing).

What shows the editions would ask its own reader's language, or none; then no two of them would show the same words.
"""

from __future__ import annotations

from typing import Any, Final

from octavo.writers.svg.clean import remove

_TEST: Final = "systemLanguage"


def in_language(data: bytes, language: str) -> bytes:
    """Return an SVG file with what is for a language, or for any, and without what is for others."""
    from lxml import etree

    try:
        # No entity is resolved, nothing is fetched: an image may come from anybody.
        root = etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        )
    except etree.XMLSyntaxError:
        return data
    for element in list(root.iter("*")):
        if etree.QName(element).localname == "switch":
            _choose(element, language)
    for element in list(root.iter("*")):
        if not _is_for(element, language):
            remove(element)
        element.attrib.pop(_TEST, None)
    return bytes(etree.tostring(root.getroottree(), encoding="utf-8"))


def _choose(switch: Any, language: str) -> None:
    """Leave the first child that is for a language, with those before it that need more than that to be shown."""
    from lxml import etree

    if not any(each.get(_TEST) is not None for each in switch.iterchildren("*")):
        return
    chosen = False
    for child in list(switch.iterchildren("*")):
        if chosen or not _is_for(child, language):
            remove(child)
        elif child.get("requiredExtensions") is None and etree.QName(child).localname != "foreignObject":
            chosen = True


def _is_for(element: Any, language: str) -> bool:
    """Say whether one of an element's languages is a language, or one that this is a kind of (en: en-GB)."""
    wanted = element.get(_TEST)
    if wanted is None:
        return True
    spoken = f"{language.lower()}-"
    return any(spoken.startswith(f"{each}-") for each in wanted.lower().replace(",", " ").split())
