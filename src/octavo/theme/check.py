"""What is wrong or doubtful in a theme whose values are all well formed: fonts, geometry, contrast, small type.

Contrast after WCAG 2.2, success criterion 1.4.3: 4.5:1, and 3:1 for large text (18 pt, or 14 pt bold).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, warning
from octavo.fonts.book import FontBook
from octavo.theme import schema
from octavo.theme.effect import without_effect
from octavo.theme.source import Faults, Path, Theme, Written, position_of
from octavo.theme.style import Mark, Style, StyleSheet
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.units import BLACK, WHITE, Color, contrast

S, M = StyleKey, MarkKey

_NORMAL_CONTRAST: Final = 4.5
_LARGE_CONTRAST: Final = 3.0
_LARGE: Final = 18.0
_LARGE_BOLD: Final = 14.0
_BOLD: Final = 700
_SMALLEST: Final = 7.0
_NARROWEST: Final = 72.0
_TIGHTEST: Final = 0.92
"""Lines that are closer than this share of their size touch one another, letters that hang those that stand out."""
_CUT: Final = 8.5
"""So close to the page's edge a cut that is a little off takes what is there: 3 mm."""
_OFF: Final = ("False", "0", "0pt", "1", "", "none", "column")
"""Values of properties that are for some keys alone which ask for nothing."""

_MARK_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    M.HEADING_NUMBER: (S.HEADING_1, S.HEADING_2, S.HEADING_3, S.HEADING_4, S.HEADING_5, S.HEADING_6),
    M.FOLIO: (S.PAGE_HEADER, S.PAGE_FOOTER),
    M.CAPTION_LABEL: (S.CAPTION,),
    M.AFFILIATION: (S.BYLINE,),
    M.GROUP_LABEL: schema.GROUPS,
    **{str(each): (str(S.CODE_BLOCK),) for each in M if each.startswith("code-")},
}
"""Where a mark stands; one that is not named here can stand in the text and in every container."""


def check_fonts(table: Mapping[Path, Written], theme: Theme, fonts: FontBook, faults: Faults) -> None:
    """Note every stack of which no family is at hand, or one forbids that editions hold it."""
    for stack, written in _stacks(table):
        if not any(fonts.has(family) for family in stack):
            what = f"no font of `{', '.join(stack)}` is at hand"
            hint = _nearest_font(stack, fonts)
            faults.add("theme-unknown-font", theme.files[written.file], written.place, what, hint)
        for family in stack:
            if reason := fonts.forbidden(family):
                what = f"the licence of font `{family}` forbids {reason}"
                hint = "name another family, or get a licence that allows it; see `octavo themes fonts`"
                faults.add("font-not-embeddable", theme.files[written.file], written.place, what, hint)


def _nearest_font(stack: tuple[str, ...], fonts: FontBook) -> str:
    """Return the family that may be meant, or those that are at hand."""
    names = {family.lower(): family for family in fonts.families}
    for wanted in stack:
        import difflib

        if not fonts.has(wanted) and (near := difflib.get_close_matches(wanted.lower(), names, n=1)):
            return f"did you mean `{names[near[0]]}`?"
    return f"at hand are {', '.join(fonts.families)}"


def check_geometry(sheet: StyleSheet, table: Mapping[Path, Written], theme: Theme, faults: Faults) -> None:
    """Note a page on which no text has room."""
    page = sheet.page
    across = page.width - page.margin_inner - page.margin_outer - page.column_gap * (page.columns - 1)
    down = page.height - page.margin_bottom
    widths = ("margin-inner", "margin-outer", "columns", "column-gap", "size")
    rooms = (
        (across / page.columns, "column of text", "width", widths),
        (down - page.margin_top, "page", "height", ("margin-top", "margin-bottom", "size")),
        (down - page.first_margin_top, "first page", "height", ("first-margin-top", "margin-bottom", "size")),
    )
    for room, what, measure, names in rooms:
        if room < _NARROWEST:
            found = [table["page", name] for name in names if ("page", name) in table]
            nearest_file = max(found, key=lambda written: written.file, default=None)
            file = theme.files[nearest_file.file if nearest_file else -1]
            place = nearest_file.place if nearest_file else ("page",)
            said = f"a {what} is left a {measure} of {room:.4g}pt; {_NARROWEST:g}pt are the least"
            faults.add("theme-geometry", file, place, said, "make the margins smaller or the page larger")


def check_sheet(
    sheet: StyleSheet, theme: Theme, table: Mapping[Path, Written], fonts: FontBook
) -> tuple[Diagnostic, ...]:
    """Return warnings about a style sheet that can be used all the same."""
    places = _Places(theme, table)
    said = [
        *_missing_fonts(table, places, fonts),
        *_small_type(sheet, places),
        *_tight_lines(sheet, places),
        *_off_the_page(sheet, places),
        *_in_no_margin(sheet, places),
        *_under_the_masthead(sheet, places),
        *_without_effect(places),
        *_pale_text(sheet, places),
    ]
    return tuple(dict.fromkeys(said))


class _Places(msgspec.Struct, frozen=True):
    """Finds where a value was written."""

    theme: Theme
    table: Mapping[Path, Written]

    def of(self, *paths: Path) -> Position:
        """Return the position of the one of some paths that the nearest file writes; of several the first."""
        written = [self.table[path].said for path in paths if path in self.table]
        said = max(written, key=lambda each: each.file, default=None)
        if said is None:
            return Position(0, 0, self.theme.files[-1].path)
        return position_of(self.theme.files[said.file], said.place)


def _stacks(table: Mapping[Path, Written]) -> Iterator[tuple[tuple[str, ...], Written]]:
    """Find every stack of families, each once, where it is first written."""
    seen: set[tuple[str, ...]] = set()
    for path, written in table.items():
        if path[-1] == "font" or path[:2] == ("token", schema.TOKEN_FONTS):
            value = [written.value] if isinstance(written.value, str) else written.value
            stack = tuple(value) if isinstance(value, list) else ()
            if stack and all(isinstance(each, str) and each for each in stack) and stack not in seen:
                seen.add(stack)
                yield stack, written


def _missing_fonts(table: Mapping[Path, Written], places: _Places, fonts: FontBook) -> Iterator[Diagnostic]:
    for stack, written in _stacks(table):
        if not fonts.has(stack[0]):
            used = next(family for family in stack if fonts.has(family))
            where = position_of(places.theme.files[written.file], written.place)
            what = f"{'.'.join(written.place)}: font `{stack[0]}` is not at hand; `{used}` stands in for it"
            yield warning("theme-font-missing", what, where, _nearest_font(stack[:1], fonts))


def _small_type(sheet: StyleSheet, places: _Places) -> Iterator[Diagnostic]:
    for key, style in sheet.styles.items():
        if style.size < _SMALLEST:
            what = f"style.{key}: {style.size:g}pt is too small to read; {_SMALLEST:g}pt are the least"
            yield warning("theme-small-type", what, places.of(("style", key, "size")))


def _tight_lines(sheet: StyleSheet, places: _Places) -> Iterator[Diagnostic]:
    """Tell of lines that run into one another: mostly a size was changed, and its leading was not."""
    seen: set[Position] = set()
    uses = ((f"style.{key}", (("style", key),), style) for key, style in sheet.styles.items())
    pairs = (
        (f"style.{outer}.{key}", (("within", outer, key), ("style", key)), style)
        for (outer, key), style in sheet.within.items()
    )
    for name, paths, style in (*uses, *pairs):
        if style.leading < _TIGHTEST * style.size:
            where = places.of(*((*path, each) for path in paths for each in ("size", "leading")))
            if where not in seen:
                seen.add(where)
                what = f"{name}: lines of {style.size:g}pt type are {style.leading:g}pt apart, and run into one another"
                hint = f'give it a `leading` too, as 1.2 or "{round(1.2 * style.size)}pt"'
                yield warning("theme-tight-lines", what, where, hint)


def _off_the_page(sheet: StyleSheet, places: _Places) -> Iterator[Diagnostic]:
    """Tell of what reaches out of a page, on left pages too, whose outer margin is at the left."""
    page = sheet.page
    narrow = min(page.margin_inner, page.margin_outer)
    left, right = (narrow, narrow) if page.facing else (page.margin_inner, page.margin_outer)
    for key, style in sheet.styles.items():
        if style.indent_left < -left or style.indent_right < -right:
            what = f"style.{key}: the indent reaches out further than the page's margin"
            yield warning(
                "theme-off-page",
                what,
                places.of(("style", key, "indent-left"), ("style", key, "indent-right")),
            )
    if left + page.running_left < _CUT:
        what = f"page.running-left: running lines begin {max(0.0, left + page.running_left):.1f}pt from the page's edge"
        yield warning("theme-off-page", what, places.of(("page", "running-left")), "a cut may be off by 3 mm")


def _in_no_margin(sheet: StyleSheet, places: _Places) -> Iterator[Diagnostic]:
    """Tell of a margin's column that no margin has room for, and of styles that ask for one that there is not."""
    page = sheet.page
    taken = page.margin_column + page.margin_column_gap
    if page.margin_column and taken > page.margin_outer:
        what = f"page.margin-column: it needs {taken:g}pt with its gap; the outer margin has {page.margin_outer:g}pt"
        where = places.of(("page", "margin-column"), ("page", "margin-column-gap"), ("page", "margin-outer"))
        yield warning("theme-off-page", what, where, "make `margin-outer` wider, or the column narrower")
    if page.margin_column and page.columns == 1:
        return
    for key, style in sheet.styles.items():
        if style.place == "margin":
            why = "the page has several columns" if page.columns > 1 else "`page.margin-column` is 0"
            what = f"style.{key}: there is no margin's column to stand in, since {why}"
            cure = (
                "only a page of one column has one" if page.columns > 1 else "give `[page]` a `margin-column`"
            )
            where = places.of(("style", key, "place"), ("custom", key, "like"))
            yield warning("theme-no-margin-column", what, where, f"it stands in the text; {cure}")


def _under_the_masthead(sheet: StyleSheet, places: _Places) -> Iterator[Diagnostic]:
    masthead, top = sheet.page.masthead, sheet.page.first_margin_top
    if masthead is not None and masthead.height > top:
        what = (
            f"page.masthead.height: the masthead is {masthead.height:g}pt high, and text begins at {top:g}pt"
        )
        where = places.of(("page", "masthead", "height"), ("page", "first-margin-top"))
        yield warning("theme-masthead-over-text", what, where, "make `first-margin-top` of [page] larger")


def _without_effect(places: _Places) -> Iterator[Diagnostic]:
    """Tell of properties that do nothing where they are written; what is turned off there does no harm."""
    for path, why in without_effect(places.table):
        if str(places.table[path].value) not in _OFF:
            name = ".".join(("style", *path[1:]))
            yield warning("theme-no-effect", f"{name} does nothing there: {why}", places.of(path))


def _pale_text(sheet: StyleSheet, places: _Places) -> Iterator[Diagnostic]:
    """Tell of each pair of colours once, where it is seen most; headings within boxes are rare."""
    found: dict[tuple[str, str, float], list[_Contrast]] = {}
    for each in (*_style_contrasts(sheet), *_mark_contrasts(sheet)):
        _, color, ground, wanted, _ = each
        if contrast(color, ground) < wanted:
            found.setdefault((color.hex, ground.hex, wanted), []).append(each)
    for several in found.values():
        first = next((each for each in several if ".heading" not in each[0]), several[0])
        name, color, ground, wanted, paths = first
        ratio = contrast(color, ground)
        others = f" (and {len(several) - 1} more like it)" if len(several) > 1 else ""
        what = (
            f"{name}: #{color.hex} on #{ground.hex} has a contrast of {ratio:.2f}:1; {wanted:g}:1 is wanted"
        )
        yield warning("theme-contrast", f"{what}{others}", places.of(*paths), _hint(ground))


def pale_texts(sheet: StyleSheet) -> tuple[str, ...]:
    """Return the names of the styles and marks whose text has too little contrast with what it stands on."""
    pairs = (*_style_contrasts(sheet), *_mark_contrasts(sheet))
    return tuple(name for name, color, ground, wanted, _ in pairs if contrast(color, ground) < wanted)


def _hint(ground: Color) -> str:
    darker = contrast(BLACK, ground) > contrast(WHITE, ground)
    return f"make the text {'darker' if darker else 'lighter'}, or its background plainer"


_Contrast = tuple[str, Color, Color, float, tuple[Path, ...]]


def _style_contrasts(sheet: StyleSheet) -> Iterator[_Contrast]:
    for key, style in sheet.styles.items():
        if not key.startswith("masthead") or sheet.page.masthead:
            yield (
                f"style.{key}",
                style.color,
                _ground(sheet, key),
                _wanted(style, style.size),
                _color_paths(key),
            )
    for outer in _containers(sheet):
        for key in schema.CONTENT:
            style = sheet.of(key, outer)
            ground = style.background or _ground(sheet, outer)
            paths = (("within", outer, key, "color"), *_color_paths(outer), *_color_paths(key))
            yield f"style.{outer}.{key}", style.color, ground, _wanted(style, style.size), paths


def _mark_contrasts(sheet: StyleSheet) -> Iterator[_Contrast]:
    for name, mark in sheet.marks.items():
        if mark.color is None and mark.background is None:
            continue
        for key in _MARK_PLACES.get(name, (S.TEXT, *_containers(sheet))):
            style = sheet.styles[key]
            paths: tuple[Path, ...] = (("mark", name, "color"), ("mark", name, "background"))
            ground = mark.background or _ground(sheet, key)
            size = style.size * (mark.scale or 1.0)
            yield (
                f"mark.{name}, in {key}",
                mark.color or style.color,
                ground,
                _wanted(style, size, mark),
                paths,
            )


def _containers(sheet: StyleSheet) -> Iterable[str]:
    customs = [key for key in sheet.styles if key not in schema.STYLE_KEYS]
    return [key for key in (*schema.CONTAINERS, *customs) if sheet.styles[key].background]


def _ground(sheet: StyleSheet, key: str) -> Color:
    """Return what a key at the top stands on."""
    root: str | None = key
    while root:
        ground = sheet.styles[root].background
        if ground:
            return ground
        root = schema.TEXT_FROM.get(schema.based_on(root, {})[0])
    return WHITE


def _wanted(style: Style, size: float, mark: Mark | None = None) -> float:
    weight = mark.weight if mark and mark.weight is not None else style.weight
    large = size >= _LARGE or (size >= _LARGE_BOLD and weight >= _BOLD)
    return _LARGE_CONTRAST if large else _NORMAL_CONTRAST


def _color_paths(key: str) -> tuple[Path, ...]:
    chain = reversed(schema.based_on(key, {}))
    return tuple(("style", each, name) for each in (*chain, S.TEXT) for name in ("color", "background"))
