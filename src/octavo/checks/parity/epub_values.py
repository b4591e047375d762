"""What a finished e-book says of a style: the rules of its style sheet, for the class of a key, in points of the body.

A small reader for the style sheets that octavo writes: rules without nesting, one class in a selector.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from octavo.checks.parity.probe import OPENING, word
from octavo.checks.parity.values import GROUPS, Value, Values
from octavo.theme.style import Style
from octavo.tree.semantics import MarkKey, StyleKey

_HEADING_LINE: Final = re.compile(r'<h[1-6][^>]*class="heading-[1-6][^>]*>(?=<span class="heading-number)')
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_TEXTS: Final = ("p", "td", "th", "dt", "pre", "figcaption", "caption", "h1", "h2", "h3", "h4", "h5", "h6")
"""Elements that hold text; the others are boxes, whose lengths are ems of the body."""
_ON_PAGES: Final = (StyleKey.PAGE_HEADER, StyleKey.PAGE_FOOTER)
_IN_MASTHEAD: Final = (StyleKey.MASTHEAD, StyleKey.MASTHEAD_SERIES)
_WITHOUT_TEXT: Final = (StyleKey.LIST, StyleKey.TABLE, StyleKey.FIGURE, StyleKey.DIVIDER)
_INHERITED: Final = (
    "font-family", "line-height", "font-variant-numeric", "font-variant-caps", "font-style", "font-weight",
    "text-transform", "letter-spacing", "hyphens", "color",
)  # fmt: skip
_EDGES: Final = ("top", "right", "bottom", "left")


class EpubStyles(msgspec.Struct, frozen=True):
    """Declarations by selector, those for wide screens apart. Sizes are relative to `base`, in points."""

    rules: Mapping[str, Mapping[str, str]]
    wide: Mapping[str, Mapping[str, str]]
    depth: int = 0
    """How deep headings are numbered."""
    text: str = ""
    """The pages' XHTML, one behind the other."""


def read_epub(data: bytes) -> EpubStyles:
    """Return the style sheet of an edition.

    Raises:
        ValueError: this is no e-book with a style sheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            name = next(each for each in package.namelist() if each.endswith(".css"))
            text = package.read(name).decode("utf-8")
            pages = [each for each in package.namelist() if each.endswith(".xhtml")]
            pages_text = "".join(package.read(each).decode("utf-8") for each in pages)
            headings = "".join(_HEADING_LINE.findall(pages_text))
    except (zipfile.BadZipFile, StopIteration, UnicodeDecodeError) as fault:
        raise ValueError("this is no e-book with a style sheet") from fault
    plain, media = _apart(text)
    plain += "".join(body for query, body in media if query.split()[1:2] == ["not"])  # all programs but one
    wide = "".join(body for query, body in media if "min-width" in query)
    numbered = [level for level in range(1, 7) if f'class="heading-{level}' in headings]
    return EpubStyles(_rules(plain), _rules(wide), max(numbered, default=0), pages_text)


def _apart(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Take the media rules out of a sheet."""
    plain, media, at = "", [], 0
    while (start := text.find("@media", at)) >= 0:
        plain += text[at:start]
        opened = text.index("{", start)
        depth, end = 1, opened + 1
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        media.append((text[start:opened], text[opened + 1 : end - 1]))
        at = end
    return plain + text[at:], media


def _rules(text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for selectors, body in _RULE.findall(text):
        pairs = (each.partition(":") for each in body.split(";") if ":" in each)
        declared = {name.strip(): value.strip() for name, _, value in pairs}
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(declared)
    return found


def read_epub_style(file: EpubStyles, key: str, within: str, base: Style) -> Values:
    """Return what the sheet says of a key; one without a rule is set as the body is.

    Args:
        file: the sheet.
        key: a style key, or a group.
        within: the group it stands in, or "".
        base: the theme's paragraph: an e-book's sizes are relative to the body's, whose size is the reader's own.
    """
    if key in _ON_PAGES:
        return {}
    names = (f"{within}--{key}", key) if within else (key,)
    found = next((rules for name in names if (rules := _selectors(file, name))), [])
    if not found and key in _IN_MASTHEAD:
        return {}
    texts = [each for each in found if each.partition(".")[0] in _TEXTS]
    texts = texts or [each for each in found if each.startswith("li.")]
    boxes = [each for each in found if each not in texts] or texts
    made = {name: value for name, value in file.rules.get("body", {}).items() if name in _INHERITED}
    made["text-align"] = base.align  # justified on wide screens only
    if "letter-spacing" in made:
        # It is handed on as a length, which the body's own size gives it.
        made["letter-spacing"] = f"{_em(made['letter-spacing'], base.size)}pt"
    holders = (
        [each for each in _selectors(file, within) if each.partition(".")[0] not in _TEXTS] if within else []
    )
    for selector in holders:
        made.update({name: value for name, value in file.rules[selector].items() if name in _INHERITED})
    for selector in texts:
        made.update(file.rules[selector])
    size = _em(made.get("font-size", "1em"), base.size)
    box = {name: value for each in boxes for name, value in file.rules[each].items()}
    reach = {name: value for each in boxes for name, value in file.wide.get(each, {}).items()}
    flowing = {} if key in _WITHOUT_TEXT else _text(made, size, base)
    boxed = _box(box, reach, size if boxes == texts else base.size)
    return {**_said_apart(file, key, names, size), **flowing, **boxed}


def _said_apart(file: EpubStyles, key: str, names: Sequence[str], size: float) -> dict[str, Value]:
    """Return what is said by rules of their own, or by the text: markers, initials, how titles are shown."""
    if key == StyleKey.LIST_ITEM:
        return {"marker": _marker(file, names)}
    if key == StyleKey.DIVIDER:
        return {"marker": file.rules.get("hr.divider::before", {}).get("content", "").strip('"')}
    if key in GROUPS and key != StyleKey.QUOTE:
        return {"label": _label(file.text.partition(word(StyleKey.GROUP_TITLE, key)))}
    if key.startswith("heading-"):
        return {"drop-initial": _initial(file, key), **_hung(file, key, size)}
    return {}


def _label(text: tuple[str, str, str]) -> str:
    """Return how a title is shown that parts the text in two: the element that it stands in tells."""
    before, title, _ = text
    if not title:
        return "none"
    return "run-in" if before.rfind(MarkKey.GROUP_LABEL) > before.rfind(StyleKey.GROUP_TITLE) else "block"


def _initial(file: EpubStyles, key: str) -> float:
    """Return how many lines deep the first letter after a heading is: its line is so much of its own size, and stands
    for so many of the text's."""
    before, opened, _ = file.text.partition(word(key, OPENING).capitalize())
    named = re.search(r"drop-initial-\d+", before[before.rfind("<p") :]) if opened else None
    made = file.rules.get(f".{named.group()}::first-letter") if named else None
    if made is None:
        return 0.0
    high = float(made["line-height"]) * float(made["font-size"].removesuffix("em"))
    return float(round(high / float(file.rules.get("body", {}).get("line-height", "1.2"))))


def _hung(file: EpubStyles, key: str, size: float) -> dict[str, Value]:
    """Return how far a heading's number hangs to the left, on screens that have the room."""
    hung = [made for each, made in file.wide.items() if each.endswith(f".{key} > .heading-number")]
    return {"marker-indent": _em(hung[0]["min-width"], size)} if hung else {}


_MARKS: Final[Mapping[str, str]] = {
    MarkKey.EMPHASIS: "em",
    MarkKey.STRONG: "strong",
    MarkKey.SUPERSCRIPT: "sup",
    MarkKey.SUBSCRIPT: "sub",
    MarkKey.DELETED: "del",
    MarkKey.CODE: "code",
    MarkKey.LINK: "a",
    MarkKey.LIST_MARKER: "li.list-item::marker",
    MarkKey.GROUP_LABEL: "b.group-label",
}
_RELATIVE: Final = 10.0
"""Spacing of letters in a mark is written for type of this size, in points."""


def mark_values(file: EpubStyles, mark: str) -> Values:
    """Return what the sheet says of a mark; nothing where it has no rule."""
    made = file.rules.get(_MARKS.get(mark, f".{mark}"))
    if made is None:
        return {}
    scale = _em(made.get("font-size", "1em"), 1.0)
    numeric = made.get("font-variant-numeric", "")
    decoration = made.get("text-decoration", "")
    named: dict[str, Value] = {
        "font": made.get("font-family", "").split(",")[0].strip('" '),
        "scale": scale,
        "weight": float(made.get("font-weight", "0")),
        "italic": made.get("font-style") == "italic",
        "color": made.get("color", "").removeprefix("#"),
        "letter-spacing": _em(made.get("letter-spacing", "0"), _RELATIVE),
        "case": "upper" if made.get("text-transform") == "uppercase" else "none",
        "small-caps": made.get("font-variant-caps") == "small-caps",
        "figures": "old-style" if "oldstyle" in numeric else "lining",
        "underline": "underline" in decoration,
        "strike": "line-through" in decoration,
        "background": made["background-color"].removeprefix("#") if "background-color" in made else None,
        "rise": _em(made.get("vertical-align", "0"), scale),
    }
    return {name: value for name, value in named.items() if value != ""}


def _marker(file: EpubStyles, names: Sequence[str]) -> str:
    """Return the marker that a list's items have; without a rule it is the program's bullet."""
    wanted = [f"ul > li.{name}" for name in names]
    rules = (file.rules.get(each, {}) for each in wanted)
    said = next((rule["list-style-type"] for rule in rules if "list-style-type" in rule), '"•"')
    return said.strip('"').replace("\\2002", "").strip()


def _selectors(file: EpubStyles, name: str) -> list[str]:
    return [
        each for each in file.rules if "." in each and each.rpartition(".")[2] == name and " " not in each
    ]


def _text(made: Mapping[str, str], size: float, base: Style) -> dict[str, Value]:
    numeric = made.get("font-variant-numeric", "")
    decoration = made.get("text-decoration", "")
    family = made.get("font-family", "").split(",")[0].strip('" ')
    return {
        "font": family,
        "size": size,
        "leading": float(made.get("line-height", "1.2")) * size,
        "weight": float(made.get("font-weight", str(base.weight))),
        "italic": made.get("font-style", "normal") == "italic",
        "color": made.get("color", f"#{base.color.hex}").removeprefix("#"),
        "letter-spacing": _em(made.get("letter-spacing", "0"), size),
        "case": "upper" if made.get("text-transform") == "uppercase" else "none",
        "small-caps": made.get("font-variant-caps") == "small-caps",
        "figures": "old-style" if "oldstyle" in numeric else "lining",
        "figure-spacing": "tabular" if "tabular" in numeric else "proportional",
        "underline": "underline" in decoration,
        "strike": "line-through" in decoration,
        "align": {"start": "left"}.get(made["text-align"], made["text-align"]),
        "hyphenate": made.get("hyphens") == "auto",
    }


def _box(made: Mapping[str, str], reach: Mapping[str, str], size: float) -> dict[str, Value]:
    margin = _four(made.get("margin", "0"), size)
    left = _em(reach["margin-left"], size) if "margin-left" in reach else margin[3]
    found: dict[str, Value] = {
        "first-line-indent": _em(made.get("text-indent", "0"), size),
        "space-before": margin[0],
        "indent-right": margin[1],
        "space-after": margin[2],
        "indent-left": left,
        "padding": _four(made.get("padding", "0"), size),
        "background": made["background-color"].removeprefix("#") if "background-color" in made else None,
        "keep-with-next": made.get("break-after") == "avoid",
        "keep-together": made.get("break-inside") == "avoid",
        "columns": float(reach.get("column-count", "1")),
        **({"column-gap": _em(reach["column-gap"], size)} if "column-gap" in reach else {}),
        "break-before": "page" if made.get("break-before") == "page" else "auto",
    }
    for edge in _EDGES:
        words = made.get(f"border-{edge}", "").replace("max(1px,", "").replace(")", "").split()
        drawn = len(words) == 3
        found[f"border-{edge}"] = (
            f"{_em(words[0], size):.2f} {words[2].removeprefix('#')}" if drawn else "none"
        )
    return found


def _four(text: str, size: float) -> tuple[float, float, float, float]:
    values = [_em(each, size) for each in text.split()]
    top = values[0]
    right = values[1] if len(values) > 1 else top
    bottom = values[2] if len(values) > 2 else top
    return top, right, bottom, values[3] if len(values) > 3 else right


def _em(text: str, size: float) -> float:
    number = text.removesuffix("em").removesuffix("px").removesuffix("pt")
    try:
        return float(number) * (size if text.endswith("em") else 1.0)
    except ValueError:
        return 0.0
