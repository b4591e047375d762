"""LaTeX mathematics read into the tree of a formula: what amsmath documents of everyday writing use.

A descent over tokens (The TeXbook, chapters 16 to 18, and the user's guide of amsmath). What is not known is a
`FormulaError` with its place, and never passes for something else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import msgspec

from octavo.mathematics import symbols
from octavo.mathematics.formula import (
    Accent,
    Fenced,
    Formula,
    FormulaError,
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
from octavo.mathematics.macros import Macro, Token
from octavo.mathematics.signs import sign_of, word_of
from octavo.mathematics.tokens import Tokens

_DEEPEST: Final = 60
_BIG: Final[Mapping[str, float]] = {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}
_SIDES: Final = {"": Kind.ORDINARY, "l": Kind.OPENING, "r": Kind.CLOSING, "m": Kind.RELATION}
_FENCES: Final[Mapping[str, tuple[str, str]]] = {
    "matrix": ("", ""),
    "smallmatrix": ("", ""),
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "cases": ("{", ""),
    "rcases": ("", "}"),
    "array": ("", ""),
}
_ALIGNED: Final = frozenset({"aligned", "align", "align*", "split", "alignedat", "eqnarray", "eqnarray*"})
_GATHERED: Final = frozenset({"gathered", "gather", "gather*", "multline", "multline*"})
_PLAIN: Final = frozenset({"equation", "equation*", "math", "displaymath"})
_IGNORED: Final = frozenset({"nonumber", "notag", "displaylimits"})
_STYLES: Final = {"displaystyle": True, "textstyle": False}


def read_latex(source: str, *, display: bool = False) -> Formula:
    """Return a formula with its parts; see `read_with`."""
    return read_with(source, {}, display=display)[0]


def read_with(
    source: str, macros: Mapping[str, Macro], *, display: bool = False
) -> tuple[Formula, Mapping[str, Macro]]:
    """Return a formula with its parts, and the abbreviations that later formulas may use.

    Raises:
        FormulaError: something in it is not known, or does not pair up.
    """
    reader = _Reader(source, macros)
    content, starts = reader.whole()
    formula = Formula(
        latex=source, content=content, starts=starts, display=display, left_out=tuple(reader.left_out)
    )
    return formula, reader.macros


class _Reader(Tokens):
    """Reads tokens one by one; `variant` is the alphabet that letters are taken from now."""

    def __init__(self, source: str, macros: Mapping[str, Macro]) -> None:
        super().__init__(source, macros)
        self.defines = self.macros is not macros
        self.left_out: list[tuple[str, int]] = []
        self.depth = 0
        self.variant: Variant | None = None

    # Rows ----------------------------------------------------------------------------------------------------------

    def whole(self) -> tuple[tuple[Node, ...], tuple[int, ...]]:
        """Read all; return the parts and where they begin."""
        starts: list[int] = []
        row = self.row(frozenset(), starts)
        if self.at < len(self.tokens):
            raise FormulaError(f"`{self.peek().text}` closes nothing", self.peek().offset)
        if not row.content:
            if not self.defines:
                raise FormulaError("there is nothing in it", 0)
            # A formula of definitions alone shows nothing.
            return (Space(0.0),), (0,)
        return row.content, tuple(starts)

    def row(self, stops: frozenset[str], starts: list[int] | None = None) -> Row:
        """Read until a token of `stops`, which stays; at the end of the source, where none is wanted.

        `starts` takes where each part begins.
        """
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaError("it is nested too deep", self.peek().offset)
        found: list[Node] = []
        while True:
            token = self.peek()
            if token.text in stops or (
                not stops and token.text in ("", "}", "&", "\\\\", "\\right", "\\end")
            ):
                break
            if not token.text:
                raise FormulaError(f"`{sorted(stops)[0]}` is missing", token.offset)
            if token.name in _STYLES:
                self.take()
                found.append(Styled(self.row(stops), _STYLES[token.name]))
                break
            if token.text in ("\\over", "\\choose", "\\atop"):
                self.take()
                rest = self.row(stops)
                line = token.name == "over"
                stacked = Fraction(above=Row(tuple(found)), below=rest, line=line)
                whole = Fenced("(", Row((stacked,)), ")") if token.name == "choose" else stacked
                found = [whole]
                if starts is not None:
                    starts[:] = [0]
                break
            read = self.scripted()
            if starts is not None:
                starts += [token.offset] * len(read)
            found.extend(read)
        if starts is not None:
            starts += [len(self.source)] * (len(found) - len(starts))
        self.depth -= 1
        return Row(tuple(found))

    def scripted(self) -> list[Node]:
        """Read one thing with its scripts."""
        token = self.peek()
        base: Node | None = Row(()) if token.text in ("^", "_", "'") else self.atom()
        if base is None:
            return []
        below: Node | None = None
        above: list[Node] = []
        stacked = isinstance(base, Accent) and base.sign in ("⏞", "⏟")
        while True:
            token = self.peek()
            if token.text == "'":
                self.take()
                above.append(Symbol(text="′"))
            elif token.text == "^":
                self.take()
                if any(not (isinstance(each, Symbol) and each.text == "′") for each in above):
                    raise FormulaError("there are two superscripts", token.offset)
                above.append(self.argument("^"))
            elif token.text == "_":
                self.take()
                if below is not None:
                    raise FormulaError("there are two subscripts", token.offset)
                below = self.argument("_")
            elif token.text in ("\\limits", "\\nolimits") and isinstance(base, Symbol):
                self.take()
                base = msgspec.structs.replace(base, limits=token.name == "limits")
                stacked = token.name == "limits"
            else:
                break
        if below is None and not above:
            return [base]
        over = above[0] if len(above) == 1 else Row(tuple(above)) if above else None
        return [Scripts(base=base, below=below, above=over, stacked=stacked)]

    def argument(self, after: str) -> Node:
        """Read what a command takes: a group, or a single thing."""
        token = self.peek()
        if token.text in ("", "}", "^", "_", "&", "\\\\", "\\right", "\\end"):
            raise FormulaError(f"`{after}` wants something behind it", token.offset)
        if token.text[0].isdigit() and len(token.text) > 1:
            self.tokens[self.at : self.at + 1] = [
                Token(each, token.offset + at) for at, each in enumerate(token.text)
            ]
        # A group counts itself; a command that takes another without one goes as deep.
        bare = token.text != "{"
        self.depth += bare
        if self.depth > _DEEPEST:
            raise FormulaError("it is nested too deep", token.offset)
        found = self.atom()
        self.depth -= bare
        return Row(()) if found is None else found

    def group(self) -> Row:
        """Read a group, whose opening brace has been read."""
        variant = self.variant
        row = self.row(frozenset("}"))
        self.take()
        self.variant = variant
        return row

    # Things --------------------------------------------------------------------------------------------------------

    def atom(self) -> Node | None:
        """Read one thing; None for a command that shows nothing."""
        token = self.take()
        if token.text == "{":
            return self.group()
        if token.name:
            return self.command(token)
        if token.text == "~":
            return Space(symbols.SPACES[" "])
        if token.text[0].isdigit():
            return Symbol(text=token.text, kind=Kind.NUMBER, variant=self.variant or Variant.NORMAL)
        if token.text in symbols.SIGNS:
            text, kind = symbols.SIGNS[token.text]
            return Symbol(text=text, kind=kind)
        if token.text.isalpha():
            return Symbol(text=token.text, variant=self.variant or Variant.ITALIC)
        if token.text in "&^_}#$":
            raise FormulaError(f"`{token.text}` does not belong there", token.offset)
        return Symbol(text=token.text, kind=symbols.KNOWN.get(token.text, Kind.ORDINARY))

    def command(self, token: Token) -> Node | None:
        """Read what a command stands for."""
        name = token.name
        found = sign_of(name, self.variant)
        if found is not None:
            return found
        if name in symbols.SPACES:
            return Space(symbols.SPACES[name])
        if name in symbols.FONTS:
            return self.in_font(symbols.FONTS[name], name)
        if name in symbols.TEXTS:
            variant = {"textit": Variant.ITALIC, "textbf": Variant.BOLD}.get(name, Variant.NORMAL)
            return Symbol(text=self.raw(f"\\{name}"), kind=Kind.TEXT, variant=variant)
        for signs, under, wide in (
            (symbols.ACCENTS, False, False),
            (symbols.WIDE_ACCENTS, False, True),
            (symbols.UNDER_ACCENTS, True, True),
        ):
            if name in signs:
                base = self.argument(f"\\{name}")
                return Accent(base=base, sign=signs[name], under=under, stretches=wide)
        bare = name.rstrip("lrm") if name[:3].lower() == "big" else name
        if bare in _BIG and name[len(bare) :] in _SIDES:
            sign = self.delimiter(f"\\{name}")
            return Symbol(text=sign, kind=_SIDES[name[len(bare) :]], size=_BIG[bare])
        if name in _IGNORED:
            return None
        rule = _RULES.get(name)
        if rule is None:
            raise FormulaError(f"`{token.text}` is not known", token.offset)
        return rule(self, token)

    def in_font(self, variant: Variant, name: str) -> Node:
        outer, self.variant = self.variant, variant
        try:
            found = self.argument(f"\\{name}")
        finally:
            self.variant = outer
        return word_of(found, variant) if variant is Variant.NORMAL else found

    def delimiter(self, after: str) -> str:
        """Read a delimiter; the empty one is written as a full stop."""
        token = self.take()
        if token.text == ".":
            return ""
        if token.name:
            for signs in (symbols.OPENING, symbols.CLOSING, symbols.BARS, symbols.RELATIONS, symbols.UPRIGHT):
                if token.name in signs:
                    return signs[token.name]
        if token.text in ("(", ")", "[", "]", "|", "/", "⟨", "⟩", "⌊", "⌋", "⌈", "⌉", "‖"):
            return token.text
        if token.text in ("<", ">"):
            return "⟨" if token.text == "<" else "⟩"
        raise FormulaError(f"`{after}` wants a delimiter", token.offset)


# Commands that take something --------------------------------------------------------------------------------------


def _fraction(reader: _Reader, token: Token) -> Node:
    above, below = reader.argument(token.text), reader.argument(token.text)
    display = {"d": True, "c": True, "t": False}.get(token.name[0])
    return Fraction(above=above, below=below, display=display)


def _binomial(reader: _Reader, token: Token) -> Node:
    above, below = reader.argument(token.text), reader.argument(token.text)
    display = {"d": True, "t": False}.get(token.name[0])
    return Fenced("(", Row((Fraction(above=above, below=below, line=False, display=display),)), ")")


def _root(reader: _Reader, token: Token) -> Node:
    degree: Node | None = None
    if reader.peek().text == "[":
        reader.take()
        degree = reader.row(frozenset("]"))
        reader.take()
    return Radical(reader.argument(token.text), degree)


def _fenced(reader: _Reader, token: Token) -> Node:
    left = reader.delimiter("\\left")
    content = reader.row(frozenset({"\\right"}))
    reader.take()
    del token
    return Fenced(left, content, reader.delimiter("\\right"))


def _middle(reader: _Reader, token: Token) -> Node:
    return Symbol(text=reader.delimiter(token.text), kind=Kind.RELATION, stretches=True)


def _function(reader: _Reader, token: Token) -> Node:
    name = reader.raw(token.text).replace("-", "\N{HYPHEN}").replace("\\,", " ")
    return Symbol(text=" ".join(name.split()), kind=Kind.LARGE, limits=token.text.endswith("*"))


def _over(reader: _Reader, token: Token) -> Node:
    scripted, base = reader.argument(token.text), reader.argument(token.text)
    if token.name == "underset":
        return Scripts(base=base, below=scripted, stacked=True)
    return Scripts(base=base, above=scripted, stacked=True)


def _arrow(reader: _Reader, token: Token) -> Node:
    sign = "→" if token.name == "xrightarrow" else "←"
    below: Node | None = None
    if reader.peek().text == "[":
        reader.take()
        below = reader.row(frozenset("]"))
        reader.take()
    above = reader.argument(token.text)
    long = Symbol(text={"→": "⟶", "←": "⟵"}[sign], kind=Kind.RELATION)
    return Scripts(base=long, below=below, above=above, stacked=True)


def _not(reader: _Reader, token: Token) -> Node:
    base = reader.argument(token.text)
    if not isinstance(base, Symbol) or len(base.text) != 1:
        raise FormulaError("`\\not` wants a sign behind it", token.offset)
    return msgspec.structs.replace(base, text=unicodedata.normalize("NFC", f"{base.text}\u0338"))


def _modulo(reader: _Reader, token: Token) -> Node:
    word = Symbol(text="mod", kind=Kind.TEXT)
    if token.name == "bmod":
        return Row((Space(4 / 18), word, Space(4 / 18)))
    number = reader.argument(token.text)
    if token.name == "mod":
        return Row((Space(1.0), word, Space(6 / 18), number))
    return Row((Space(1.0), Fenced("(", Row((word, Space(6 / 18), number)), ")")))


def _substack(reader: _Reader, token: Token) -> Node:
    reader.expect("{", token.text)
    rows = _cells(reader, "}")
    reader.take()
    return Grid(rows=rows, alignment="c" * max(map(len, rows)), gap=0.0, small=True)


def _phantom(reader: _Reader, token: Token) -> Node:
    content = reader.argument(token.text)
    return Phantom(content=content, wide=token.name != "vphantom", high=token.name != "hphantom")


def _strut(reader: _Reader, token: Token) -> Node:
    del reader, token
    return Phantom(content=Symbol(text="(", kind=Kind.OPENING), wide=False)


def _tag(reader: _Reader, token: Token) -> Node:
    """A number given by hand: it stands behind the formula, as in a line of text."""
    number = reader.raw(token.text)
    return Row(
        (Space(2.0), Symbol(text=number if token.text.endswith("*") else f"({number})", kind=Kind.TEXT))
    )


def _color(reader: _Reader, token: Token) -> Node | None:
    """A colour is left out, and told: a formula has the colour of its text."""
    reader.left_out.append((token.text, token.offset))
    if reader.peek().text == "[":
        while reader.take().text not in ("]", ""):
            pass
    reader.raw(token.text)
    return reader.argument(token.text) if token.name == "textcolor" else None


def _label(reader: _Reader, token: Token) -> None:
    """A label within a formula shows nothing; octavo names formulas by their ids."""
    reader.raw(token.text)


# Environments ------------------------------------------------------------------------------------------------------


def _environment(reader: _Reader, token: Token) -> Node:
    name = reader.raw("\\begin")
    known = name in _FENCES or name in _ALIGNED or name in _GATHERED or name in _PLAIN
    if not known:
        raise FormulaError(f"the environment `{name}` is not known", token.offset)
    alignment = ""
    if name == "array":
        alignment = "".join(each for each in reader.raw("\\begin{array}") if each in "lcr")
    elif name == "alignedat":
        reader.raw("\\begin{alignedat}")
    if name in _PLAIN:
        content = reader.row(frozenset({"\\end"}))
        rows: tuple[tuple[Row, ...], ...] = ((content,),)
    else:
        rows = _cells(reader, "\\end")
    closing = reader.take()
    if reader.raw("\\end") != name:
        raise FormulaError(f"`\\begin{{{name}}}` is not closed", closing.offset)
    return rows[0][0] if name in _PLAIN else _grid(name, rows, alignment)


def _grid(name: str, rows: tuple[tuple[Row, ...], ...], alignment: str) -> Node:
    width = max(map(len, rows))
    if name in _ALIGNED:
        return Grid(rows=rows, alignment=("rl" * width)[:width], gap=-1.0, display=True)
    if name in _GATHERED:
        return Grid(rows=rows, alignment="c" * width, display=True)
    if name.endswith("cases"):
        alignment = "l" * width
    alignment = (alignment + "c" * width)[:width]
    grid = Grid(rows=rows, alignment=alignment, small=name == "smallmatrix")
    left, right = _FENCES[name]
    return Fenced(left, Row((grid,)), right) if left or right else grid


def _cells(reader: _Reader, stop: str) -> tuple[tuple[Row, ...], ...]:
    """Read rows and columns until a token, which stays. A last row with nothing in it is none."""
    rows: list[list[Row]] = [[]]
    while True:
        if reader.peek().text == "\\hline":
            reader.take()
            continue
        rows[-1].append(reader.row(frozenset({"&", "\\\\", stop})))
        token = reader.peek()
        if token.text == stop:
            break
        reader.take()
        if token.text == "\\\\":
            if reader.peek().text == "[":
                reader.take()
                while reader.peek().text not in ("]", ""):
                    reader.take()
                reader.take()
            rows.append([])
    if len(rows) > 1 and len(rows[-1]) == 1 and not rows[-1][0].content:
        rows.pop()
    return tuple(map(tuple, rows))


_Rule: TypeAlias = Callable[[_Reader, Token], "Node | None"]
_RULES: Final[Mapping[str, _Rule]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _binomial),
    **dict.fromkeys(("operatorname", "operatorname*", "mathop"), _function),
    **dict.fromkeys(("overset", "underset", "stackrel"), _over),
    **dict.fromkeys(("xrightarrow", "xleftarrow"), _arrow),
    **dict.fromkeys(("bmod", "pmod", "mod"), _modulo),
    "sqrt": _root,
    "left": _fenced,
    "middle": _middle,
    "not": _not,
    "substack": _substack,
    "label": _label,
    "mathstrut": _strut,
    **dict.fromkeys(("phantom", "hphantom", "vphantom"), _phantom),
    **dict.fromkeys(("tag", "tag*"), _tag),
    **dict.fromkeys(("color", "textcolor"), _color),
    "begin": _environment,
}
