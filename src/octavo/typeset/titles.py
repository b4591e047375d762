"""The title block at the head of the text: title, subtitle, and who wrote it."""

from __future__ import annotations

from collections.abc import Sequence

from octavo.tree import nodes
from octavo.tree.metadata import Author
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.boxes import FORBIDDEN, Boxes, keep_with_next, replace
from octavo.typeset.frames import Owner
from octavo.typeset.headings import set_title
from octavo.typeset.setting import Place, Setting


def set_title_block(place: Place, setting: Setting) -> Boxes:
    """Set the title block, as far as the metadata go."""
    about = setting.resolved.document.metadata
    parts = (
        (StyleKey.TITLE, "title", _text(about.title)),
        (StyleKey.SUBTITLE, "subtitle", _text(about.subtitle)),
        (StyleKey.BYLINE, "authors", byline(about.authors)),
    )
    boxes: Boxes = []
    for key, field, content in parts:
        made = set_title(content, setting.styles.of(key), place, setting, Owner(0, metadata=field))
        boxes += [replace(box, penalty=FORBIDDEN) for box in made]
    if boxes:
        boxes[0] = replace(boxes[0], penalty=0.0)
    return keep_with_next(boxes)


def _text(text: str) -> tuple[nodes.Inline, ...]:
    return (nodes.Text(text=text),) if text.strip() else ()


def byline(authors: Sequence[Author]) -> tuple[nodes.Inline, ...]:
    """Return names and affiliations: those that share an affiliation stand on one line, before it."""
    houses: dict[str, list[str]] = {}
    for author in authors:
        if author.name.strip():
            houses.setdefault(author.affiliation.strip(), []).append(author.name.strip())
    content: list[nodes.Inline] = []
    for affiliation, names in houses.items():
        if content:
            content.append(nodes.LineBreak())
        content.append(nodes.Strong(content=(nodes.Text(text=", ".join(names)),)))
        if affiliation:
            content.append(nodes.Text(text="\N{EM SPACE}"))
            content.append(
                nodes.Span(content=(nodes.Text(text=affiliation),), style=str(MarkKey.AFFILIATION))
            )
    return tuple(content)
