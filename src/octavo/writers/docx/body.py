"""From blocks to paragraphs: one small rule for each kind of block, in a table that is complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.theme.style import Style
from octavo.transforms.highlight import cut
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.groups import stands_in_columns
from octavo.typeset.matter import run_on_style, runs_on
from octavo.writers.docx.bookmarks import label_bookmark
from octavo.writers.docx.catalogue import WordStyle
from octavo.writers.docx.contents import write_contents
from octavo.writers.docx.figures import write_caption, write_figure
from octavo.writers.docx.form import TabStop
from octavo.writers.docx.formulas import formula_runs
from octavo.writers.docx.groups import run_in, write_in_columns
from octavo.writers.docx.headings import write_section
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.inlines import write_inlines
from octavo.writers.docx.job import BlockRule, Job
from octavo.writers.docx.lists import write_definitions, write_list
from octavo.writers.docx.place import Break, Paragraph, Pieces, Place, keep_with_next, paragraphs, reform
from octavo.writers.docx.tables import write_table
from octavo.writers.docx.text import check_nesting, check_padding, in_box, inside_of, text_paragraph

DIVIDER_SHARE: Final = 0.2
"""How much of the measure a divider's rule takes."""


def _paragraph(paragraph: nodes.Paragraph, place: Place, job: Job) -> Pieces:
    place = place.speaking(paragraph.language)
    use = job.use_of(paragraph)
    if use[0] == StyleKey.LIST_ITEM and place.continued is not None:
        return [_item_paragraph(paragraph, place.continued, place, job)]
    return [text_paragraph(paragraph.content, use, place, job, paragraph.key)]


def _item_paragraph(paragraph: nodes.Paragraph, named: WordStyle, place: Place, job: Job) -> Paragraph:
    """A paragraph of a list item stands where the item's text does."""
    runs = write_inlines(paragraph.content, Ink(named, language=place.language), place, job)
    form = job.adapted(named.form, place, runs, left=place.left, right=place.right)
    return Paragraph(named, form, job.marked(paragraph.key, runs, place))


def _group(group: nodes.Group, place: Place, job: Job) -> Pieces:
    place = place.speaking(group.language)
    key, _ = job.use_of(group, StyleKey.GROUP)
    style = job.style_of(group, StyleKey.GROUP)
    goes_on = style.break_before != "auto" and runs_on(group, job.resolved.document)
    if goes_on:
        style = run_on_style(style)
    check_nesting(group, style, place, job)
    if stands_in_columns(style, nested=place.nested, page=job.sheet.page):
        pieces = write_in_columns(group, (key, style), place, job)
    else:
        pieces = _in_one_column(group, (key, style), place, job)
    if goes_on and (found := paragraphs(pieces)):
        reform(found[0], page_break=False, recto=False, before=style.space_before)
    return job.bookmarked(group, pieces, place)


def _in_one_column(group: nodes.Group, use: tuple[str, Style], place: Place, job: Job) -> Pieces:
    key, style = use
    inner = inside_of(style, place)
    pieces = job.blocks(group.content, inner)
    if group.title and style.label == "run-in":
        run_in(group, pieces, inner, job)
    elif group.title:
        title = text_paragraph(group.title, (StyleKey.GROUP_TITLE, key), inner, job)
        if pieces and not title.form.keep_next:
            reform(title, keep_next=True)
        pieces.insert(0, title)
    return in_box(pieces, style, job)


def _quote(quote: nodes.Quote, place: Place, job: Job) -> Pieces:
    place = place.speaking(quote.language)
    style = job.style_of(quote, StyleKey.QUOTE)
    check_nesting(quote, style, place, job)
    inner = inside_of(style, place)
    pieces = job.blocks(quote.content, inner)
    if quote.attribution:
        keep_with_next(pieces)
        pieces.append(text_paragraph(quote.attribution, (StyleKey.ATTRIBUTION, StyleKey.QUOTE), inner, job))
    return job.bookmarked(quote, in_box(pieces, style, job), place)


def _pull_quote(quote: nodes.PullQuote, place: Place, job: Job) -> Pieces:
    place = place.speaking(quote.language)
    use = job.use_of(quote, StyleKey.PULL_QUOTE)
    style = job.catalogue.style_of(*use)
    check_nesting(quote, style, place, job)
    pieces: Pieces = [text_paragraph(quote.content, use, place, job)]
    if quote.attribution:
        reform(paragraphs(pieces)[0], after=0.0, keep_next=True)
        inner = inside_of(style, place)
        pieces.append(
            text_paragraph(quote.attribution, (StyleKey.ATTRIBUTION, StyleKey.PULL_QUOTE), inner, job)
        )
    return job.bookmarked(quote, in_box(pieces, style, job), place)


def _code(code: nodes.CodeBlock, place: Place, job: Job) -> Pieces:
    """One paragraph, so that one panel is drawn; its lines end in breaks."""
    use = job.use_of(code, StyleKey.CODE_BLOCK)
    named, style = job.catalogue.paragraph(*use), job.catalogue.style_of(*use)
    pieces: Pieces = []
    if code.caption is not None:
        pieces = keep_with_next(write_caption(code.key, code.caption, job.index.terms.listing, place, job))
    check_padding(style, job)
    check_nesting(code, style, place, job)
    job.check_characters(code.text, code.position)
    lines = job.paragraph(named, style, place, _code_runs(code, Ink(named), job))
    lines.boxed = True
    if lines.form.right_to_left and not code.language:
        reform(lines, right_to_left=False)
    pieces.append(lines)
    return job.bookmarked(code, pieces, place)


def _code_runs(code: nodes.CodeBlock, ink: Ink, job: Job) -> str:
    """Return lines of code as runs, with the character style of what each stretch is; tabs become spaces."""
    runs: list[str] = []
    column = 0
    for piece in cut(code.text, job.index.highlights.get(code.key, ())):
        own = ink.within(piece.mark)
        for at, line in enumerate(piece.text.split("\n")):
            if at:
                runs.append("<w:r><w:br/></w:r>")
                column = 0
            shown = (" " * column + line).expandtabs(4)[column:] if "\t" in line else line
            column += len(shown)
            runs.append(job.well.literal(shown, own))
    return "".join(runs)


def _formula(formula: nodes.Formula, place: Place, job: Job) -> Pieces:
    """A formula, centred by a tab where it has a number at the right; none that only defines abbreviations."""
    tree = job.index.formulas.get(formula.key)
    if tree is not None and tree.defines:
        return []
    number = job.index.numbers.get(formula.key, "")
    text = formula.text.strip() or " "
    job.check_characters(text, formula.position)
    paragraph = text_paragraph((), job.use_of(formula, StyleKey.FORMULA), place, job)
    ink = Ink(paragraph.style, language=place.language)
    paragraph.content = formula_runs(formula.key, text, ink, job, displayed=not number)
    if number:
        start, end = label_bookmark(formula.key)
        label = f"{start}{job.well.text(f'({number})', Ink(paragraph.style))}{end}"
        paragraph.content = f"<w:r><w:tab/></w:r>{paragraph.content}<w:r><w:tab/></w:r>{label}"
        right = place.width - place.right
        tabs = (TabStop((place.left + right) / 2, "center"), TabStop(right, "right"))
        reform(paragraph, align="left", tabs=tabs)
        within = job.use_of(formula, StyleKey.FORMULA)[1]
        paragraph.style = job.catalogue.variant("Formula Numbered", StyleKey.FORMULA, within, paragraph.form)
    paragraph.content = job.marked(formula.key, paragraph.content, place)
    return [paragraph]


def _divider(divider: nodes.Divider, place: Place, job: Job) -> Pieces:
    """The theme's own marks, or a short rule: the border of an empty paragraph with wide indents."""
    use = job.use_of(divider, StyleKey.DIVIDER)
    named, style = job.catalogue.paragraph(*use), job.catalogue.style_of(*use)
    content = job.well.text(style.marker, Ink(named)) if style.marker else ""
    paragraph = job.paragraph(named, style, place, job.marked(divider.key, content, place))
    if not style.marker and style.align != "justify":
        spare = place.measure * (1 - DIVIDER_SHARE)
        left = {"left": 0.0, "right": spare}.get(style.align, spare / 2)
        _shorten(paragraph, left, spare - left)
        paragraph.style = job.catalogue.variant("Divider Rule", StyleKey.DIVIDER, use[1], paragraph.form)
    return [paragraph]


def _shorten(paragraph: Paragraph, left: float, right: float) -> None:
    """Set a paragraph in, with the rule that its box draws."""
    form = paragraph.form
    panel = form.panel
    if panel is not None:
        panel = msgspec.structs.replace(panel, begin=panel.begin + left, end=panel.end + right)
    reform(paragraph, left=form.left + left, right=form.right + right, line=2.0, panel=panel)


def _bibliography(bibliography: nodes.Bibliography, place: Place, job: Job) -> Pieces:
    place = place.speaking(bibliography.language)
    pieces: Pieces = []
    for entry in bibliography.entries:
        here = place.speaking(entry.language)
        paragraph = text_paragraph(entry.content, job.use_of(entry, StyleKey.BIBLIOGRAPHY_ENTRY), here, job)
        if entry.label:
            size = paragraph.style.look.text.size
            hang = max(len(entry.label) * 0.55 * size + 0.5 * size, -paragraph.form.first)
            label = job.well.text(f"{entry.label}\t", Ink(paragraph.style, (MarkKey.LIST_MARKER,)))
            edge = paragraph.form.left + paragraph.form.first
            reform(paragraph, left=edge + hang, first=-hang)
            paragraph.content = label + paragraph.content
        paragraph.content = job.marked(entry.key, paragraph.content, here)
        pieces.append(paragraph)
    return job.bookmarked(bibliography, pieces, place)


def _notes(_node: nodes.Notes, _place: Place, _job: Job) -> Pieces:
    """Word's notes stand at the foot of their pages, so there is nothing to collect."""
    return []


def _page_break(node: nodes.PageBreak, _place: Place, job: Job) -> Pieces:
    return [Break(), *job.place_of(node)]


RULES: Final[Mapping[type, BlockRule]] = {
    nodes.Section: write_section,
    nodes.Paragraph: _paragraph,
    nodes.Group: _group,
    nodes.Quote: _quote,
    nodes.PullQuote: _pull_quote,
    nodes.List: write_list,
    nodes.Definitions: write_definitions,
    nodes.Figure: write_figure,
    nodes.Table: write_table,
    nodes.CodeBlock: _code,
    nodes.Formula: _formula,
    nodes.Divider: _divider,
    nodes.Bibliography: _bibliography,
    nodes.Notes: _notes,
    nodes.Contents: write_contents,
    nodes.PageBreak: _page_break,
}
