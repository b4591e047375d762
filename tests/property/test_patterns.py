"""No regular expression of octavo takes longer than a text's length asks for, whatever the text is made of.

Each one that stands in the code is tried, by the way it is used, on texts made of its own pieces: what may be repeated
is repeated by thousands, what leads there stands before it, and what cannot match behind it. Where the same letters may
be told apart in many ways, the time grows with the square of the length, and some thousands of letters show it.
"""

from __future__ import annotations

import ast
import functools
import importlib
import re
import time
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final, cast

import pytest

from tests.corpus import ROOT
from tests.growth import SITTINGS

METHODS: Final = ("search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn")
PROBES: Final = " \t\na1A_.-é"
SPARED: Final = {
    "octavo.checks.parity": "reads editions that octavo has just made",
    "octavo.readers.docx.written": "reads XML that was written by the parser itself, in which all is closed",
}
STEPS: Final = ((24, 0.01), (400, 0.01), (4_000, 0.03))
"""Letters, and the seconds of this process that they may take; what is linear takes a hundredth of that.

The seconds are those of a machine that takes `USUAL` for `_yardstick`; a slower one has as many times more.
"""
USUAL: Final = 0.003
LONGEST: Final = (40_000, 0.2)
"""Tried where four times as many letters took far more than four times as long."""
MOST_UNITS: Final = 5
_REPEATED: Final = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def _modules() -> Iterator[tuple[str, ast.Module]]:
    source = ROOT / "src"
    for path in sorted((source / "octavo").rglob("*.py")):
        name = ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.Module) -> Iterator[tuple[str, str, ast.Call]]:
    """Yield (what is called, by which name, the call) of all calls of a name's attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func.value), node.func.attr, node


def _found() -> dict[tuple[str, int], tuple[re.Pattern[Any], set[str]]]:
    """Return the expressions of the code by module and line, with the ways in which they are used."""
    trees = dict(_modules())
    used: dict[str, set[str]] = {}
    chained: dict[int, str] = {}
    for name, tree in trees.items():
        for owner, method, call in _calls(tree):
            if method in METHODS:
                used.setdefault(owner, set()).add(method)
                used.setdefault(f"{name} {owner}", set()).add(method)
                chained[id(call.func.value)] = method  # type: ignore[attr-defined]
    found: dict[tuple[str, int], tuple[re.Pattern[Any], set[str]]] = {}
    for name, tree in trees.items():
        named = {
            id(node.value): ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        }
        for owner, method, call in _calls(tree):
            if owner != "re" or method not in (*METHODS, "compile") or not call.args:
                continue
            module = importlib.import_module(name)
            try:
                pattern = _compiled(call, method, module)
            except NameError:
                continue  # it is made of what a function has at hand; those are all made of names and numbers
            known = named.get(id(call), "")
            ways = used.get(f"{name} {known}") or used.get(known) or {chained.get(id(call), "match")}
            found[name, call.lineno] = (pattern, ways if method == "compile" else {method})
    return found


def _compiled(call: ast.Call, method: str, module: object) -> re.Pattern[Any]:
    flags = next((ast.unparse(each.value) for each in call.keywords if each.arg == "flags"), "0")
    inline = f"re.compile({ast.unparse(call.args[0])}, {flags})"
    source = ast.unparse(call) if method == "compile" else inline
    return cast("re.Pattern[Any]", eval(source, vars(module)))


FOUND: Final = _found()


class _Maker:
    """Makes texts of the pieces of one expression."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
        flags = pattern.flags if isinstance(pattern.pattern, str) else pattern.flags & ~re.UNICODE
        self.tree = parser.parse(self.text, flags)
        self.probes = "".join(dict.fromkeys(PROBES + "".join(self._letters(self.tree))))

    def _letters(self, items: Any) -> Iterator[str]:
        for code, told in items:
            if code in (codes.LITERAL, codes.NOT_LITERAL):
                yield chr(told)
            elif code is codes.IN:
                yield from self._letters(each for each in told if each[0] is codes.LITERAL)
            else:
                for inner in self._inner(told):
                    yield from self._letters(inner)

    def _inner(self, told: Any) -> Iterator[Any]:
        if isinstance(told, parser.SubPattern):
            yield told
        elif isinstance(told, tuple | list):
            for each in told:
                yield from self._inner(each)

    def one_of(self, item: Any) -> list[str]:
        """Return the letters that a set, a literal or a dot takes, of those that are tried."""
        single = re.compile(_single(item), re.DOTALL)
        return [each for each in self.probes if single.fullmatch(each)]

    def example(self, items: Any) -> str:
        return "".join(self._piece(code, told) for code, told in items)

    def _piece(self, code: Any, told: Any) -> str:
        if code in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY):
            return (self.one_of((code, told)) or [""])[0]
        if code in _REPEATED:
            return str(self.example(told[2]) * max(told[0], 1))
        if code is codes.BRANCH:
            return str(self.example(told[1][0]))
        if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            return self.example(told[-1] if isinstance(told, tuple) else told)
        return ""

    def pumps(self, items: Any, before: str = "") -> Iterator[tuple[str, str]]:
        """Yield what may be repeated, with an example of what stands before it."""
        for code, told in items:
            if code in _REPEATED and told[1] > 50:
                inner = told[2]
                units = (
                    self.one_of(inner[0])[:MOST_UNITS]
                    if len(inner) == 1 and _is_single(inner[0])
                    else [self.example(inner)]
                )
                yield from ((before, each) for each in units)
                yield from self.pumps(inner, before)
            else:
                for each in self._inner(told):
                    yield from self.pumps(each, before)
            before += self._piece(code, told)
            yield "", before


def _is_single(item: Any) -> bool:
    return item[0] in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY)


def _single(item: Any) -> str:
    """Return a set as an expression of its own."""
    code, told = item
    if code is codes.ANY:
        return "."
    if code is codes.LITERAL:
        return re.escape(chr(told))
    if code is codes.NOT_LITERAL:
        return f"[^{re.escape(chr(told))}]"
    kinds = {
        codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_SPACE: r"\s",
        codes.CATEGORY_NOT_SPACE: r"\S", codes.CATEGORY_WORD: r"\w", codes.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    parts = {
        codes.NEGATE: lambda _: "^",
        codes.LITERAL: lambda value: re.escape(chr(value)),
        codes.RANGE: lambda value: f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}",
        codes.CATEGORY: kinds.__getitem__,
    }
    inside = "".join(str(parts[kind](value)) for kind, value in told)
    return f"[{inside}]"


def _attacks(pattern: re.Pattern[Any]) -> Iterable[tuple[str, str, str]]:
    maker = _Maker(pattern)
    pumps = dict.fromkeys(each for each in maker.pumps(maker.tree) if each[1])
    return [(before, unit, after) for before, unit in pumps for after in ("", "\x00")]


@functools.cache
def _slowness() -> float:
    """Return how many times slower this machine is than the one that the seconds are of; it may be busy, too."""
    yardstick = re.compile("(?:a|b)*?c")
    return max(1.0, min(_seconds(yardstick, "match", "ab" * 100_000) for _ in range(3)) / USUAL)


def _seconds(pattern: re.Pattern[Any], way: str, text: str | bytes) -> float:
    began = time.process_time()
    if way in ("sub", "subn"):
        pattern.sub(b"" if isinstance(text, bytes) else "", text)
    elif way == "finditer":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, way)(text)
    return time.process_time() - began


def _fault(pattern: re.Pattern[Any], way: str, attack: tuple[str, str, str]) -> str:
    for size, allowed in STEPS:
        if fault := _too_long(pattern, way, attack, size, allowed):
            return fault
    short, long = (_spent(pattern, way, attack, size) for size in (1_000, 4_000))
    return _too_long(pattern, way, attack, *LONGEST) if long > 8 * short and long > 0.0002 else ""


def _too_long(
    pattern: re.Pattern[Any], way: str, attack: tuple[str, str, str], size: int, allowed: float
) -> str:
    for _ in range(SITTINGS):
        spent = _spent(pattern, way, attack, size)
        if spent <= allowed * _slowness():
            return ""
    before, unit, after = attack
    return f"{way}: {spent:.3f} s for {size} letters: {before!r} + {unit!r} * n + {after!r}"


def _spent(pattern: re.Pattern[Any], way: str, attack: tuple[str, str, str], size: int) -> float:
    before, unit, after = attack
    made = before + unit * (size // len(unit) + 1) + after
    return _seconds(pattern, way, made if isinstance(pattern.pattern, str) else made.encode("utf-8"))


@pytest.mark.parametrize(
    "module", sorted({module for module, _ in FOUND if not module.startswith(tuple(SPARED))})
)
def test_expressions_take_as_long_as_the_text_is(module: str) -> None:
    faults = {
        f"line {line}: {pattern.pattern!r}": fault
        for (where, line), (pattern, ways) in FOUND.items()
        if where == module
        for way in ways
        for attack in _attacks(pattern)
        if (fault := _fault(pattern, way, attack))
    }
    assert not faults, "\n".join(f"{place}\n    {fault}" for place, fault in faults.items())
