"""Blocks that are text alone: paragraphs, headings, quotations, code, formulas, dividers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import plain_text
from octavo.typeset.boxes import (
    DISLIKED,
    FORBIDDEN,
    SOFT,
    Box,
    Boxes,
    decorated,
    inset,
    keep,
    keep_with_next,
    line_boxes,
    named,
    replace,
    rule,
)
from octavo.typeset.frames import Artifact, Owner, Part, Placed, TextLine
from octavo.typeset.line import Highlight, Label, Line
from octavo.typeset.margin import MOST, reaches
from octavo.typeset.mirror import in_language, is_leftwards, mirrored
from octavo.typeset.pictures import set_picture, standing_picture
from octavo.typeset.setting import Place, Setting

LABEL_GAP: Final = 0.6
"""Between a caption's label and its text, in ems."""
STANZA: Final = 8
"""A quotation of no more lines than these is better not divided: a stanza, a sentence."""
SMALL_CODE: Final = 12
"""Code of no more lines than this is kept whole, if that leaves no large gap."""
NUMBER_GAP: Final = 1.0
"""Between a formula and its number at least, in ems."""
_SLACK: Final = 0.01
"""What rounding may add to a line, in points."""
_LETTER: Final = 0.6
"""A letter and its share of what lines lose at their ends, in ems."""
DIVIDER_SHARE: Final = 0.2
"""How much of the measure a divider's rule takes."""


def set_text(
    content: tuple[nodes.Inline, ...],
    style: Style,
    place: Place,
    setting: Setting,
    owner: Owner,
    label: Label | None = None,
) -> Boxes:
    """Return the boxes of a paragraph of text in a style, with its indents and decoration."""
    if not content and label is None:
        return []
    outer, inner = places(style, place)
    lines = setting.lines(content, style, inner, owner, label)
    return boxed(lines, style, (outer, inner), setting, owner)


def places(style: Style, place: Place) -> tuple[Place, Place]:
    """Return the place of a style's box, and that of its text within padding and borders."""
    outer = place.indented(style)
    left, right = inset(style)
    return outer, outer.inside(left, right) if left or right else outer


def boxed(
    lines: Sequence[Line],
    style: Style,
    place: tuple[Place, Place],
    setting: Setting,
    owner: Owner,
    *,
    together: int = 0,
) -> Boxes:
    """Return the boxes of lines that stand in the (outer, inner) places of a style; the first `together` of them, or as
    many as the theme says, stay on one page."""
    outer, inner = place
    limits = setting.styles.text
    orphans = max(limits.orphans, together)
    boxes = line_boxes(lines, inner.left, owner.key, orphans=orphans, widows=limits.widows)
    return decorated(boxes, style, outer.left, outer.width)


def set_paragraph(paragraph: nodes.Paragraph, place: Place, setting: Setting) -> Boxes:
    """Set a paragraph; one that holds nothing but a picture is shown as large as a figure."""
    style = setting.style_of(paragraph)
    return set_paragraph_in(paragraph, style, place, setting)


def set_paragraph_in(
    paragraph: nodes.Paragraph, style: Style, place: Place, setting: Setting, label: Label | None = None
) -> Boxes:
    """Set a paragraph in a style that its container decides."""
    if paragraph.language:
        return in_language(
            paragraph.language,
            place,
            setting,
            lambda inner: _set_paragraph(paragraph, style, inner, setting, label),
        )
    return _set_paragraph(paragraph, style, place, setting, label)


def _set_paragraph(
    paragraph: nodes.Paragraph, style: Style, place: Place, setting: Setting, label: Label | None
) -> Boxes:
    picture = standing_picture(paragraph)
    if picture is not None and label is None:
        shown = set_picture(picture, style, place, setting)
        if shown:
            return named(paragraph.key, shown)
    boxes = set_text(paragraph.content, style, place, setting, Owner(paragraph.key), label)
    return named(paragraph.key, boxes)


def set_quote(quote: nodes.Quote, place: Place, setting: Setting) -> Boxes:
    """Set a quotation, with who said it below."""
    style = setting.style_of(quote, StyleKey.QUOTE)
    outer = place.indented(style)
    inner = outer.inside(*inset(style))
    boxes = setting.blocks(quote.content, inner)
    boxes += set_attribution(quote.key, quote.attribution, StyleKey.QUOTE, inner, setting)
    if len(boxes) <= STANZA:
        boxes = keep(boxes, DISLIKED)
    return named(quote.key, decorated(boxes, style, outer.left, outer.width))


def set_attribution(
    key: int, content: tuple[nodes.Inline, ...], container: StyleKey, place: Place, setting: Setting
) -> Boxes:
    """Set who said a quotation; it stays with the quotation's last lines."""
    if not content:
        return []
    style = setting.within(StyleKey.ATTRIBUTION, container)
    boxes = set_text(content, style, place, setting, Owner(key, Part.ATTRIBUTION))
    if boxes:
        boxes[0] = replace(boxes[0], penalty=FORBIDDEN)
    return boxes


def set_pull_quote(quote: nodes.PullQuote, place: Place, setting: Setting) -> Boxes:
    """Set words lifted from the text; they are kept whole."""
    style = setting.style_of(quote, StyleKey.PULL_QUOTE)
    outer = place.indented(style)
    inner = outer.inside(*inset(style))
    lines = setting.lines(quote.content, style, inner, Owner(quote.key)) if quote.content else ()
    boxes = line_boxes(lines, inner.left, quote.key)
    boxes += set_attribution(quote.key, quote.attribution, StyleKey.PULL_QUOTE, inner, setting)
    boxes = [replace(box, penalty=max(box.penalty, DISLIKED)) if at else box for at, box in enumerate(boxes)]
    return named(quote.key, decorated(boxes, style, outer.left, outer.width))


def set_code(code: nodes.CodeBlock, place: Place, setting: Setting) -> Boxes:
    """Set lines of code, with their caption above."""
    style = setting.style_of(code, StyleKey.CODE_BLOCK)
    boxes = keep_with_next(set_caption(code.key, code.caption, place, setting)) if code.caption else []
    outer = place.indented(style)
    inner = outer.inside(*inset(style))
    owner, marks = Owner(code.key), setting.styles.marks
    stretches = setting.index.highlights.get(code.key, ())
    highlights = [
        Highlight(each.start, each.end, marks[each.mark]) for each in stretches if each.mark in marks
    ]
    lines = setting.setter.preformatted(code.text, style, inner.width, owner, highlights)
    shown = line_boxes(lines, inner.left, code.key)
    if len(shown) <= SMALL_CODE:
        shown = keep(shown, SOFT)
    shown = decorated(shown, style, outer.left, outer.width)
    if is_leftwards(place, setting) and not code.language:
        shown = mirrored(shown, place, setting)
    return named(code.key, boxes + shown)


def set_formula(formula: nodes.Formula, place: Place, setting: Setting) -> Boxes:
    """Set a displayed formula, with its number at the right; one that only defines abbreviations takes no room."""
    tree = setting.index.formulas.get(formula.key)
    if tree is not None and tree.defines:
        return [Box(height=0.0, keys=(formula.key,), key=formula.key)]
    style = setting.style_of(formula, StyleKey.FORMULA)
    text = formula.text.strip() or "\N{NO-BREAK SPACE}"
    content = (nodes.Math(text=text, key=formula.key, position=formula.position),)
    number = setting.index.numbers.get(formula.key, "")
    if number:
        boxes = _numbered_formula(number, content, style, place, setting)
    else:
        boxes = set_text(content, style, place, setting, Owner(formula.key))
    return named(formula.key, boxes)


def _numbered_formula(
    number: str, content: tuple[nodes.Math], style: Style, place: Place, setting: Setting
) -> Boxes:
    """Set a formula in the middle of its measure, and its number on its first line. Where both would meet, the formula
    is set in what the number leaves; where a piece of it is too wide for that, the number stands below."""
    outer, inner = places(style, place)
    owner = Owner(content[0].key)
    label = setting.setter.line(f"({number})", style, Owner(owner.key, Part.LABEL))
    left = outer.left + outer.width - label.width
    lines = setting.lines(content, style, inner, owner)
    room = left - NUMBER_GAP * style.size - inner.left
    pieces = [wide for forced, _ in setting.setter.words(content, style) for wide in forced]
    if not _ends_within(lines, room) and max(pieces, default=0.0) <= room:
        lines = setting.lines(content, style, msgspec.structs.replace(inner, width=room), owner)
    if not _ends_within(lines, room):
        below = msgspec.structs.replace(label, x=left - inner.left)
        return boxed((*lines, below), style, (outer, inner), setting, owner, together=len(lines) + 1)
    boxes = boxed(lines, style, (outer, inner), setting, owner)
    at = next((at for at, box in enumerate(boxes) if box.frames), 0)
    first = boxes[at]
    baseline = next((each.y for each in first.frames if isinstance(each.frame, TextLine)), label.ascent)
    boxes[at] = replace(first, frames=(*first.frames, Placed(left, baseline, label.frame)))
    return boxes


def _ends_within(lines: Sequence[Line], room: float) -> bool:
    """Say whether the first line, beside which the number stands, leaves it its place."""
    return not lines or lines[0].x + lines[0].width <= room + _SLACK


def set_divider(divider: nodes.Divider, place: Place, setting: Setting) -> Boxes:
    """Set a change of theme: the style's own marks in the middle, or a short rule."""
    style = setting.style_of(divider, StyleKey.DIVIDER)
    outer = place.indented(style)
    if style.marker:
        line = setting.setter.line(style.marker, style, Artifact.LAYOUT)
        x = outer.left + (outer.width - line.width) / 2
        box = Box(height=line.height, under=(Placed(x + line.x, line.ascent, line.frame),))
    else:
        border = style.border_top if style.border_top.width else style.border_bottom
        if not border.width:
            border = msgspec.structs.replace(border, width=0.5, color=style.color)
        share = 1.0 if style.align == "justify" else DIVIDER_SHARE
        width = outer.width * share
        x = outer.left if style.align in ("left", "justify") else outer.left + (outer.width - width) / 2
        box = Box(height=border.width, under=(rule(x, 0.0, width, border),))
    box = replace(
        box,
        before=style.space_before,
        after=style.space_after,
        keys=(divider.key,),
        key=divider.key,
        penalty=FORBIDDEN,
        keeps=True,
    )
    return [box]


def set_caption(key: int, caption: nodes.Caption, place: Place, setting: Setting) -> Boxes:
    """Set a caption; its label runs in before it."""
    return in_language(
        caption.language, place, setting, lambda inner: _set_caption(key, caption, inner, setting)
    )


def _set_caption(key: int, caption: nodes.Caption, place: Place, setting: Setting) -> Boxes:
    style = setting.style_of(caption, StyleKey.CAPTION)
    text = setting.index.labels.get(key, "")
    label = None
    if text:
        owner = Owner(caption.key, Part.LABEL)
        label = Label(
            text=text, owner=owner, mark=setting.mark(MarkKey.CAPTION_LABEL), gap=LABEL_GAP * style.size
        )
    return named(caption.key, set_text(caption.content, style, place, setting, Owner(caption.key), label))


def caption_place(
    caption: nodes.Caption | None, place: Place, shown: Sequence[Box], setting: Setting
) -> Place | None:
    """Return the margin's column for the caption of what is shown in a place; None where it stands in the text."""
    margin = setting.in_margin(place)
    if caption is None or margin is None or not shown:
        return None
    style = setting.style_of(caption, StyleKey.CAPTION)
    if style.place != "margin" or any(reaches(box, place.width) for box in shown):
        return None
    letters = len(plain_text(caption.content)) * style.size * _LETTER
    high = letters / margin.width * style.leading > MOST * setting.page_height
    return None if high else margin
