"""The rules for blocks: one for each type. What a thing is called in XHTML comes from the semantics table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from octavo.transforms.highlight import cut
from octavo.tree import nodes
from octavo.tree.nodes import GroupRole, SectionRole
from octavo.tree.semantics import MEANINGS, MarkKey, Meaning, StyleKey, meaning_of
from octavo.tree.walk import plain_text
from octavo.typeset.initials import initial_of
from octavo.writers.epub.contents import write_contents
from octavo.writers.epub.figures import write_caption, write_figure
from octavo.writers.epub.lists import write_bibliography, write_definitions, write_list
from octavo.writers.epub.markup import attribute, escape, quoted
from octavo.writers.epub.notes import write_notes
from octavo.writers.epub.scribe import Scribe, initial_class
from octavo.writers.epub.tables import write_table

GROUP_TERMS: Final[Mapping[GroupRole, str]] = MappingProxyType(
    {
        GroupRole.ABSTRACT: "abstract",
        GroupRole.KEY_POINTS: "key_points",
        GroupRole.RECOMMENDATIONS: "recommendations",
        GroupRole.AUTHOR_NOTE: "about_the_author",
        GroupRole.NOTICE: "notice",
        GroupRole.CASE: "case",
    }
)
_BARE: Final = frozenset(
    {
        StyleKey.LIST_ITEM,
        StyleKey.DEFINITION,
        StyleKey.TABLE_CELL,
        StyleKey.TABLE_HEAD,
        StyleKey.FOOTNOTE,
    }
)
"""Styles whose box the item, the cell or the note has already: a paragraph in it has the text's properties only."""


def roles(meaning: Meaning) -> str:
    """Return the attributes that say what an element is."""
    return attribute("epub:type", meaning.epub_type) + attribute("role", meaning.role)


def write_section(scribe: Scribe, section: nodes.Section) -> None:
    """A section with its heading; sections nest."""
    meaning = meaning_of(section)
    scribe.level += 1
    referring = scribe.within_references
    scribe.within_references = referring or section.role is SectionRole.REFERENCES
    said = roles(meaning)
    if not said and section.title and scribe.level == 1 and scribe.plan.divided:
        # In a book, a section at the top that is nothing else is a chapter.
        said = attribute("epub:type", "chapter") + attribute("role", "doc-chapter")
    scribe.out.append(f"<section{said}{scribe.common(section)}>\n")
    if section.title:
        write_heading(scribe, section)
        use = scribe.style_use(section, StyleKey.HEADING_1)
        deep = scribe.styles.of(use.style, use.within).drop_initial
        if deep > 1 and initial_of(section):
            scribe.opening = (section.content[0].key, deep)
    scribe.blocks(section.content)
    scribe.out.append("</section>\n")
    scribe.within_references = referring
    scribe.level -= 1


def write_heading(scribe: Scribe, section: nodes.Section) -> None:
    """A heading, its number before the title."""
    element = scribe.heading_element()
    use = scribe.style_use(section, StyleKey.HEADING_1)
    number = scribe.index.numbers.get(section.key, "")
    before = ""
    known = scribe.use(element, use.style, use.within)
    if number:
        scribe.say(known[1], (MarkKey.HEADING_NUMBER,), number)
        before = f'<span class="{MarkKey.HEADING_NUMBER}">{escape(number)} </span>'
    depth = scribe.level + scribe.shift
    deeper = f' aria-level="{depth}"' if depth > 6 else ""
    if not number and not plain_text(section.title).strip():
        element, deeper = "p", ""
        known = scribe.use(element, use.style, use.within)
    scribe.marks_between(section.key)
    scribe.text(section.title, known, key=section.key, attributes=deeper, around=(before, ""))


def write_paragraph(scribe: Scribe, paragraph: nodes.Paragraph, label: str = "") -> None:
    """A paragraph, with a group's title at its beginning where that runs in."""
    use = scribe.style_use(paragraph)
    kind = "bare" if use.style in _BARE else "text"
    known = scribe.use("p", use.style, use.within, kind)
    if len(paragraph.content) == 1 and isinstance(paragraph.content[0], nodes.Image):
        known = (f'{known[0][:-1]} picture"', known[1])
    opening, deep = scribe.opening
    if paragraph.key and paragraph.key == opening:
        known = (f'{known[0][:-1]} {initial_class(deep)}"', known[1])
    attributes, around = scribe.common(paragraph), (label, "")
    if label and paragraph.language:
        # The label is in the language of its group, which the paragraph's must not reach.
        attributes, around = "", (f"{label}<span{attributes}>", "</span>")
    scribe.text(paragraph.content, known, key=paragraph.key, attributes=attributes, around=around)


def write_group(scribe: Scribe, group: nodes.Group) -> None:
    """A group: its title above, run into its first paragraph, or as its name only."""
    meaning = meaning_of(group)
    use = scribe.style_use(group, StyleKey.GROUP)
    style = scribe.styles.of(use.style, use.within)
    title = group.title
    name = plain_text(title).replace("\n", " ").strip()
    if style.label == "none" and name and name == _own_title(scribe, group):
        title = ()
    labelled, named, run_in = "", "", ""
    told = _told_apart(scribe, name) if name and meaning.element != "div" else ""
    if title and name:
        identifier, named = scribe.named(group, "title")
        labelled = f' aria-labelledby="{quoted(identifier)}"' if told == name else ""
    if told and not labelled:
        labelled = attribute("aria-label", told)
    attributes = f"{scribe.class_of(meaning.element, group, StyleKey.GROUP)}{roles(meaning)}{labelled}"
    scribe.out.append(f"<{meaning.element}{attributes}{scribe.common(group)}>\n")
    if title and style.label == "run-in" and group.content and isinstance(group.content[0], nodes.Paragraph):
        run_in = _run_in(scribe, group, title, named, name)
    elif title:
        known = scribe.use("p", StyleKey.GROUP_TITLE, use.style)
        scribe.text(title, known, key=group.key, attributes=named)
    if run_in:
        first = group.content[0]
        assert isinstance(first, nodes.Paragraph)
        write_paragraph(scribe, first, run_in)
        scribe.blocks(group.content[1:])
    else:
        scribe.blocks(group.content)
    scribe.out.append(f"</{meaning.element}>\n")


def _told_apart(scribe: Scribe, name: str) -> str:
    """Return the name of a group as a landmark: with a number where another in its file has the same (WAI-ARIA 1.2,
    5.3.4; axe's rule `landmark-unique`)."""
    place = scribe.chunk.name, name
    count = scribe.landmarks[place] = scribe.landmarks.get(place, 0) + 1
    return name if count == 1 else f"{name} ({count})"


def _own_title(scribe: Scribe, group: nodes.Group) -> str:
    """Return what octavo calls a group that has no title of its own."""
    term = GROUP_TERMS.get(group.role, "")
    return str(getattr(scribe.index.terms, term)) if term else ""


def _run_in(
    scribe: Scribe, group: nodes.Group, title: tuple[nodes.Inline, ...], named: str, name: str
) -> str:
    """Return a title as it runs into a paragraph: with a full stop, unless it ends in a mark of its own."""
    use = scribe.style_use(group.content[0])
    known = scribe.use("p", use.style, use.within)[1]
    scribe.leaf, scribe.chain = known, (MarkKey.GROUP_LABEL,)
    stop = "" if name[-1] in ".:?!…。：？！" else "."
    markup = scribe.inlines(title)
    scribe.say(known, scribe.chain, f"{markup}.")
    return f'<b class="{MarkKey.GROUP_LABEL}"{named}>{markup}{stop}</b> '


def write_quote(scribe: Scribe, quote: nodes.Quote) -> None:
    """A quotation; who said it stands outside of it, in a caption (HTML, 4.4.4)."""
    common = scribe.common(quote)
    if not quote.attribution:
        scribe.out.append(f"<blockquote{scribe.class_of('blockquote', quote, StyleKey.QUOTE)}{common}>\n")
        scribe.blocks(quote.content)
        scribe.out.append("</blockquote>\n")
        return
    scribe.out.append(f"<figure{scribe.class_of('figure', quote, StyleKey.QUOTE)}{common}>\n<blockquote>\n")
    scribe.blocks(quote.content)
    scribe.out.append("</blockquote>\n")
    known = scribe.use("figcaption", StyleKey.ATTRIBUTION, StyleKey.QUOTE)
    scribe.text(quote.attribution, known, around=(scribe.marks_below(quote.key), ""))
    scribe.out.append("</figure>\n")


def write_pull_quote(scribe: Scribe, quote: nodes.PullQuote) -> None:
    """Words lifted from the text."""
    meaning = MEANINGS[nodes.PullQuote]
    use = scribe.style_use(quote, StyleKey.PULL_QUOTE)
    box = scribe.use(meaning.element, use.style, use.within, "box")[0]
    scribe.out.append(f"<{meaning.element}{box}{roles(meaning)}{scribe.common(quote)}>\n")
    scribe.text(quote.content, scribe.use("p", use.style, use.within, "bare"), key=quote.key)
    if quote.attribution:
        known = scribe.use("p", StyleKey.ATTRIBUTION, StyleKey.PULL_QUOTE)
        scribe.text(quote.attribution, known, around=(scribe.marks_below(quote.key), ""))
    scribe.out.append(f"</{meaning.element}>\n")


def write_code_block(scribe: Scribe, code: nodes.CodeBlock) -> None:
    """Lines of code, with their caption above."""
    use = scribe.style_use(code, StyleKey.CODE_BLOCK)
    known = scribe.use("pre", use.style, use.within)
    common = scribe.common(code)
    if code.caption is not None:
        scribe.out.append(f'<figure class="code"{common}>\n')
        write_caption(scribe, code.key, code.caption, (), use.within or use.style)
        common = ""
    content = tuple(
        nodes.Span(content=(nodes.Text(text=each.text),), style=each.mark)
        if each.mark
        else nodes.Text(text=each.text)
        for each in cut(code.text, scribe.index.highlights.get(code.key, ()))
    )
    language = attribute("class", f"language-{code.code_language}") if code.code_language.isalnum() else ""
    scribe.text(
        content,
        known,
        key=code.key,
        attributes=scribe.rightwards(common),
        around=(f"<code{language}>", "</code>"),
    )
    if code.caption is not None:
        scribe.out.append("</figure>\n")


def write_formula(scribe: Scribe, formula: nodes.Formula) -> None:
    """A displayed formula with its number, in a paragraph whose alignment it takes; none that only defines."""
    tree = scribe.index.formulas.get(formula.key)
    if tree is not None and tree.defines:
        return
    use = scribe.style_use(formula, StyleKey.FORMULA)
    number = scribe.index.numbers.get(formula.key, "")
    after = f' <span class="formula-number">({escape(number)})</span>' if number else ""
    scribe.text(
        (nodes.Math(text=formula.text.strip(), key=formula.key),),
        scribe.use("p", use.style, use.within),
        key=formula.key,
        attributes=scribe.common(formula),
        around=("", after),
    )


def write_divider(scribe: Scribe, divider: nodes.Divider) -> None:
    """A change of theme between paragraphs."""
    use = scribe.style_use(divider, StyleKey.DIVIDER)
    known = scribe.use("hr", use.style, use.within)
    scribe.marks_between(divider.key)
    scribe.out.append(f"<hr{known[0]}{scribe.common(divider)}/>\n")


def write_page_break(scribe: Scribe, node: nodes.PageBreak) -> None:
    """A page break that the author asks for."""
    scribe.out.append(f'<div class="page-break"{scribe.common(node)}></div>\n')


BLOCK_RULES: Final[Mapping[type, Callable[[Scribe, Any], None]]] = MappingProxyType(
    {
        nodes.Section: write_section,
        nodes.Paragraph: write_paragraph,
        nodes.Group: write_group,
        nodes.Quote: write_quote,
        nodes.PullQuote: write_pull_quote,
        nodes.List: write_list,
        nodes.Definitions: write_definitions,
        nodes.Figure: write_figure,
        nodes.Table: write_table,
        nodes.CodeBlock: write_code_block,
        nodes.Formula: write_formula,
        nodes.Divider: write_divider,
        nodes.Bibliography: write_bibliography,
        nodes.Notes: write_notes,
        nodes.Contents: write_contents,
        nodes.PageBreak: write_page_break,
    }
)
