"""A formula as MathML (W3C MathML Core, and MathML 3 where EPUB 3.3 asks for it)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

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
from octavo.mathematics.symbols import in_alphabet

NAMESPACE: Final = "http://www.w3.org/1998/Math/MathML"
_APPLY: Final = "<mo>\N{FUNCTION APPLICATION}</mo>"
_ALIGN: Final = {"l": "left", "c": "center", "r": "right"}
_SIGNS: Final = frozenset("|‖/′\\[]")


def to_mathml(formula: Formula, attributes: str = "") -> str:
    """Return the `math` element; its alternative text is the LaTeX source. `attributes` are further ones, as text.

    One that is displayed has the size of it and stands in the line all the same: its paragraph says where.
    """
    kind = ' displaystyle="true"' if formula.display else ""
    latex = " ".join(formula.latex.split())
    return (
        f'<math xmlns="{NAMESPACE}"{kind} alttext={quoted(latex)}{attributes}>'
        f"{_inside(formula.content)}</math>"
    )


def _write(node: Node) -> str:
    return RULES[type(node)](node)


def _inside(content: Sequence[Node]) -> str:
    """Return the parts of a row; a function's name is followed by the sign that says so."""
    found: list[str] = []
    for at, each in enumerate(content):
        found.append(_write(each))
        base = each.base if isinstance(each, Scripts) else each
        named = isinstance(base, Symbol) and base.kind is Kind.LARGE and base.text.isalpha()
        if named and at + 1 < len(content):
            found.append(_APPLY)
    return "".join(found)


def _row(row: Row) -> str:
    if len(row.content) == 1:
        return _write(row.content[0])
    return f"<mrow>{_inside(row.content)}</mrow>"


def _symbol(symbol: Symbol) -> str:
    text = escape(in_alphabet(symbol.text, symbol.variant))
    if symbol.size:
        return f'<mo stretchy="true" minsize="{symbol.size:g}em" maxsize="{symbol.size:g}em">{text}</mo>'
    match symbol.kind:
        case Kind.NUMBER:
            return f"<mn>{text}</mn>"
        case Kind.TEXT:
            return f"<mtext>{text.replace(' ', chr(160))}</mtext>"
        case Kind.ORDINARY:
            return _ordinary(symbol, text)
        case Kind.LARGE if symbol.text[0].isalpha():
            return f'<mo movablelimits="true">{text}</mo>' if symbol.limits else f"<mi>{text}</mi>"
        case Kind.OPENING | Kind.CLOSING:
            form = "prefix" if symbol.kind is Kind.OPENING else "postfix"
            return f'<mo form="{form}" stretchy="false">{text}</mo>'
        case _ if symbol.stretches:
            return f'<mo stretchy="true">{text}</mo>'
        case _:
            return f"<mo>{text}</mo>"


def _ordinary(symbol: Symbol, text: str) -> str:
    if symbol.text in _SIGNS:
        return f'<mo stretchy="false">{text}</mo>'
    if symbol.variant is Variant.ITALIC:
        # A single letter is italic of itself; the plain one is what readers of screens know best.
        return f"<mi>{escape(symbol.text) if len(symbol.text) == 1 else text}</mi>"
    if symbol.variant is Variant.NORMAL and len(symbol.text) == 1:
        return f'<mi mathvariant="normal">{text}</mi>'
    return f"<mi>{text}</mi>"


def _space(space: Space) -> str:
    return f'<mspace width="{space.width:.3g}em"/>'


def _fraction(fraction: Fraction) -> str:
    bare = "" if fraction.line else ' linethickness="0"'
    written = f"<mfrac{bare}>{_write(fraction.above)}{_write(fraction.below)}</mfrac>"
    if fraction.display is None:
        return written
    style = "true" if fraction.display else "false"
    return f'<mstyle displaystyle="{style}" scriptlevel="0">{written}</mstyle>'


def _radical(radical: Radical) -> str:
    if radical.degree is None:
        return f"<msqrt>{_write(radical.content)}</msqrt>"
    return f"<mroot>{_write(radical.content)}{_write(radical.degree)}</mroot>"


def _scripts(scripts: Scripts) -> str:
    stacked = scripts.stacked or (isinstance(scripts.base, Symbol) and scripts.base.limits)
    names = ("munder", "mover", "munderover") if stacked else ("msub", "msup", "msubsup")
    below, above = scripts.below, scripts.above
    name = names[2] if below and above else names[0] if below else names[1]
    parts = "".join(_write(each) for each in (below, above) if each is not None)
    return f"<{name}>{_write(scripts.base)}{parts}</{name}>"


def _accent(accent: Accent) -> str:
    name, mark = ("munder", "accentunder") if accent.under else ("mover", "accent")
    stretchy = "true" if accent.stretches else "false"
    shown = "\N{OVERLINE}" if accent.stretches and accent.sign == "¯" else accent.sign
    sign = f'<mo stretchy="{stretchy}">{escape(shown)}</mo>'
    return f'<{name} {mark}="true">{_write(accent.base)}{sign}</{name}>'


def _fenced(fenced: Fenced) -> str:
    left, right = (
        f'<mo fence="true" form="{form}" stretchy="true">{escape(sign)}</mo>' if sign else ""
        for form, sign in (("prefix", fenced.left), ("postfix", fenced.right))
    )
    return f"<mrow>{left}{_row(fenced.content)}{right}</mrow>"


def _grid(grid: Grid) -> str:
    rows = "".join(
        "<mtr>"
        + "".join(
            f'<mtd style="text-align: {_ALIGN[side]}">{_inside(cell.content)}</mtd>'
            for cell, side in zip(row, grid.alignment, strict=False)
        )
        + "</mtr>"
        for row in grid.rows
    )
    sides = " ".join(_ALIGN[side] for side in grid.alignment)
    gap = "0em 2em" if grid.gap < 0 else f"{grid.gap:g}em"
    display = ' displaystyle="true"' if grid.display else ""
    table = f'<mtable columnalign="{sides}" columnspacing="{gap}"{display}>{rows}</mtable>'
    return f'<mstyle scriptlevel="1">{table}</mstyle>' if grid.small else table


def _styled(styled: Styled) -> str:
    value = "true" if styled.display else "false"
    return f'<mstyle displaystyle="{value}" scriptlevel="0">{_inside(styled.content.content)}</mstyle>'


def _phantom(phantom: Phantom) -> str:
    written = f"<mphantom>{_write(phantom.content)}</mphantom>"
    if phantom.wide and phantom.high:
        return written
    none = 'height="0" depth="0"' if phantom.wide else 'width="0"'
    return f"<mpadded {none}>{written}</mpadded>"


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
