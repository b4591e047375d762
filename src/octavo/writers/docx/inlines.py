"""From inlines to runs: one small rule for each kind of inline, in a table that is complete."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from octavo.diagnostics import Severity
from octavo.tree import nodes
from octavo.tree.nodes import ReferenceForm
from octavo.tree.semantics import MEANINGS, MarkKey, StyleKey
from octavo.tree.walk import plain_text, walk
from octavo.writers.docx.bookmarks import bookmark
from octavo.writers.docx.fields import field
from octavo.writers.docx.formulas import formula_runs
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.job import Job
from octavo.writers.docx.media import draw
from octavo.writers.docx.notes import add_note, note_mark
from octavo.writers.docx.place import Place
from octavo.writers.docx.story import HYPERLINK
from octavo.writers.docx.xml import attribute

InlineRule = Callable[[Any, Ink, Place, Job], str]

LONGEST_TARGET: Final = 2079
"""Word calls a file damaged that holds a longer address."""
_URL_SAFE: Final = "%/:=&?~#+!$,;'@()*[]"
_HOST_NEEDED: Final = ("http", "https", "ftp")


def write_inlines(content: Sequence[nodes.Inline], ink: Ink, place: Place, job: Job) -> str:
    """Return inlines as runs."""
    return "".join([RULES[type(each)](each, ink, place, job) for each in content])


def _anchored(node: nodes.Inline, runs: str, ink: Ink) -> str:
    """Return runs within the bookmark of a node that can be a target."""
    if not node.id or not node.key or ink.silent:
        return runs
    start, end = bookmark(node.key)
    return f"{start}{runs}{end}"


def _text(node: nodes.Text, ink: Ink, _place: Place, job: Job) -> str:
    job.check_characters(node.text, node.position)
    return job.well.text(node.text, ink.within("", node.language) if node.language else ink)


def _marked(node: Any, ink: Ink, place: Place, job: Job) -> str:
    inner = ink.within(MEANINGS[type(node)].style, node.language)
    return _anchored(node, write_inlines(node.content, inner, place, job), ink)


def _code(node: nodes.Code, ink: Ink, _place: Place, job: Job) -> str:
    text = nodes.Text(text=node.text or " ", position=node.position)
    return _anchored(node, _text(text, ink.within(MarkKey.CODE, node.language), _place, job), ink)


def _math(node: nodes.Math, ink: Ink, _place: Place, job: Job) -> str:
    return _anchored(node, formula_runs(node.key, node.text, ink, job), ink)


def _link(node: nodes.Link, ink: Ink, place: Place, job: Job) -> str:
    if ink.linked or ink.silent:
        return _anchored(node, write_inlines(node.content, ink, place, job), ink)
    attributes = _link_attributes(node, place, job)
    if not attributes:
        return _anchored(node, write_inlines(node.content, ink.within("", node.language), place, job), ink)
    inner = ink.within(MarkKey.LINK, node.language)
    inner = Ink(inner.style, inner.marks, inner.language, True, False, inner.italic)
    runs = write_inlines(node.content, inner, place, job)
    if not runs:
        return _anchored(node, "", ink)
    tip = f' w:tooltip="{attribute(node.title[:255])}"' if node.title else ""
    return _anchored(node, f'<w:hyperlink {attributes}{tip} w:history="1">{runs}</w:hyperlink>', ink)


def _link_attributes(node: nodes.Link, place: Place, job: Job) -> str:
    if node.target.startswith("#"):
        key = job.index.anchors.get(node.target[1:])
        return f'w:anchor="_oct{key}"' if key else ""
    target = job.targets.get(node.target)
    if target is None:
        target = job.targets[node.target] = clean_target(node.target)
    if not target:
        job.say(
            "link-not-written",
            f"`{node.target[:80]}` is no address that Word accepts; its text stands without a link",
            node.position,
            "check the spelling of the address",
        )
        return ""
    return f'r:id="{place.relationships.add(HYPERLINK, target, external=True)}"'


def clean_target(target: str) -> str:
    """Return an address as a relationship may hold it (RFC 3986), empty where it is none."""
    text = re.sub(r"\s", "%20", target.strip())
    text = urllib.parse.quote(text, safe=_URL_SAFE)
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    try:
        parts = urllib.parse.urlsplit(text)
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme in _HOST_NEEDED and (
        not parts.hostname or not re.fullmatch(r"[\w.%:~-]+", parts.hostname)
    ):
        return ""
    if "[" in parts.path or "]" in parts.path or "[" in parts.query:
        text = text.replace("[", "%5B").replace("]", "%5D")
    if text.count("#") > 1:
        head, _, tail = text.partition("#")
        text = f"{head}#{tail.replace('#', '%23')}"
    return text if 0 < len(text) <= LONGEST_TARGET and text not in ("mailto:", "http:", "https:") else ""


def _cross_reference(node: nodes.CrossReference, ink: Ink, _place: Place, job: Job) -> str:
    """A reference is the field that Word would make: to a caption's label, a heading's number or text, a page."""
    inner = ink.within(MarkKey.LINK, node.language)
    key = job.index.anchors.get(node.target)
    if key is None or ink.linked or ink.silent:
        return _anchored(node, job.well.text(node.text, ink), ink)
    return _anchored(node, _reference(node, key, inner, job), ink)


def _reference(node: nodes.CrossReference, key: int, ink: Ink, job: Job) -> str:
    well, properties = job.well, job.well.properties(ink)
    page = job.page_label(key)
    if node.form is ReferenceForm.PAGE and page:
        word = f"{job.index.terms.page}\N{NO-BREAK SPACE}"
        folio = field(f"PAGEREF _oct{key} \\h", well.text(page, ink), properties)
        return _worded(key, word, folio, "", (ink, job))
    number, heading = job.index.numbers.get(key, ""), key in job.counts.headings
    if node.form is not ReferenceForm.TITLE and heading and key in job.counts.counted_headings and number:
        head, _, tail = node.text.rpartition(number)
        result = field(f"REF _oct{key} \\r \\h", well.text(number, ink), properties)
        return _worded(key, head, result, tail, (ink, job))
    numbered = key in job.counts.labelled or (key in job.index.formulas and node.text == f"({number})")
    if node.form is not ReferenceForm.TITLE and numbered:
        return field(f"REF _Ref{key} \\h", well.text(node.text, ink), properties)
    if heading and node.text == plain_text(job.counts.headings[key].title):
        return field(f"REF _oct{key} \\h", well.text(node.text, ink), properties)
    return f'<w:hyperlink w:anchor="_oct{key}" w:history="1">{well.text(node.text, ink)}</w:hyperlink>'


def _worded(key: int, head: str, result: str, tail: str, tools: tuple[Ink, Job]) -> str:
    """Return a field within the words that belong to it as a link: the reader knows by that what is the reference."""
    ink, job = tools
    if not head and not tail:
        return result
    job.around.add(head + tail)
    runs = f"{job.well.text(head, ink)}{result}{job.well.text(tail, ink)}"
    return f'<w:hyperlink w:anchor="_oct{key}" w:history="1">{runs}</w:hyperlink>'


def _citation(node: nodes.Citation, ink: Ink, _place: Place, job: Job) -> str:
    key = job.index.anchors.get(node.targets[0]) if node.targets else None
    if key is None or ink.linked or ink.silent:
        return _anchored(node, job.well.text(node.text, ink), ink)
    runs = job.well.text(node.text, ink.within(MarkKey.LINK, node.language))
    return _anchored(node, f'<w:hyperlink w:anchor="_oct{key}" w:history="1">{runs}</w:hyperlink>', ink)


def _footnote(node: nodes.Footnote, ink: Ink, place: Place, job: Job) -> str:
    if ink.silent:
        return ""
    if place.note:
        job.say(
            "nested-note",
            "Word has no notes within notes; this one stands in brackets",
            node.position,
            "move it to the text",
            Severity.INFO,
        )
        return job.well.text(f" [{_all_text(node)}]", ink)
    inside = note_mark(node, job.catalogue.paragraph(StyleKey.FOOTNOTE), job)
    reference = f"<w:r>{note_mark(node, ink.style, job)}{add_note(node, inside, place, job)}</w:r>"
    start, end = bookmark(node.key)
    return f"{start}{reference}{end}" if node.key else reference


def _all_text(note: nodes.Footnote) -> str:
    """Return the words of a note and of the notes within it."""
    words: list[str] = []
    for node in walk(note):
        if isinstance(node, nodes.Paragraph | nodes.Footnote) and words:
            words.append(" ")
        words.append(getattr(node, "text", ""))
    return " ".join("".join(words).split())


def _image(node: nodes.Image, ink: Ink, place: Place, job: Job) -> str:
    if ink.silent:
        return job.well.text(node.alt, ink)
    drawing = draw(node, place, job)
    shown = f"<w:r>{drawing}</w:r>" if drawing else job.well.text(node.alt, ink)
    return _anchored(node, shown, ink)


def _line_break(_node: nodes.LineBreak, _ink: Ink, _place: Place, _job: Job) -> str:
    return "<w:r><w:br/></w:r>"


def _span(node: nodes.Span, ink: Ink, place: Place, job: Job) -> str:
    mark = node.style if job.catalogue.character(node.style) else ""
    return _anchored(node, write_inlines(node.content, ink.within(mark, node.language), place, job), ink)


RULES: Final[Mapping[type, InlineRule]] = {
    nodes.Text: _text,
    nodes.Emphasis: _marked,
    nodes.Strong: _marked,
    nodes.SmallCaps: _marked,
    nodes.Superscript: _marked,
    nodes.Subscript: _marked,
    nodes.Deleted: _marked,
    nodes.Code: _code,
    nodes.Quoted: _marked,
    nodes.Link: _link,
    nodes.CrossReference: _cross_reference,
    nodes.Citation: _citation,
    nodes.Footnote: _footnote,
    nodes.Image: _image,
    nodes.Math: _math,
    nodes.LineBreak: _line_break,
    nodes.Span: _span,
}
