"""Lists, definitions and bibliographies."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from octavo.tree import nodes
from octavo.tree.nodes import ListMarker
from octavo.tree.semantics import MEANINGS, MarkKey, StyleKey
from octavo.writers.epub.css_values import marker
from octavo.writers.epub.markup import attribute, escape
from octavo.writers.epub.scribe import Scribe

TASK_OPEN: Final = "☐"
TASK_DONE: Final = "☑"
TYPES: Final[Mapping[ListMarker, str]] = MappingProxyType(
    {
        ListMarker.DECIMAL: "",
        ListMarker.LOWER_ALPHA: "a",
        ListMarker.UPPER_ALPHA: "A",
        ListMarker.LOWER_ROMAN: "i",
        ListMarker.UPPER_ROMAN: "I",
    }
)
_EM_OF_FIGURE: Final = 0.56
_ROOM_AFTER_NUMBER: Final = 0.7


def write_list(scribe: Scribe, node: nodes.List) -> None:
    """A list, ordered or not; what hangs before its items is the style's."""
    if not node.items:
        scribe.anchor(node)
        return
    element = "ol" if node.ordered else "ul"
    attributes = scribe.class_of(element, node, StyleKey.LIST) + scribe.common(node)
    if node.ordered:
        attributes += attribute("type", TYPES[scribe.index.marker_of(node)])
        attributes += f' start="{node.start}"' if node.start != 1 else ""
        attributes += _wide(scribe, node)
    scribe.out.append(f"<{element}{attributes}>\n")
    for item in node.items:
        _write_item(scribe, item, "ol" if node.ordered else "ul")
    scribe.out.append(f"</{element}>\n")


def _write_item(scribe: Scribe, item: nodes.ListItem, parent: str) -> None:
    use = scribe.style_use(item, StyleKey.LIST_ITEM)
    class_attribute, taken = scribe.use("li", use.style, use.within, "box")
    if parent == "ul":
        style = scribe.styles.of(use.style, use.within)
        scribe.say(taken, (MarkKey.LIST_MARKER,), marker(style, mirrored=scribe.leftwards))
    task = ""
    if item.checked is not None:
        class_attribute = class_attribute[:-1] + ' task"'
        task = f'<span class="{MarkKey.LIST_MARKER}">{TASK_DONE if item.checked else TASK_OPEN}</span> '
    scribe.out.append(f"<li{class_attribute}{scribe.common(item)}>")
    content = item.content
    if task:
        first = content[0] if content else None
        if isinstance(first, nodes.Paragraph):
            known = scribe.use("p", use.style, use.within, "bare")
            scribe.text(
                first.content, known, key=first.key, attributes=scribe.common(first), around=(task, "")
            )
            content = content[1:]
        else:
            scribe.out.append(task)
    scribe.blocks(content)
    scribe.out.append("</li>\n")


def _wide(scribe: Scribe, node: nodes.List) -> str:
    """Return the padding for numbers that take more room than the style leaves."""
    last = node.start + len(node.items) - 1
    figures = max(len(str(node.start)), len(str(last)))
    if scribe.index.marker_of(node) in (ListMarker.LOWER_ROMAN, ListMarker.UPPER_ROMAN):
        figures = max(figures, 4 if last > 7 else 3)
    use = scribe.style_use(node.items[0], StyleKey.LIST_ITEM) if node.items else scribe.style_use(node)
    style = scribe.styles.of(use.style, use.within)
    room = style.marker_indent / style.size
    need = figures * _EM_OF_FIGURE + _ROOM_AFTER_NUMBER
    return f' style="padding-left: {need - room:.2f}em"' if need > room + 0.02 else ""


def write_definitions(scribe: Scribe, node: nodes.Definitions) -> None:
    """Terms, each with its definitions below."""
    if not node.entries:
        scribe.anchor(node)
        return
    use = scribe.style_use(node, StyleKey.DEFINITION)
    scribe.out.append(f'<dl class="definitions"{scribe.common(node)}>\n')
    for entry in node.entries:
        common = scribe.common(entry)
        for term in entry.terms or ((),):
            scribe.text(term, scribe.use("dt", StyleKey.TERM, use.within), key=entry.key, attributes=common)
            common = ""
        for blocks in entry.content or ((),):
            scribe.out.append(f"<dd{scribe.class_of('dd', entry, StyleKey.DEFINITION)}>")
            scribe.blocks(blocks)
            scribe.out.append("</dd>\n")
    scribe.out.append("</dl>\n")


def write_bibliography(scribe: Scribe, node: nodes.Bibliography) -> None:
    """The list of works cited; a section of references says already what it is."""
    if not node.entries:
        scribe.anchor(node)
        return
    meaning = MEANINGS[nodes.Bibliography]
    wrapped = not scribe.within_references
    if wrapped:
        scribe.out.append(
            f'<section epub:type="{meaning.epub_type}" role="{meaning.role}"{scribe.common(node)}>\n'
            '<ul class="works">\n'
        )
    else:
        scribe.out.append(f'<ul class="works"{scribe.common(node)}>\n')
    for entry in node.entries:
        use = scribe.style_use(entry, StyleKey.BIBLIOGRAPHY_ENTRY)
        label = f'<span class="entry-label">[{escape(entry.label)}]</span> ' if entry.label else ""
        known = scribe.use("li", use.style, use.within)
        scribe.text(entry.content, known, key=entry.key, attributes=scribe.common(entry), around=(label, ""))
    scribe.out.append("</ul>\n</section>\n" if wrapped else "</ul>\n")
