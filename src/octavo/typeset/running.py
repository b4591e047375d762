"""Running heads, feet and the masthead: what stands on a page besides the text, filled from templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from octavo.theme.running import Piece, pieces
from octavo.theme.style import Masthead, PageStyle, RunningLine, RunningLines, Style
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import plain_text
from octavo.typeset.boxes import inset
from octavo.typeset.frames import Artifact, Owner, Placed, Rectangle
from octavo.typeset.geometry import side_of, text_area
from octavo.typeset.headings import balanced
from octavo.typeset.line import Line
from octavo.typeset.setting import Place, Setting

WORD_SPACE: Final = 0.25
"""Between a folio and the words beside it, in ems."""
PART_GAP: Final = 1.5
"""The least space between the parts of a running line, in ems."""
SHARES: Final = (0.0, 0.5, 1.0)
"""Where the three parts of a running line stand: how much of the room beside them is at their left."""
MOST_LINES: Final = 4
"""On a title page a text that stands alone at its head or foot may take so many lines."""
ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
LEFT_SHARE: Final = 0.58
"""How much of a masthead's width its left lines may take; the right ones take what they leave."""
MASTHEAD_SCALES: Final = (1.0, 0.85, 0.72, 0.6, 0.5, 0.42)
"""How much smaller a masthead's text is made where it is too long for its band, step by step."""
LONGEST_FIELD: Final = 1000
"""Characters of a field that may stand in a running line; no line is longer, and the rest need not be set."""
METADATA_OF: Final[Mapping[str, str]] = {
    "title": "title",
    "short-title": "short_title",
    "subtitle": "subtitle",
    "author": "authors",
    "authors": "authors",
    "publisher": "publisher",
    "series": "series",
    "issue": "issue",
    "number-term": "issue",
    "date": "date",
    "year": "date",
    "rights": "rights",
    "isbn": "isbn",
    "issn": "issn",
    "doi": "doi",
}
"""Which metadata field a template's field shows."""


class PageFacts(msgspec.Struct, frozen=True):
    """What running heads say of a page."""

    at: int
    label: str
    section: str = ""
    section_number: str = ""


def page_sections(setting: Setting, page_of: Mapping[int, int], count: int) -> list[tuple[str, str]]:
    """Return for each page the title and number of the first section that begins on it, else of the one it is in."""
    first: dict[int, tuple[str, str]] = {}
    last: dict[int, tuple[str, str]] = {}
    for heading in setting.index.headings:
        at = page_of.get(heading.key)
        if heading.level == 1 and at is not None:
            facts = (plain_text(heading.title).replace("\n", " "), heading.number)
            first.setdefault(at, facts)
            last[at] = facts
    sections: list[tuple[str, str]] = []
    current = ("", "")
    for at in range(count):
        sections.append(first.get(at, current))
        current = last.get(at, current)
    return sections


def running_frames(facts: PageFacts, fields: Mapping[str, str], setting: Setting) -> list[Placed]:
    """Return the frames of a page's running head and foot."""
    page = setting.styles.page
    every = {**fields, "page": facts.label, "section": facts.section, "section-number": facts.section_number}
    own = {name: said[:LONGEST_FIELD] for name, said in every.items()}
    found: list[Placed] = []
    sources = (
        (page.header, StyleKey.PAGE_HEADER, Artifact.HEADER, page.header_baseline),
        (page.footer, StyleKey.PAGE_FOOTER, Artifact.FOOTER, page.height - page.footer_baseline),
    )
    for lines, key, artifact, baseline in sources:
        line = _line_for(lines, facts.at, page)
        style = setting.styles.of(key)
        found += _over_lines(line, style, own, (facts.at, baseline), artifact, setting) or _running_line(
            line, style, own, (facts.at, baseline), artifact, setting
        )
    return found


def _line_for(lines: RunningLines, at: int, page: PageStyle) -> RunningLine:
    if at == 0:
        return lines.first
    return lines.verso if side_of(at, page) == "verso" else lines.recto


def _room_of(at: int, page: PageStyle) -> tuple[float, float]:
    """Return where the running lines of a page begin, and how long they may be."""
    area = text_area(at, page)
    return area.left + page.running_left, area.width - page.running_left


def _running_line(
    line: RunningLine,
    style: Style,
    fields: Mapping[str, str],
    place: tuple[int, float],
    artifact: Artifact,
    setting: Setting,
) -> list[Placed]:
    at, baseline = place
    left, measure = _room_of(at, setting.styles.page)
    parts = [list(pieces(template, fields)) for template in (line.left, line.center, line.right)]
    made = [_set_pieces(_joined(part), style, artifact, setting) for part in parts]
    for at_part, room in enumerate(_rooms([_reach(part) for part in made], measure, PART_GAP * style.size)):
        while _reach(made[at_part]) > room and _shorten(parts[at_part]):
            made[at_part] = _set_pieces(_joined(parts[at_part]), style, artifact, setting)
    found: list[Placed] = []
    for part, share in zip(made, SHARES, strict=True):
        start = left + (measure - _reach(part)) * share
        found += [Placed(start + x + each.x, baseline, each.frame) for x, each in part]
    return found


def _over_lines(
    line: RunningLine,
    style: Style,
    fields: Mapping[str, str],
    place: tuple[int, float],
    artifact: Artifact,
    setting: Setting,
) -> list[Placed]:
    """Return what stands alone at the head or foot of a title page, on several lines of about one length; nothing
    where it fits on one or would need too many. The last of them stands on the baseline at the foot, the first at the
    head."""
    page = setting.styles.page
    at, baseline = place
    templates = (line.left, line.center, line.right)
    said = [(share, _joined(pieces(each, fields))) for share, each in zip(SHARES, templates, strict=True)]
    filled = [(share, part) for share, part in said if any(piece.text.strip() for piece in part)]
    if at or not page.title_page or len(filled) != 1 or len(filled[0][1]) != 1:
        return []
    share, (piece,) = filled[0]
    left, measure = _room_of(at, page)
    texts = _balanced_texts(piece.text.split(), measure, style, artifact, setting)
    if not 1 < len(texts) <= MOST_LINES:
        return []
    found: list[Placed] = []
    above = len(texts) - 1 if artifact is Artifact.FOOTER else 0
    for row, text in enumerate(texts):
        made = setting.setter.line(text, style, artifact)
        x = left + (measure - made.width) * share
        found.append(Placed(x + made.x, baseline + (row - above) * style.leading, made.frame))
    return found


def _balanced_texts(
    words: Sequence[str], measure: float, style: Style, artifact: Artifact, setting: Setting
) -> list[str]:
    """Return words on as few lines as may be, in the narrowest measure that asks for no more."""
    space = (
        setting.setter.line("n n", style, artifact).width - setting.setter.line("nn", style, artifact).width
    )
    widths = [setting.setter.line(word, style, artifact).width for word in words]

    def broken(width: float) -> list[list[str]]:
        rows: list[list[str]] = []
        used = 0.0
        for word, wide in zip(words, widths, strict=True):
            if rows and used + space + wide <= width:
                rows[-1].append(word)
                used += space + wide
            else:
                rows.append([word])
                used = wide
        return rows

    low, high = max(widths, default=0.0), measure
    if low > measure:
        return []
    rows = broken(high)
    least = len(rows)
    while high - low > style.size / 2:
        middle = (low + high) / 2
        tried = broken(middle)
        if len(tried) > least:
            low = middle
        else:
            high, rows = middle, tried
    return [" ".join(row) for row in rows]


def _reach(part: Sequence[tuple[float, Line]]) -> float:
    return part[-1][0] + part[-1][1].width if part else 0.0


def _rooms(widths: Sequence[float], measure: float, gap: float) -> tuple[float, float, float]:
    """Return what each of the three parts of a running line may take, so that none touches another."""
    left, center, right = widths
    if center:
        sides = max(left, right)
        middle = max(measure / 3, measure - 2 * (sides + gap)) if sides else measure
        side = (measure - min(center, middle)) / 2 - gap
        return side, middle, side
    if left + right + gap <= measure or not left or not right:
        return measure, 0.0, measure
    half = (measure - gap) / 2
    if min(left, right) > half:
        return half, 0.0, half
    return max(half, measure - right - gap), 0.0, max(half, measure - left - gap)


def _shorten(part: list[Piece]) -> bool:
    """Take the last word, or the last author, from the longest text of a part, in place; False where there is nothing
    to take."""
    words = [(len(piece.text), at) for at, piece in enumerate(part) if piece.field != "page"]
    if not words:
        return False
    _, at = max(words)
    text, field = part[at].text, part[at].field
    after = text[len(text.rstrip()) :]
    shorter = text.rstrip().removesuffix(ELLIPSIS).rstrip()
    parting = ", " if field == "authors" and ", " in shorter else " "
    cut = (
        shorter.rpartition(parting)[0].rstrip(" ,;:\N{EN DASH}\N{EM DASH}-")
        or shorter[: len(shorter) * 3 // 4]
    )
    if not cut or cut == shorter:
        return False
    part[at] = Piece(cut + ELLIPSIS + after, field)
    return True


def _joined(part: Sequence[Piece]) -> list[Piece]:
    """Return the text of a filled template: folios on their own, the rest joined."""
    joined: list[Piece] = []
    for piece in part:
        folio = piece.field == "page"
        if joined and not folio and joined[-1].field != "page":
            joined[-1] = Piece(joined[-1].text + piece.text)
        else:
            joined.append(Piece(piece.text, "page" if folio else ""))
    return joined


def _set_pieces(
    joined: Sequence[Piece], style: Style, artifact: Artifact, setting: Setting
) -> list[tuple[float, Line]]:
    """Return the lines of a part with the x of each: folios in their mark."""
    found: list[tuple[float, Line]] = []
    x = 0.0
    for piece in joined:
        text = piece.text.strip()
        if piece.text[:1].isspace() and found:
            x += WORD_SPACE * style.size
        if not text:
            continue
        mark = setting.mark(MarkKey.FOLIO) if piece.field == "page" else None
        line = setting.setter.line(text, style, artifact, mark)
        found.append((x, line))
        x += line.width + (WORD_SPACE * style.size if piece.text[-1:].isspace() else 0.0)
    return found


def masthead_frames(fields: Mapping[str, str], setting: Setting) -> tuple[list[Placed], list[Placed]]:
    """Return (artifacts, content) of the masthead on the first page; its lowest lines share a baseline."""
    page = setting.styles.page
    masthead = page.masthead
    if masthead is None:
        return [], []
    style = setting.styles.of(StyleKey.MASTHEAD)
    series = setting.styles.of(StyleKey.MASTHEAD_SERIES)
    area = text_area(0, page)
    left = area.left + style.indent_left + inset(style)[0]
    right = area.left + area.width - style.indent_right - inset(style)[1]
    baseline = masthead.height - masthead.inset_bottom
    share = LEFT_SHARE if any(masthead.right) else 1.0
    content = _stack(masthead.left, style, (left, baseline, (right - left) * share), fields, setting)
    taken = max((each.x + _width(each) for each in content), default=left)
    start = max(left + (right - left) / 3, taken + style.size)
    content += _stack(masthead.right, series, (start, baseline, max(right - start, 40.0)), fields, setting)
    return _band(masthead, style, page), content


def _width(placed: Placed) -> float:
    return max((run.x + run.width for run in getattr(placed.frame, "runs", ())), default=0.0)


def _band(masthead: Masthead, style: Style, page: PageStyle) -> list[Placed]:
    found: list[Placed] = []
    if style.background is not None:
        band = Rectangle(page.width, masthead.height, style.background, Artifact.BACKGROUND, bleeds=True)
        found.append(Placed(0.0, 0.0, band))
    border = style.border_bottom
    if border.width:
        bleeds = style.background is not None
        area = text_area(0, page)
        x = 0.0 if bleeds else area.left + style.indent_left
        width = page.width if bleeds else area.left + area.width - x
        line = Rectangle(width, border.width, border.color, Artifact.LAYOUT, bleeds=bleeds)
        found.append(Placed(x, masthead.height, line))
    return found


def _stack(
    templates: Sequence[str],
    style: Style,
    place: tuple[float, float, float],
    fields: Mapping[str, str],
    setting: Setting,
) -> list[Placed]:
    """Return lines of text, the last of them on the baseline of `place`: (left, baseline, width).

    They keep the distance from the page's edge that they have from the band's.
    """
    left, baseline, width = place
    masthead = setting.styles.page.masthead
    room = baseline - (masthead.inset_bottom if masthead else 0.0)
    found = [(text, owner) for text, owner in (_owned(template, fields) for template in templates) if text]
    lines: list[Line] = []
    for scale in MASTHEAD_SCALES:
        bare = setting.changed(setting.bare(style), size=style.size * scale, leading=style.leading * scale)
        lines = [line for text, owner in found for line in _masthead_lines(text, owner, bare, width, setting)]
        if sum(line.height for line in lines) <= room:
            break
    below = sum(line.height for line in lines)
    last = lines[-1].height - lines[-1].ascent if lines else 0.0
    y = max(0.0, baseline + last - below)
    placed: list[Placed] = []
    for line in lines:
        placed.append(Placed(left + line.x, y + line.ascent, line.frame))
        y += line.height
    return placed


def _owned(template: str, fields: Mapping[str, str]) -> tuple[str, Owner]:
    """Return a template's text, and the metadata field that owns it: the first that it shows."""
    found = pieces(template, fields)
    text = "".join(piece.text for piece in found).strip()
    shown = (METADATA_OF[piece.field] for piece in found if piece.field in METADATA_OF and piece.text)
    return text, Owner(0, metadata=next(shown, "publisher"))


def _masthead_lines(
    text: str, owner: Owner, style: Style, width: float, setting: Setting
) -> tuple[Line, ...]:
    content = (nodes.Text(text=text),)
    place = Place(left=0.0, width=width)
    lines = setting.lines(content, style, place, owner)
    if len(lines) > 1 and style.align == "left":
        lines = balanced(content, style, place, setting, owner)[1]
    return lines
