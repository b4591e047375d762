"""Commands that are single signs, and letters that are one word."""

from __future__ import annotations

from octavo.mathematics import symbols
from octavo.mathematics.formula import Kind, Node, Row, Symbol, Variant


def sign_of(name: str, variant: Variant | None) -> Symbol | None:
    """Return what a command stands for that is a single sign or a function's name."""
    if name in symbols.LETTERS:
        letter = Variant.ITALIC if variant is None else variant
        return Symbol(text=symbols.LETTERS[name], variant=letter)
    if name in symbols.UPRIGHT:
        return Symbol(text=symbols.UPRIGHT[name], variant=variant or Variant.NORMAL)
    for signs, kind in (
        (symbols.BINARY, Kind.BINARY),
        (symbols.RELATIONS, Kind.RELATION),
        (symbols.INTEGRALS, Kind.LARGE),
        (symbols.OPENING, Kind.OPENING),
        (symbols.CLOSING, Kind.CLOSING),
        (symbols.BARS, Kind.ORDINARY),
    ):
        if name in signs:
            return Symbol(text=signs[name], kind=kind)
    if name in symbols.SUMS:
        return Symbol(text=symbols.SUMS[name], kind=Kind.LARGE, limits=True)
    if name in symbols.FUNCTIONS:
        return Symbol(text=name, kind=Kind.LARGE)
    if name in symbols.LIMIT_FUNCTIONS:
        return Symbol(text=symbols.LIMIT_FUNCTIONS[name], kind=Kind.LARGE, limits=True)
    return Symbol(text=name) if name in tuple("%$#&_") else None


def word_of(node: Node, variant: Variant) -> Node:
    """Return letters that stand beside one another in an upright alphabet as one word."""
    if not isinstance(node, Row):
        return node
    found: list[Node] = []
    for each in node.content:
        last = found[-1] if found else None
        letters = isinstance(each, Symbol) and each.variant is variant and each.kind is Kind.ORDINARY
        if (
            letters
            and isinstance(each, Symbol)
            and isinstance(last, Symbol)
            and last.kind is Kind.ORDINARY
            and each.text.isalpha()
            and last.text.isalpha()
        ):
            found[-1] = Symbol(text=last.text + each.text, variant=variant)
        else:
            found.append(each)
    return found[0] if len(found) == 1 else Row(tuple(found))
