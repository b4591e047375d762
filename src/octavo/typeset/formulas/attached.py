"""Scripts, limits and accents: what stands at something else (The TeXbook, appendix G, rules 12, 13 and 18)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.mathematics.formula import Accent, Kind, Node, Row, Scripts, Symbol
from octavo.typeset.formulas.boxes import Box, Class, together
from octavo.typeset.formulas.metrics import C
from octavo.typeset.formulas.setter import EM, Look, Setter

_COMBINING: Final[Mapping[str, str]] = {
    "^": "\u0302",
    "~": "\u0303",
    "¯": "\u0304",
    "˙": "\u0307",
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "→": "\u20d7",
    "˚": "\u030a",
    "⃛": "\u20db",
}
_BRACES: Final = "⏞⏟→←↔"
_BRACE_GAP: Final = 0.08 * EM


def set_scripts(setter: Setter, scripts: Scripts, look: Look) -> Box:
    """Set something with its scripts: beside it, or as limits under and over it."""
    base = setter.set(scripts.base, look)
    symbol = scripts.base
    limits = isinstance(symbol, Symbol) and symbol.kind is Kind.LARGE and symbol.limits and look.display
    if limits or scripts.stacked:
        return _limits(setter, base, scripts, look)
    above = setter.set(scripts.above, look.script) if scripts.above is not None else None
    below = setter.set(scripts.below, look.script) if scripts.below is not None else None
    if above is not None and _is_prime(scripts.above):
        return _primed(setter, base, scripts, look, below)
    up = _rise(setter, base, above, look) if above is not None else 0.0
    down = _fall(setter, base, below, look) if below is not None else 0.0
    if above is not None and below is not None:
        up, down = _apart(setter, above, below, (up, down), look)
    space = setter.measure(C.SPACE_AFTER_SCRIPT, look)
    placed, width = [(base, 0.0, 0.0)], base.width
    # Slanted letters push the script above away; integrals let the one below come near (OpenType 1.9, MATH).
    large = isinstance(symbol, Symbol) and symbol.kind is Kind.LARGE
    right, left = (0.0, base.italic) if large else (base.italic, 0.0)
    if above is not None:
        placed.append((above, base.width + right, up))
        width = max(width, base.width + right + above.width + space)
    if below is not None:
        placed.append((below, base.width - left, -down))
        width = max(width, base.width - left + below.width + space)
    return together(placed, width, base.kind)


def _is_prime(node: Node | None) -> bool:
    """Say whether a superscript is nothing but primes, which have a height of their own."""
    content = node.content if isinstance(node, Row) else (node,)
    return bool(content) and all(isinstance(each, Symbol) and each.text == "′" for each in content)


def _primed(setter: Setter, base: Box, scripts: Scripts, look: Look, below: Box | None) -> Box:
    """Set primes: signs of full size at the height that the font gives them."""
    assert scripts.above is not None
    primes = setter.set(scripts.above, look)
    placed = [(base, 0.0, 0.0), (primes, base.width + base.italic, 0.0)]
    width = base.width + base.italic + primes.width
    if below is not None:
        placed.append((below, base.width, -_fall(setter, base, below, look)))
        width = max(width, base.width + below.width + setter.measure(C.SPACE_AFTER_SCRIPT, look))
    return together(placed, width, base.kind)


def _rise(setter: Setter, base: Box, above: Box, look: Look) -> float:
    up = setter.measure(C.SUPERSCRIPT_SHIFT_UP, look)
    if not base.is_letter:
        up = max(up, base.height - setter.measure(C.SUPERSCRIPT_BASELINE_DROP_MAX, look))
    return max(up, above.depth + setter.measure(C.SUPERSCRIPT_BOTTOM_MIN, look))


def _fall(setter: Setter, base: Box, below: Box, look: Look) -> float:
    down = setter.measure(C.SUBSCRIPT_SHIFT_DOWN, look)
    if not base.is_letter:
        down = max(down, base.depth + setter.measure(C.SUBSCRIPT_BASELINE_DROP_MIN, look))
    return max(down, below.height - setter.measure(C.SUBSCRIPT_TOP_MAX, look))


def _apart(
    setter: Setter, above: Box, below: Box, shifts: tuple[float, float], look: Look
) -> tuple[float, float]:
    """Return the shifts of two scripts with enough room between them."""
    up, down = shifts
    missing = setter.measure(C.SUB_SUPERSCRIPT_GAP_MIN, look) - (up - above.depth - below.height + down)
    if missing > 0:
        down += missing
        low = setter.measure(C.SUPERSCRIPT_BOTTOM_MAX_WITH_SUBSCRIPT, look) - (up - above.depth)
        if low > 0:
            raised = min(low, missing)
            up, down = up + raised, down - raised
    return up, down


def _limits(setter: Setter, base: Box, scripts: Scripts, look: Look) -> Box:
    """Set limits, each in the middle; those of a slanted sign lean with it."""
    lean = base.italic / 2 if scripts.stacked is False else 0.0
    over = setter.set(scripts.above, look.script) if scripts.above is not None else None
    under = setter.set(scripts.below, look.script) if scripts.below is not None else None
    widths = [each.width for each in (base, over, under) if each is not None]
    middle = max(widths) / 2
    placed = [(base, middle - base.width / 2, 0.0)]
    if over is not None:
        up = base.height + max(
            setter.measure(C.UPPER_LIMIT_GAP_MIN, look) + over.depth,
            setter.measure(C.UPPER_LIMIT_BASELINE_RISE_MIN, look),
        )
        placed.append((over, middle - over.width / 2 + lean, up))
    if under is not None:
        down = base.depth + max(
            setter.measure(C.LOWER_LIMIT_GAP_MIN, look) + under.height,
            setter.measure(C.LOWER_LIMIT_BASELINE_DROP_MIN, look),
        )
        placed.append((under, middle - under.width / 2 - lean, -down))
    return together(placed, 2 * middle, base.kind)


def set_accent(setter: Setter, accent: Accent, look: Look) -> Box:
    """Set something with a sign over or under it."""
    base = setter.set(accent.base, look)
    if accent.stretches and accent.sign in "¯_":
        return _barred(setter, base, accent, look)
    if accent.sign in _BRACES and accent.stretches:
        return _braced(setter, base, accent, look)
    sign = _COMBINING.get(accent.sign, accent.sign)
    scale = setter.scale(look)
    if not setter.font.has(sign):
        mark = setter.font.text(accent.sign, scale)
    elif accent.stretches:
        mark = setter.font.stretched(sign, base.width, scale, "ltr")
    else:
        mark = setter.font.glyph(setter.font.glyph_of(sign), accent.sign, scale)
    up = base.height - min(base.height, setter.measure(C.ACCENT_BASE_HEIGHT, look))
    at = base.accented if base.accented is not None else base.width / 2
    own = mark.accented if mark.accented is not None else mark.width / 2
    box = together([(base, 0.0, 0.0), (mark, at - own, up)], base.width)
    return msgspec.structs.replace(box, italic=base.italic, kind=Class.ORDINARY, is_letter=base.is_letter)


def _barred(setter: Setter, base: Box, accent: Accent, look: Look) -> Box:
    """Set a rule over or under something."""
    if accent.under:
        gap, bar = (
            setter.measure(C.UNDERBAR_VERTICAL_GAP, look),
            setter.measure(C.UNDERBAR_RULE_THICKNESS, look),
        )
        rule = (0.0, -base.depth - gap - bar, base.width, bar)
        room = setter.measure(C.UNDERBAR_EXTRA_DESCENDER, look)
        box = msgspec.structs.replace(base, depth=base.depth + gap + bar + room)
    else:
        gap, bar = (
            setter.measure(C.OVERBAR_VERTICAL_GAP, look),
            setter.measure(C.OVERBAR_RULE_THICKNESS, look),
        )
        rule = (0.0, base.height + gap, base.width, bar)
        room = setter.measure(C.OVERBAR_EXTRA_ASCENDER, look)
        box = msgspec.structs.replace(base, height=base.height + gap + bar + room)
    return msgspec.structs.replace(
        box, rules=(*base.rules, rule), kind=Class.ORDINARY, is_letter=False, accented=None
    )


def _braced(setter: Setter, base: Box, accent: Accent, look: Look) -> Box:
    """Set a brace or an arrow that is as wide as what it stands over."""
    mark = setter.font.stretched(accent.sign, base.width, setter.scale(look), "ltr")
    gap = _BRACE_GAP * setter.scale(look)
    up = -base.depth - gap - mark.height if accent.under else base.height + gap + mark.depth
    width = max(base.width, mark.width)
    placed = [(base, (width - base.width) / 2, 0.0), (mark, (width - mark.width) / 2, up)]
    return together(placed, width, Class.ORDINARY)
