"""Lists: Word's own, with a style for each level and an instance for each list that counts anew; definitions."""

from __future__ import annotations

from typing import Final

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.direction import pointing_left
from octavo.tree.nodes import ListMarker
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.textstyle import text_style
from octavo.writers.docx import runs
from octavo.writers.docx.catalogue import WordStyle
from octavo.writers.docx.form import Form, form_of, inset
from octavo.writers.docx.job import Job
from octavo.writers.docx.numbering import FORMATS, LEVELS, Level
from octavo.writers.docx.place import Paragraph, Pieces, Place, keep_with_next, reform, visible, with_space
from octavo.writers.docx.runs import Look
from octavo.writers.docx.text import inside_of, text_paragraph

TASK_OPEN: Final = "☐"
TASK_DONE: Final = "☑"
NAMED_LEVELS: Final = 5
"""Word has names for list styles of five levels."""
LOOSE: Final = 0.4
"""The least space between the items of a loose list, as a share of the leading."""
_DIGIT: Final = 0.55
"""The width of a figure, in ems; enough for most faces."""
_GAP: Final = 0.4


class _Items(msgspec.Struct, frozen=True, kw_only=True):
    """What the items of one list share."""

    within: str
    style: Style
    look: Look
    hang: float
    level: int
    marker: ListMarker | None
    """How they count; None where they do not."""


def write_list(items: nodes.List, place: Place, job: Job) -> Pieces:
    """Write a list."""
    place = place.speaking(items.language)
    style = job.style_of(items, StyleKey.LIST)
    inner = inside_of(style, place)
    use = job.use_of(items.items[0], StyleKey.LIST_ITEM) if items.items else (StyleKey.LIST_ITEM, "")
    own = job.catalogue.style_of(*use)
    marker = job.index.marker_of(items) if items.ordered else None
    shared = _Items(
        within=use[1],
        style=own,
        look=Look(text_style(own)),
        hang=max(own.marker_indent, _widest(items, marker) * own.size),
        level=min(place.level, LEVELS - 1),
        marker=marker,
    )
    pieces: Pieces = []
    started = False
    instance = 0
    for at, item in enumerate(items.items):
        here = _item_place(item, shared, inner)
        if items.ordered and not started:
            instance = _ordered(items, shared, here, job)
            started = True
        written = _item(item, items, instance, shared, here, job)
        if at and not items.tight:
            _loosen(written, own.leading * LOOSE)
        pieces += written
    if not (items.tight and place.level):
        with_space(pieces, style.space_before, style.space_after)
    return job.bookmarked(items, pieces, place)


def _loosen(item: Pieces, space: float) -> None:
    """Set an item off from the one above it."""
    first = visible(item)[0]
    if isinstance(first, Paragraph) and first.form.before < space:
        first.natural.setdefault("before", first.form.before)
        first.loose = True
    with_space(item, space, 0.0)


def _widest(items: nodes.List, marker: ListMarker | None) -> float:
    """Return how many ems the widest marker and the gap after it need."""
    if marker is None:
        return 0.0
    last = items.start + len(items.items) - 1
    letters = 7 if marker in (ListMarker.LOWER_ROMAN, ListMarker.UPPER_ROMAN) and last > 4 else len(str(last))
    return min(letters, 9) * _DIGIT + 0.25 + _GAP


def _item_place(item: nodes.ListItem, shared: _Items, place: Place) -> Place:
    outer = place.indented(shared.style)
    left, right = inset(shared.style)
    wider = max(0.0, shared.hang - max(shared.style.marker_indent, 0.0))
    inner = outer.inside(left + wider, right)
    if place.cell:
        # What hangs out of a cell is cut off by it, or stands in the one beside it.
        least = place.left + min(shared.hang, place.measure / 2)
        inner = msgspec.structs.replace(inner, left=max(inner.left, least))
    return msgspec.structs.replace(inner.speaking(item.language), level=place.level + 1)


def _item(
    item: nodes.ListItem, items: nodes.List, instance: int, shared: _Items, place: Place, job: Job
) -> Pieces:
    named = _style_for("List Number" if items.ordered else "List Bullet", shared, place, job)
    number = (instance, shared.level) if items.ordered else _bullet(item, shared, place, named, job)
    continues = _continues(item)
    continued = _style_for("List Continue", shared, place, job) if continues else named
    pieces = job.blocks(item.content, msgspec.structs.replace(place, continued=continued))
    shown = visible(pieces)
    first = shown[0] if shown else None
    begins = bool(item.content) and isinstance(item.content[0], nodes.Paragraph)
    if not begins or not isinstance(first, Paragraph):
        first = Paragraph(named, named.form, "")
        pieces.insert(0, first)
        keep_with_next(pieces[:1])
    _bind(first, named, number, place, shared, job)
    with_space(pieces, shared.style.space_before, shared.style.space_after)
    return job.bookmarked(item, pieces, place) if len(item.content) > 1 else pieces


def _continues(item: nodes.ListItem) -> bool:
    """Say whether an item has paragraphs besides the one with its marker."""
    first = item.content[:1]
    others = item.content[1:] if first and isinstance(first[0], nodes.Paragraph) else item.content
    return any(isinstance(each, nodes.Paragraph) for each in others)


def _bind(
    first: Paragraph, named: WordStyle, number: tuple[int, int], place: Place, shared: _Items, job: Job
) -> None:
    """Make a paragraph the one that has its item's marker."""
    rule = first.form.rule
    if first.style is not named:
        first.style = named
    form = job.adapted(
        named.form, place, first.content, left=place.left, right=place.right, number=number, rule=rule
    )
    first_line = -_hang_of(shared, place)
    if form.first != first_line:
        form = msgspec.structs.replace(form, first=first_line)
    first.form = msgspec.structs.replace(
        form, before=max(form.before, first.form.before), after=max(form.after, first.form.after)
    )


def _style_for(name: str, shared: _Items, place: Place, job: Job) -> WordStyle:
    """Return "List Bullet 2" and the like; the first list of a level and container gives it its form."""
    rank = min(place.level, NAMED_LEVELS)
    full = name if rank <= 1 else f"{name} {rank}"
    continues = name == "List Continue"
    form = msgspec.structs.replace(
        _form(shared, place, job),
        first=0.0 if continues else -_hang_of(shared, place),
        hyphenate=shared.style.hyphenate,
    )
    container = job.sheet.styles.get(shared.within)
    if container is not None and container.keep_together:
        form = msgspec.structs.replace(form, keep_next=True, keep_lines=True)
    named = job.catalogue.variant(full, StyleKey.LIST_ITEM, shared.within, form)
    named.kept = form.keep_next and not shared.style.keep_with_next
    if not continues and named.form.number is None and named.form == form:
        kind = shared.marker or "" if name == "List Number" else ""
        abstract = _abstract(kind, shared, place, named, job)
        job.catalogue.change_form(named, number=(job.numbering.base(abstract), shared.level))
    return named


def _form(shared: _Items, place: Place, job: Job) -> Form:
    made = form_of(shared.style, place.left, place.right, place.panel)
    return msgspec.structs.replace(
        made,
        first=0.0,
        before=shared.style.space_before,
        after=shared.style.space_after,
        right_to_left=job.catalogue.leftwards,
    )


def _abstract(kind: str, shared: _Items, place: Place, named: WordStyle | None, job: Job) -> int:
    """Return the abstract list of a kind of marker in a container, with this level defined."""
    marker = shared.style.marker or "•"
    if job.catalogue.leftwards:
        marker = pointing_left(marker)
    ordered = kind in FORMATS
    text = f"%{shared.level + 1}." if ordered else (kind or marker)
    lead = _lead(_hang_of(shared, place) - shared.hang, shared.style.size)
    abstract = job.numbering.abstract((kind, shared.within, lead, marker if not ordered else ""))
    run = _marker_run("" if ordered else text, shared, job)
    level = Level(
        format=FORMATS[ListMarker(kind)] if ordered else "none" if lead else "bullet",
        text=lead + text,
        left=place.left,
        first=-_hang_of(shared, place),
        run=run,
        style=named.id if named else "",
    )
    job.numbering.define(abstract, shared.level, level)
    return abstract


def _hang_of(shared: _Items, place: Place) -> float:
    """Return how far an item's first line hangs. In a panel it begins at the panel's edge, see `form.in_line`."""
    if place.panel is None:
        return shared.hang
    return max(shared.hang, place.left - place.panel.begin)


def _lead(width: float, size: float) -> str:
    """Return spaces of about a width, for a marker that stands in from the panel's edge."""
    sixths = round(max(0.0, width) / size * 6)
    return "\N{EM SPACE}" * (sixths // 6) + "\N{SIX-PER-EM SPACE}" * (sixths % 6)


def _marker_run(text: str, shared: _Items, job: Job) -> str:
    base = job.runs.properties(shared.look)
    marked = job.runs.mark(shared.look, MarkKey.LIST_MARKER)
    wanted = runs.differences(job.runs.properties(marked), base)
    if text:
        wanted["rFonts"] = _plain_fonts(job.runs.typefaces.holding(text, marked.text.font))
    return runs.joined(wanted)


def _plain_fonts(name: str) -> str:
    """A marker that may be of any script has one font for all of them."""
    quoted = name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<w:rFonts w:ascii="{quoted}" w:hAnsi="{quoted}" w:eastAsia="{quoted}" w:cs="{quoted}"/>'


def _bullet(
    item: nodes.ListItem, shared: _Items, place: Place, named: WordStyle, job: Job
) -> tuple[int, int]:
    if item.checked is not None:
        abstract = _abstract(TASK_DONE if item.checked else TASK_OPEN, shared, place, None, job)
        return job.numbering.base(abstract), shared.level
    if named.form.number is not None and named.form.number[1] == shared.level:
        return named.form.number
    return job.numbering.base(_abstract("", shared, place, None, job)), shared.level


def _ordered(items: nodes.List, shared: _Items, place: Place, job: Job) -> int:
    marker = job.index.marker_of(items)
    abstract = _abstract(marker, shared, place, None, job)
    if marker == ListMarker.DECIMAL:
        _style_for("List Number", shared, place, job)
    return job.numbering.restarted(abstract, shared.level, max(0, items.start))


def write_definitions(definitions: nodes.Definitions, place: Place, job: Job) -> Pieces:
    """Write terms and their definitions."""
    place = place.speaking(definitions.language)
    pieces: Pieces = []
    for entry in definitions.entries:
        _, within = job.use_of(entry, StyleKey.DEFINITION)
        use = StyleKey.DEFINITION, within
        style = job.catalogue.style_of(*use)
        for term in entry.terms:
            paragraph = text_paragraph(term, (StyleKey.TERM, within), place, job)
            reform(paragraph, keep_next=True)
            pieces.append(paragraph)
        for content in entry.content:
            pieces += _definition(content, style, place, job)
    return job.bookmarked(definitions, pieces, place)


def _definition(content: tuple[nodes.Block, ...], style: Style, place: Place, job: Job) -> Pieces:
    """Paragraphs have the definition's own indents; other blocks are set in by them."""
    inside = inside_of(style, place)
    pieces: Pieces = []
    for block in content:
        if isinstance(block, nodes.Paragraph) and job.use_of(block)[0] == StyleKey.DEFINITION:
            pieces += job.blocks((block,), place)
        else:
            pieces += job.blocks((block,), inside)
    return with_space(pieces, style.space_before, style.space_after)
