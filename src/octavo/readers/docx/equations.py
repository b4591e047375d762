"""Word's own formulas as LaTeX (ECMA-376-1, 22.1): what `mathematics.omml` writes, and what authors build in Word."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from lxml import etree

from octavo.mathematics import symbols
from octavo.readers.docx.names import MATH, WORD, M, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_VALUE: Final = f"{M}val"
_TEXTS: Final = (f"{M}t", f"{W}t")
_ALPHABETS: Final[Mapping[str, str]] = {
    "double-struck": "mathbb",
    "script": "mathcal",
    "fraktur": "mathfrak",
    "sans-serif": "mathsf",
    "monospace": "mathtt",
}
_STYLES: Final[Mapping[str, str]] = {"p": "mathrm", "b": "mathbf", "bi": "boldsymbol"}
_ACCENTS: Final[Mapping[str, str]] = {
    "\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar",
    "\u0306": "breve", "\u0307": "dot", "\u0308": "ddot", "\u030a": "mathring", "\u030c": "check",
    "\u20d6": "overleftarrow", "\u20d7": "vec", "\u20db": "dddot", "\u20e1": "overleftrightarrow",
}  # fmt: skip
_WIDE: Final[Mapping[str, str]] = {
    "hat": "widehat",
    "tilde": "widetilde",
    "bar": "overline",
    "vec": "overrightarrow",
}
_GROUPS: Final[Mapping[tuple[str, str], str]] = {
    ("⏞", "top"): "overbrace", ("⏟", "bot"): "underbrace", ("→", "top"): "overrightarrow",
    ("←", "top"): "overleftarrow", ("↔", "top"): "overleftrightarrow", ("→", "bot"): "underrightarrow",
    ("←", "bot"): "underleftarrow",
}  # fmt: skip
_DELIMITERS: Final[Mapping[str, str]] = {
    "": ".", "{": r"\{", "}": r"\}", "‖": r"\|", "⟨": r"\langle", "⟩": r"\rangle", "〈": r"\langle", "〉": r"\rangle",
    "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil",
}  # fmt: skip
_MATRICES: Final[Mapping[tuple[str, str], str]] = {
    ("(", ")"): "pmatrix", ("[", "]"): "bmatrix", ("{", "}"): "Bmatrix", ("|", "|"): "vmatrix", ("‖", "‖"): "Vmatrix",
}  # fmt: skip
_ESCAPED: Final = frozenset("#$%&_{}")
_SPACES: Final[Mapping[str, str]] = {
    "\u2003": r"\quad ", "\u2002": r"\enspace ", "\u2004": r"\; ", "\u2005": r"\: ", "\u2009": r"\, ", "\u00a0": r"\ ",
    "\u200b": "", "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "",
}  # fmt: skip
_SIGNS: Final[Mapping[str, str]] = {
    "−": "-", "∗": "*", "\\": r"\backslash ", "~": r"\sim ", "^": r"\hat{}", "′": "'", "″": "''", "‴": "'''",
    "…": r"\dots ",
}  # fmt: skip


def to_latex(equation: Element) -> str:
    """Return an `m:oMath` or `m:oMathPara` as LaTeX; formulas beside one another stand in rows."""
    formulas = list(equation.iterchildren(f"{M}oMath")) if equation.tag == f"{M}oMathPara" else []
    if len(formulas) > 1:
        rows = r" \\ ".join(_inside(each) for each in formulas)
        return rf"\begin{{gathered}} {rows} \end{{gathered}}"
    return _inside(formulas[0] if formulas else equation)


def characters(equation: Element) -> str:
    """Return the characters that a formula shows."""
    return "".join(each.text or "" for each in equation.iter(*_TEXTS)).strip()


def is_formula(equation: Element, latex: str) -> bool:
    """Say whether a formula is still what octavo makes of a LaTeX source; one with abbreviations of the document's is
    taken to be."""
    made = _made(latex)
    return made is None or to_latex(made) == to_latex(equation)


def is_faithful(equation: Element, latex: str) -> bool:
    """Say whether octavo can set a LaTeX source, and shows the letters and figures of a formula by it."""
    made = _made(latex)
    return made is not None and _words(made) == _words(equation)


def _made(latex: str) -> Element | None:
    """Return the formula that octavo makes of a LaTeX source; None where it is not understood."""
    from octavo.mathematics.formula import FormulaError
    from octavo.mathematics.latex import read_latex
    from octavo.mathematics.omml import to_omml

    try:
        made = to_omml(read_latex(latex, display=True))
    except FormulaError:
        return None
    return etree.fromstring(f'<m:oMathPara xmlns:m="{MATH}" xmlns:w="{WORD}">{made}</m:oMathPara>')


def _words(equation: Element) -> str:
    return "".join(each for each in unicodedata.normalize("NFKC", characters(equation)) if each.isalnum())


def _inside(element: Element | None, *, aligned: bool = False) -> str:
    if element is None:
        return ""
    return "".join(_write(each, aligned=aligned) for each in element).strip()


def _write(element: Element, *, aligned: bool = False) -> str:
    if not isinstance(element.tag, str) or element.tag in (f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr"):
        return ""
    name = element.tag.removeprefix(M)
    if name == "r" or element.tag == f"{W}r":
        return _run(element, aligned=aligned)
    if name.endswith("Pr") and element.tag.startswith(M):
        return ""
    rule = _RULES.get(name) if element.tag.startswith(M) else None
    return rule(element) if rule else _inside(element, aligned=aligned)


def _part(element: Element, name: str) -> str:
    return _inside(element.find(f"{M}{name}"))


def _said(element: Element, path: str, otherwise: str) -> str:
    """Return what a property says; `otherwise` where there is none."""
    found = element.find("/".join(f"{M}{each}" for each in path.split("/")))
    return otherwise if found is None else found.get(_VALUE, "")


def _switched(element: Element, path: str) -> bool:
    found = element.find("/".join(f"{M}{each}" for each in path.split("/")))
    return found is not None and found.get(_VALUE, "1") not in ("0", "false", "off")


# Letters and signs ---------------------------------------------------------------------------------------------------


def _run(run: Element, *, aligned: bool) -> str:
    text = "".join(each.text or "" for each in run.iterchildren(*_TEXTS))
    if not text:
        return ""
    if _switched(run, "rPr/nor") or run.tag == f"{W}r":
        plain = text.replace("\\", "").replace("{", "").replace("}", "")
        return rf"\text{{{plain}}}"
    alphabet = _ALPHABETS.get(_said(run, "rPr/scr", ""), "") or _STYLES.get(_said(run, "rPr/sty", ""), "")
    made: list[str] = []
    letters = ""
    for sign in text:
        letter = unicodedata.normalize("NFKC", sign) if "\U0001d400" <= sign <= "\U0001d7ff" else sign
        if alphabet and letter.isalnum() and letter.isascii():
            letters += letter
            continue
        made.append(_in(alphabet, letters))
        letters = ""
        made.append("&" if aligned and letter == "&" else _sign(letter))
    return "".join((*made, _in(alphabet, letters)))


def _in(alphabet: str, letters: str) -> str:
    return rf"\{alphabet}{{{letters}}}" if letters else ""


def _sign(sign: str) -> str:
    if sign in _ESCAPED:
        return f"\\{sign}"
    found = _SPACES.get(sign, _SIGNS.get(sign))
    if found is not None:
        return found
    name = _names().get(sign)
    return f"\\{name} " if name else sign


@cache
def _names() -> dict[str, str]:
    """The shortest command for each sign that is none of ASCII's; the first where several are as short."""
    tables = (
        symbols.LETTERS, symbols.UPRIGHT, symbols.BINARY, symbols.RELATIONS, symbols.SUMS, symbols.INTEGRALS,
        symbols.OPENING, symbols.CLOSING,
    )  # fmt: skip
    found: dict[str, str] = {}
    for table in tables:
        for name, sign in table.items():
            if len(sign) == 1 and not sign.isascii() and name.isalpha():
                found.setdefault(sign, name)
    return found


# What is built of parts ----------------------------------------------------------------------------------------------


def _fraction(element: Element) -> str:
    above, below = _part(element, "num"), _part(element, "den")
    match _said(element, "fPr/type", "bar"):
        case "noBar":
            return rf"{{{above} \atop {below}}}"
        case "lin":
            return f"{{{above}}}/{{{below}}}"
        case _:
            return rf"\frac{{{above}}}{{{below}}}"


def _script(element: Element, *names: str) -> str:
    base = _part(element, "e")
    signs = {"sub": "_", "sup": "^"}
    if names == ("sup",) and (primes := _part(element, "sup")) and not primes.strip("'"):
        return _held(base) + primes
    return _held(base) + "".join(f"{signs[name]}{{{_part(element, name)}}}" for name in names)


def _held(base: str) -> str:
    """Return a base to which scripts belong."""
    return base if len(base) == 1 or (base.startswith("\\") and base[1:].strip().isalpha()) else f"{{{base}}}"


def _before(element: Element) -> str:
    return f"{{}}_{{{_part(element, 'sub')}}}^{{{_part(element, 'sup')}}}{_held(_part(element, 'e'))}"


def _radical(element: Element) -> str:
    degree = "" if _switched(element, "radPr/degHide") else _part(element, "deg")
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_part(element, 'e')}}}"


def _large(element: Element) -> str:
    sign = _said(element, "naryPr/chr", "∫") or "∫"
    name = _names().get(sign)
    made = f"\\{name}" if name else sign
    if sign in symbols.INTEGRALS.values() and _said(element, "naryPr/limLoc", "") == "undOvr":
        made += r"\limits"
    for part, mark, hidden in (("sub", "_", "subHide"), ("sup", "^", "supHide")):
        said = "" if _switched(element, f"naryPr/{hidden}") else _part(element, part)
        made += f"{mark}{{{said}}}" if said else ""
    return f"{made} {_part(element, 'e')}"


def _function(element: Element) -> str:
    return f"{_named(element.find(f'{M}fName'))} {_part(element, 'e')}"


def _named(name: Element | None) -> str:
    """Return a function's name, with what stands below or above it."""
    if name is None:
        return ""
    parts = [each for each in name if isinstance(each.tag, str) and not each.tag.endswith("Pr")]
    if len(parts) == 1 and parts[0].tag in (f"{M}limLow", f"{M}limUpp", f"{M}sSup", f"{M}sSub"):
        sign, part = {
            "limLow": ("_", "lim"),
            "limUpp": ("^", "lim"),
            "sSup": ("^", "sup"),
            "sSub": ("_", "sub"),
        }[parts[0].tag.removeprefix(M)]
        return f"{_named(parts[0].find(f'{M}e'))}{sign}{{{_part(parts[0], part)}}}"
    text = characters(name)
    if not parts or any(each.tag not in (f"{M}r", f"{W}r") for each in parts):
        return _inside(name)
    if text in symbols.FUNCTIONS or text in symbols.LIMIT_FUNCTIONS:
        return f"\\{text}"
    known = {shown: command for command, shown in symbols.LIMIT_FUNCTIONS.items()}
    return f"\\{known[text]}" if text in known else rf"\operatorname{{{text}}}"


def _fenced(element: Element) -> str:
    left, right = _said(element, "dPr/begChr", "("), _said(element, "dPr/endChr", ")")
    parts = element.findall(f"{M}e")
    inner = [
        each for part in parts for each in part if isinstance(each.tag, str) and not each.tag.endswith("Pr")
    ]
    only = inner[0] if len(inner) == 1 else None
    if only is not None and only.tag == f"{M}m" and (left, right) in _MATRICES:
        return _environment(_MATRICES[left, right], _rows(only))
    if only is not None and only.tag in (f"{M}m", f"{M}eqArr") and (left, right) == ("{", ""):
        return _environment("cases", _rows(only))
    stacked = only is not None and only.tag == f"{M}f" and _said(only, "fPr/type", "bar") == "noBar"
    if only is not None and stacked and (left, right) == ("(", ")"):
        return rf"\binom{{{_part(only, 'num')}}}{{{_part(only, 'den')}}}"
    between = _said(element, "dPr/sepChr", "|")
    plain = (
        left in ("(", "[") and right in (")", "]") and all(each.tag in (f"{M}r", f"{W}r") for each in inner)
    )
    parting = _sign(between) if plain else rf"\middle{_delimiter(between)}"
    content = f" {parting} ".join(_inside(each) for each in parts)
    if plain:
        return f"{left}{content}{right}"
    return rf"\left{_delimiter(left)} {content} \right{_delimiter(right)}"


def _delimiter(sign: str) -> str:
    return _DELIMITERS.get(sign, sign)


def _rows(element: Element) -> Iterable[str]:
    if element.tag == f"{M}eqArr":
        return [_inside(each, aligned=True) for each in element.iterchildren(f"{M}e")]
    return [
        " & ".join(_inside(each) for each in row.iterchildren(f"{M}e"))
        for row in element.iterchildren(f"{M}mr")
    ]


def _environment(name: str, rows: Iterable[str]) -> str:
    content = r" \\ ".join(rows)
    return rf"\begin{{{name}}} {content} \end{{{name}}}"


def _matrix(element: Element) -> str:
    """Return rows and columns: aligned equations where columns meet in pairs."""
    sides = ""
    for column in element.iterfind(f"{M}mPr/{M}mcs/{M}mc/{M}mcPr"):
        count = _said(column, "count", "1")
        side = {"left": "l", "right": "r"}.get(_said(column, "mcJc", "center"), "c")
        sides += side * (int(count) if count.isdecimal() and len(count) < 3 else 1)
    if not sides.strip("c"):
        return _environment("matrix", _rows(element))
    if sides == ("rl" * len(sides))[: len(sides)]:
        return _environment("aligned", _rows(element))
    content = r" \\ ".join(_rows(element))
    return rf"\begin{{array}}{{{sides}}} {content} \end{{array}}"


def _equations(element: Element) -> str:
    rows = list(_rows(element))
    return _environment("aligned" if any("&" in each for each in rows) else "gathered", rows)


def _accent(element: Element) -> str:
    base = _part(element, "e")
    name = _ACCENTS.get(_said(element, "accPr/chr", "\u0302"), "hat")
    wide = len(characters(element)) > 1
    return rf"\{_WIDE.get(name, name) if wide else name}{{{base}}}"


def _bar(element: Element) -> str:
    name = "overline" if _said(element, "barPr/pos", "bot") == "top" else "underline"
    return rf"\{name}{{{_part(element, 'e')}}}"


def _group(element: Element) -> str:
    sign, place = _said(element, "groupChrPr/chr", "⏟"), _said(element, "groupChrPr/pos", "bot")
    name = _GROUPS.get((sign, place))
    base = _part(element, "e")
    if name:
        return rf"\{name}{{{base}}}"
    return rf"\{'overset' if place == 'top' else 'underset'}{{{_sign(sign)}}}{{{base}}}"


def _limit(element: Element) -> str:
    below = element.tag == f"{M}limLow"
    base, limit = element.find(f"{M}e"), _part(element, "lim")
    inner = (
        []
        if base is None
        else [each for each in base if isinstance(each.tag, str) and not each.tag.endswith("Pr")]
    )
    if len(inner) == 1 and inner[0].tag == f"{M}groupChr":
        return f"{_inside(base)}{'_' if below else '^'}{{{limit}}}"
    if base is not None and characters(base) in symbols.LIMIT_FUNCTIONS:
        return f"{_named(base)}{'_' if below else '^'}{{{limit}}}"
    return rf"\{'underset' if below else 'overset'}{{{limit}}}{{{_inside(base)}}}"


_RULES: Final[Mapping[str, Callable[[Element], str]]] = {
    "f": _fraction,
    "sSub": lambda element: _script(element, "sub"),
    "sSup": lambda element: _script(element, "sup"),
    "sSubSup": lambda element: _script(element, "sub", "sup"),
    "sPre": _before,
    "rad": _radical,
    "nary": _large,
    "func": _function,
    "d": _fenced,
    "m": _matrix,
    "eqArr": _equations,
    "acc": _accent,
    "bar": _bar,
    "groupChr": _group,
    "limLow": _limit,
    "limUpp": _limit,
}
