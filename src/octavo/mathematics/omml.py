"""A formula as Word's own: Office MathML (ECMA-376-1, 22.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeGuard

import msgspec

from octavo.mathematics.formula import (
    Accent,
    Fenced,
    Formula,
    Fraction,
    Grid,
    Kind,
    Node,
    Phantom,
    Radical,
    Row,
    Scripts,
    Space,
    Styled,
    Symbol,
    Variant,
)
from octavo.mathematics.markup import escape, quoted

NAMESPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_FONT: Final = '<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'
_LOOKS: Final[Mapping[Variant, str]] = {
    Variant.ITALIC: "",
    Variant.NORMAL: '<m:sty m:val="p"/>',
    Variant.BOLD: '<m:sty m:val="b"/>',
    Variant.BOLD_ITALIC: '<m:sty m:val="bi"/>',
    Variant.DOUBLE_STRUCK: '<m:scr m:val="double-struck"/><m:sty m:val="p"/>',
    Variant.SCRIPT: '<m:scr m:val="script"/><m:sty m:val="p"/>',
    Variant.FRAKTUR: '<m:scr m:val="fraktur"/><m:sty m:val="p"/>',
    Variant.SANS_SERIF: '<m:scr m:val="sans-serif"/><m:sty m:val="p"/>',
    Variant.MONOSPACE: '<m:scr m:val="monospace"/><m:sty m:val="p"/>',
}
_COMBINING: Final[Mapping[str, str]] = {
    "^": "\u0302", "ˇ": "\u030c", "~": "\u0303", "´": "\u0301", "`": "\u0300", "˙": "\u0307", "¨": "\u0308",
    "˘": "\u0306", "¯": "\u0305", "→": "\u20d7", "←": "\u20d6", "↔": "\u20e1", "˚": "\u030a", "⃛": "\u20db",
}  # fmt: skip
_SPACES: Final = ((0.9, "\u2003"), (0.45, "\u2002"), (0.3, "\u2004"), (0.23, "\u2005"), (0.05, "\u2009"))
"""From so many ems on, a space of that width."""
_JUSTIFIED: Final = {"l": "left", "c": "center", "r": "right"}
_EMPTY: Final = r"<(m:\w+)></\1>"
_CLOSERS: Final = ")]}⟩⌋⌉⟯|‖"
"""Closing signs that stand for the end of a pair; an exclamation mark only ends what is before it."""
_ENDS: Final = (Kind.RELATION, Kind.PUNCTUATION, Kind.CLOSING)
"""What a sum or an integral does not reach over."""


def to_omml(formula: Formula) -> str:
    """Return the `m:oMath` element; its parts are in the namespaces `m` and `w`, which have to be declared."""
    return re.sub(_EMPTY, r"<\1/>", f"<m:oMath>{_inside(formula.content)}</m:oMath>")


def _write(node: Node) -> str:
    return RULES[type(node)](node)


def _inside(content: Sequence[Node]) -> str:
    """Return parts beside one another; a sum takes what it sums, and a function what it is of."""
    content = _paired(content)
    found: list[str] = []
    at = 0
    while at < len(content):
        node = content[at]
        base = node.base if isinstance(node, Scripts) else node
        if isinstance(base, Symbol) and base.kind is Kind.LARGE and not isinstance(node, Accent):
            end = _reach(content, at + 1) if not base.text[0].isalpha() else min(at + 2, len(content))
            if base.text[0].isalpha() and (end > len(content) or _ends(content[at + 1 : end])):
                end = at + 1
            rest = _inside(content[at + 1 : end])
            found.append(_function(node, rest) if base.text[0].isalpha() else _large(base, node, rest))
            at = end
        else:
            found.append(_write(node))
            at += 1
    return "".join(found)


def _paired(content: Sequence[Node]) -> Sequence[Node]:
    """Return parts with what stands in brackets held together, as Word itself holds it (22.1.2.24)."""
    if not any(_is(each, Kind.OPENING) for each in content):
        return content
    found: list[Node] = []
    opened: list[int] = []
    for node in content:
        closing = node.base if isinstance(node, Scripts) else node
        if _is(node, Kind.OPENING):
            opened.append(len(found))
        if not opened or not _is(closing, Kind.CLOSING) or closing.text not in _CLOSERS:
            found.append(node)
            continue
        start = opened.pop()
        left = found[start]
        assert isinstance(left, Symbol)
        pair = Fenced(left.text, Row(tuple(found[start + 1 :])), closing.text)
        found[start:] = [msgspec.structs.replace(node, base=pair) if isinstance(node, Scripts) else pair]
    return found


def _is(node: Node, kind: Kind) -> TypeGuard[Symbol]:
    return isinstance(node, Symbol) and node.kind is kind


def _ends(content: Sequence[Node]) -> bool:
    return any(isinstance(each, Symbol) and each.kind in _ENDS for each in content)


def _reach(content: Sequence[Node], start: int) -> int:
    """Return where what stands after a large operator ends: before the next relation."""
    at = start
    while at < len(content) and not _ends(content[at : at + 1]):
        at += 1
    return at


def _large(sign: Symbol, node: Node, rest: str) -> str:
    """A sum or an integral with its limits and what it is of (22.1.2.70)."""
    below = node.below if isinstance(node, Scripts) else None
    above = node.above if isinstance(node, Scripts) else None
    place = "undOvr" if sign.limits or (isinstance(node, Scripts) and node.stacked) else "subSup"
    hidden = ('<m:subHide m:val="1"/>' if below is None else "") + (
        '<m:supHide m:val="1"/>' if above is None else ""
    )
    return (
        f"<m:nary><m:naryPr><m:chr m:val={quoted(sign.text)}/>"
        f'<m:limLoc m:val="{place}"/>{hidden}</m:naryPr>'
        f"<m:sub>{_content(below)}</m:sub><m:sup>{_content(above)}</m:sup><m:e>{rest}</m:e></m:nary>"
    )


def _function(name: Node, rest: str) -> str:
    if not rest:
        return _write(name)
    return f"<m:func><m:fName>{_write(name)}</m:fName><m:e>{rest}</m:e></m:func>"


def _content(node: Node | None) -> str:
    """Return a part without the row that may hold it."""
    if node is None:
        return ""
    match node:
        case Row():
            return _inside(node.content)
        case Styled():
            return _styled(node)
        case _:
            return _inside((node,))


def _row(row: Row) -> str:
    return _inside(row.content)


def _styled(styled: Styled) -> str:
    return _inside(styled.content.content)


def _symbol(symbol: Symbol) -> str:
    if symbol.kind is Kind.TEXT:
        look = "<m:nor/>"
    elif symbol.kind is Kind.NUMBER and symbol.variant is Variant.NORMAL:
        look = ""
    elif symbol.kind is Kind.LARGE and symbol.text[0].isalpha():
        look = _LOOKS[Variant.NORMAL]
    elif symbol.text[0].isalpha():
        look = _LOOKS[symbol.variant]
    else:
        look = ""
    return _run(symbol.text, look)


def _run(text: str, look: str = "") -> str:
    properties = f"<m:rPr>{look}</m:rPr>" if look else ""
    return f'<m:r>{properties}{_FONT}<m:t xml:space="preserve">{escape(text)}</m:t></m:r>'


def _space(space: Space) -> str:
    text = next((sign for width, sign in _SPACES if space.width >= width), "")
    return _run(text) if text else ""


def _fraction(fraction: Fraction) -> str:
    kind = "" if fraction.line else '<m:fPr><m:type m:val="noBar"/></m:fPr>'
    above, below = _content(fraction.above), _content(fraction.below)
    return f"<m:f>{kind}<m:num>{above}</m:num><m:den>{below}</m:den></m:f>"


def _radical(radical: Radical) -> str:
    hidden = "" if radical.degree is not None else '<m:radPr><m:degHide m:val="1"/></m:radPr>'
    return f"<m:rad>{hidden}<m:deg>{_content(radical.degree)}</m:deg><m:e>{_content(radical.content)}</m:e></m:rad>"


def _scripts(scripts: Scripts) -> str:
    base, below, above = _content(scripts.base), scripts.below, scripts.above
    if scripts.stacked or (isinstance(scripts.base, Symbol) and scripts.base.limits):
        if below is not None:
            base = f"<m:limLow><m:e>{base}</m:e><m:lim>{_content(below)}</m:lim></m:limLow>"
        if above is not None:
            base = f"<m:limUpp><m:e>{base}</m:e><m:lim>{_content(above)}</m:lim></m:limUpp>"
        return base
    name = "sSubSup" if below is not None and above is not None else "sSub" if below is not None else "sSup"
    lower = f"<m:sub>{_content(below)}</m:sub>" if below is not None else ""
    upper = f"<m:sup>{_content(above)}</m:sup>" if above is not None else ""
    return f"<m:{name}><m:e>{base}</m:e>{lower}{upper}</m:{name}>"


def _accent(accent: Accent) -> str:
    base = f"<m:e>{_content(accent.base)}</m:e>"
    if accent.stretches and accent.sign in ("_", "¯"):
        place = "bot" if accent.under else "top"
        return f'<m:bar><m:barPr><m:pos m:val="{place}"/></m:barPr>{base}</m:bar>'
    combining = _COMBINING.get(accent.sign, "")
    if combining and not accent.under:
        return f'<m:acc><m:accPr><m:chr m:val="{combining}"/></m:accPr>{base}</m:acc>'
    place, side = ("bot", "top") if accent.under else ("top", "bot")
    sign = quoted(accent.sign)
    properties = f'<m:chr m:val={sign}/><m:pos m:val="{place}"/><m:vertJc m:val="{side}"/>'
    return f"<m:groupChr><m:groupChrPr>{properties}</m:groupChrPr>{base}</m:groupChr>"


def _fenced(fenced: Fenced) -> str:
    ends = f"<m:begChr m:val={quoted(fenced.left)}/><m:endChr m:val={quoted(fenced.right)}/>"
    return f"<m:d><m:dPr>{ends}</m:dPr><m:e>{_row(fenced.content)}</m:e></m:d>"


def _grid(grid: Grid) -> str:
    columns = "".join(
        f'<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="{_JUSTIFIED[side]}"/></m:mcPr></m:mc>'
        for side in grid.alignment
    )
    wide = len(grid.alignment)
    rows = "".join(
        "<m:mr>"
        + "".join(f"<m:e>{_row(cell)}</m:e>" for cell in row[:wide])
        + "<m:e/>" * (wide - len(row))
        + "</m:mr>"
        for row in grid.rows
    )
    return f"<m:m><m:mPr><m:mcs>{columns}</m:mcs></m:mPr>{rows}</m:m>"


def _phantom(phantom: Phantom) -> str:
    none = "" if phantom.wide else '<m:zeroWid m:val="1"/>'
    none += "" if phantom.high else '<m:zeroAsc m:val="1"/><m:zeroDesc m:val="1"/>'
    properties = f'<m:phantPr><m:show m:val="0"/>{none}</m:phantPr>'
    return f"<m:phant>{properties}<m:e>{_content(phantom.content)}</m:e></m:phant>"


RULES: Final[Mapping[type[Any], Callable[[Any], str]]] = {
    Symbol: _symbol,
    Space: _space,
    Row: _row,
    Fraction: _fraction,
    Radical: _radical,
    Scripts: _scripts,
    Accent: _accent,
    Fenced: _fenced,
    Grid: _grid,
    Styled: _styled,
    Phantom: _phantom,
}
"""A rule for each kind of part; a test holds it complete."""
