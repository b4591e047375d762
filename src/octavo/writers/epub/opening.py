"""The head of the first page: the masthead as a block, then title, subtitle and authors."""

from __future__ import annotations

from collections.abc import Sequence

from octavo.theme.running import fields, fill
from octavo.tree import nodes
from octavo.tree.metadata import Author
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.writers.epub.markup import attribute
from octavo.writers.epub.scribe import Scribe


def write_opening(scribe: Scribe) -> None:
    """Write what stands before the text, as far as the metadata go."""
    about = scribe.resolved.document.metadata
    page = scribe.styles.page
    kind = "title-page" if page.title_page else "bare" if page.masthead is None else ""
    before = len(scribe.out)
    scribe.out.append(f"<header{attribute('class', kind)}>\n")
    scribe.marks_between(0)
    start = len(scribe.out)
    _write_masthead(scribe)
    if about.title.strip():
        known = scribe.use("h1", StyleKey.TITLE)
        scribe.text(_text(about.title), known, attributes=' epub:type="title"')
    if about.subtitle.strip():
        known = scribe.use("p", StyleKey.SUBTITLE)
        scribe.text(_text(about.subtitle), known, attributes=' epub:type="subtitle" role="doc-subtitle"')
    names = byline(about.authors)
    if names:
        scribe.text(names, scribe.use("p", StyleKey.BYLINE))
    if page.title_page and page.masthead is None and about.publisher.strip():
        known = scribe.use("p", StyleKey.BYLINE)
        scribe.text(_text(about.publisher), (f'{known[0][:-1]} imprint"', known[1]))
    if len(scribe.out) == start:
        # Nothing but the mark of the first page, which needs no header around it.
        scribe.out[before] = ""
    else:
        scribe.out.append("</header>\n")


def _write_masthead(scribe: Scribe) -> None:
    masthead = scribe.styles.page.masthead
    if masthead is None:
        return
    known = fields(scribe.resolved.document.metadata, scribe.index)
    left = [line for each in masthead.left for line in fill(each, known).split("\n") if line.strip()]
    right = [line for each in masthead.right for line in fill(each, known).split("\n") if line.strip()]
    if not left and not right:
        return
    box = scribe.use("div", StyleKey.MASTHEAD, kind="box")[0]
    scribe.out.append(f'<div{box}>\n<div class="masthead-lines">\n')
    for lines, style in ((left, StyleKey.MASTHEAD), (right, StyleKey.MASTHEAD_SERIES)):
        if lines:
            text = scribe.use("p", style, StyleKey.MASTHEAD, "bare")
            scribe.out.append("<div>")
            for line in lines:
                scribe.text(_text(line), text)
            scribe.out.append("</div>\n")
    scribe.out.append("</div>\n</div>\n")


def _text(text: str) -> tuple[nodes.Inline, ...]:
    return (nodes.Text(text=text),)


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
        content.append(nodes.Strong(content=_text(", ".join(names))))
        if affiliation:
            content.append(nodes.Text(text="\N{EM SPACE}"))
            content.append(nodes.Span(content=_text(affiliation), style=str(MarkKey.AFFILIATION)))
    return tuple(content)
