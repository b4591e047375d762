"""The cascade: style sheets, `style` and presentation attributes come down to presentation attributes alone.

SVG 2, chapter 6; Selectors 4 in so far as drawings use them: types, classes, identifiers, descendants and children.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

PROPERTIES: Final = frozenset({
    "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "cx", "cy", "d",
    "direction", "display", "dominant-baseline", "fill", "fill-opacity", "fill-rule", "filter", "font",
    "font-family", "font-size", "font-style", "font-weight", "height", "letter-spacing", "marker",
    "marker-end", "marker-mid", "marker-start", "mask", "mix-blend-mode", "opacity", "overflow",
    "paint-order", "r", "rx", "ry", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "text-anchor", "text-decoration", "transform", "vector-effect", "visibility",
    "white-space", "width", "x", "y",
})  # fmt: skip
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_COMPOUND: Final = re.compile(r"(\*|[\w-]+)?((?:[.#][\w-]+)*)")
_FONT: Final = re.compile(
    r"(?P<before>(?:(?:italic|oblique|normal|bold|bolder|lighter|small-caps|\d00)\s+)*)"
    r"(?P<size>[\d.]+(?:px|pt|em|%|mm|cm|in|pc|ex|rem)?|(?:xx?-)?(?:small|large)|medium)"
    r"(?:\s*/\s*\S+)?\s+(?P<family>.+)",
    re.IGNORECASE,
)

_MOST_TRIED: Final = 1_000_000
"""How often a rule is tried on an element; drawings that programs write have far fewer of either."""


class _Simple(msgspec.Struct, frozen=True):
    """A compound selector: what it asks of one element, and how it is tied to the one before: " " or ">"."""

    tie: str
    kind: str
    classes: frozenset[str]
    identifiers: frozenset[str]


class _Rule(msgspec.Struct, frozen=True):
    weight: tuple[int, int, int, int]
    """Identifiers, classes, types, place in the sheet."""
    chain: tuple[_Simple, ...]
    declarations: tuple[tuple[str, str, bool], ...]


def flatten_styles(root: Any) -> bool:
    """Write every property that is set on an element as its attribute, and take the style sheets out.

    Say whether they had to be left out of account: trying all of their rules would take too long.
    """
    rules: list[_Rule] = []
    for sheet in [each for each in root.iter() if local(each) == "style"]:
        rules.extend(_rules(_COMMENT.sub("", sheet.text or ""), len(rules)))
        sheet.getparent().remove(sheet)
    rules.sort(key=lambda rule: rule.weight)
    asking: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        asking.setdefault(_asked(rule.chain[-1]), []).append(number)
    elements = [element for element in root.iter() if local(element)]
    tried = sum(len(asking.get(key, ())) for element in elements for key in _keys(element)) if rules else 0
    if tried > _MOST_TRIED:
        asking = {}
    for element in elements:
        found: dict[str, tuple[bool, str]] = {}
        for number in sorted(number for key in _keys(element) for number in asking.get(key, ())):
            if _matches(element, rules[number].chain):
                _take(found, rules[number].declarations)
        _take(found, tuple(_declarations(element.attrib.pop("style", ""))))
        for name, (_, value) in _expanded(found).items():
            element.set(name, value)
    return tried > _MOST_TRIED


def _asked(simple: _Simple) -> str:
    """Return one thing that an element must have, be it of its identifier, its classes or its type."""
    for sign, names in (("#", simple.identifiers), (".", simple.classes)):
        if names:
            return sign + min(names)
    return simple.kind


def _keys(element: Any) -> set[str]:
    """Return all that an element has of what selectors ask for."""
    classes = (f".{each}" for each in element.get("class", "").split())
    return {"*", local(element), f"#{element.get('id')}", *classes}


def local(element: Any) -> str:
    """Return an element's local name; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _take(found: dict[str, tuple[bool, str]], declarations: tuple[tuple[str, str, bool], ...]) -> None:
    for name, value, important in declarations:
        if important or not found.get(name, (False, ""))[0]:
            found[name] = (important, value)


def _expanded(found: dict[str, tuple[bool, str]]) -> dict[str, tuple[bool, str]]:
    made: dict[str, tuple[bool, str]] = {}
    for name, (important, value) in found.items():
        if name == "marker":
            made.update({f"marker-{place}": (important, value) for place in ("start", "mid", "end")})
        elif name == "font":
            made.update({part: (important, said) for part, said in _font(value).items()})
        elif name == "transform":
            made[name] = (important, re.sub(r"(?<=\d)(?:px|deg)\b", "", value))
        elif name == "d":
            match = re.fullmatch(r"path\(\s*['\"](.*)['\"]\s*\)", value, re.DOTALL)
            made[name] = (important, match.group(1) if match else value)
        else:
            made[name] = (important, value)
    return made


def _font(value: str) -> dict[str, str]:
    match = _FONT.fullmatch(value.strip())
    if match is None:
        return {}
    words = match["before"].lower().split()
    made = {"font-size": match["size"], "font-family": match["family"]}
    made["font-style"] = next((each for each in words if each in ("italic", "oblique")), "normal")
    weights = [each for each in words if each in ("bold", "bolder", "lighter") or each.isdigit()]
    made["font-weight"] = weights[0] if weights else "normal"
    return made


def _declarations(text: str) -> Iterator[tuple[str, str, bool]]:
    # A semicolon within brackets (a data: address) or quotes parts nothing.
    for piece in re.findall(r"(?:[^;\"'(]++|\"[^\"]*+\"?|'[^']*+'?|\([^)]*+\)?)++", text):
        name, colon, value = piece.partition(":")
        name, value = name.strip().lower(), value.strip()
        important = value.lower().endswith("!important")
        if important:
            value = value[: -len("!important")].rstrip()
        if colon and value and name in PROPERTIES:
            yield name, value, important


def _rules(text: str, place: int) -> Iterator[_Rule]:
    for selectors, body in _blocks(text):
        declarations = tuple(_declarations(body))
        for selector in selectors.split(",") if declarations else ():
            chain = _chain(selector.strip())
            if chain:
                place += 1
                weight = (
                    sum(len(each.identifiers) for each in chain),
                    sum(len(each.classes) for each in chain),
                    sum(each.kind != "*" for each in chain),
                    place,
                )
                yield _Rule(weight, chain, declarations)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield (selectors, declarations); rules that begin with @ are passed over with all that they hold."""
    at = 0
    while (start := text.find("{", at)) >= 0:
        selectors = text[at:start].rpartition(";")[2].strip()
        depth, end = 1, start + 1
        while end < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        if not selectors.startswith("@"):
            yield selectors, text[start + 1 : end - 1]
        at = end


def _chain(selector: str) -> tuple[_Simple, ...]:
    """Return a selector's parts from left to right; empty where it asks for more than drawings need."""
    made: list[_Simple] = []
    tie = " "
    for word in selector.replace(">", " > ").split():
        if word == ">":
            tie = ">"
            continue
        match = _COMPOUND.fullmatch(word)
        if match is None:
            return ()
        marks = re.findall(r"([.#])([\w-]+)", match.group(2))
        made.append(
            _Simple(
                tie,
                match.group(1) or "*",
                frozenset(name for sign, name in marks if sign == "."),
                frozenset(name for sign, name in marks if sign == "#"),
            )
        )
        tie = " "
    return tuple(made)


def _matches(element: Any, chain: tuple[_Simple, ...]) -> bool:
    if not _is(element, chain[-1]):
        return False
    # How many of the parts are still to be found above: all ways at once, for there may be very many of them.
    wanted = {len(chain) - 1}
    parent = element
    while wanted and 0 not in wanted:
        parent = parent.getparent()
        if parent is None:
            return False
        found = {each - 1 for each in wanted if _is(parent, chain[each - 1])}
        wanted = found | {each for each in wanted if chain[each].tie == " "}
    return 0 in wanted


def _is(element: Any, simple: _Simple) -> bool:
    if simple.kind not in ("*", local(element)):
        return False
    if simple.identifiers and simple.identifiers != {element.get("id")}:
        return False
    return not simple.classes or simple.classes <= set(element.get("class", "").split())
