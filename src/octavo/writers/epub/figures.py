"""Figures and captions."""

from __future__ import annotations

from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.writers.epub.markup import escape
from octavo.writers.epub.scribe import Scribe


def write_figure(scribe: Scribe, figure: nodes.Figure) -> None:
    """Something shown, with its caption and credit below."""
    scribe.out.append(
        f"<figure{scribe.class_of('figure', figure, StyleKey.FIGURE)}{scribe.common(figure)}>\n"
    )
    label, scribe.label = scribe.label, scribe.index.labels.get(figure.key, "")
    scribe.blocks(figure.content)
    scribe.label = label
    use = scribe.style_use(figure, StyleKey.FIGURE)
    around = use.within or use.style
    write_caption(scribe, figure.key, figure.caption, figure.credit, around)
    scribe.out.append("</figure>\n")


def label_markup(scribe: Scribe, key: int) -> str:
    """Return the label before a caption, as "Figure 1"; empty where the thing has no number."""
    label = scribe.index.labels.get(key, "")
    return f'<span class="{MarkKey.CAPTION_LABEL}">{escape(label)}</span> ' if label else ""


def write_caption(
    scribe: Scribe,
    key: int,
    caption: nodes.Caption | None,
    credit: tuple[nodes.Inline, ...],
    within: str,
    element: str = "figcaption",
) -> None:
    """A caption with its label, and a credit under it, within a container."""
    label = label_markup(scribe, key)
    if caption is None and not credit and not label:
        return
    common = scribe.common(caption) if caption else ""
    content = caption.content if caption else ()
    number = caption.key if caption else key
    if not credit:
        known = scribe.use(element, StyleKey.CAPTION, within)
        scribe.say(known[1], (MarkKey.CAPTION_LABEL,), label)
        scribe.text(content, known, key=number, attributes=common, around=(label, ""))
        return
    scribe.out.append(f"<{element}>\n")
    if content or label:
        known = scribe.use("p", StyleKey.CAPTION, within)
        scribe.say(known[1], (MarkKey.CAPTION_LABEL,), label)
        scribe.text(content, known, key=number, attributes=common, around=(label, ""))
    known = scribe.use("p", StyleKey.CREDIT, within)
    scribe.text(credit, known, around=(scribe.marks_below(key), ""))
    scribe.out.append(f"</{element}>\n")
