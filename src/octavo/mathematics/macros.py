r"""Abbreviations of an author: `\newcommand`, `\def` and `\DeclareMathOperator`, put in before a formula is read.

What is put in has the place of the call, so that a fault is told where the author can see it (The TeXbook, chapter 20).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from octavo.mathematics.formula import FormulaError

_COMMANDS: Final = frozenset({"newcommand", "renewcommand", "providecommand"})
_OPERATOR: Final = "DeclareMathOperator"
_MOST: Final = 20_000
"""So many tokens a formula may come to: an abbreviation of itself has no end."""


class Token(NamedTuple):
    """A token and its place in the source, in characters."""

    text: str
    offset: int

    @property
    def name(self) -> str:
        """A command's name, empty where it is none."""
        return self.text[1:] if self.text.startswith("\\") else ""


class Macro(msgspec.Struct, frozen=True):
    """What an abbreviation stands for: `#` and a digit in its body is an argument; the first may have a `default`."""

    arguments: int
    body: tuple[Token, ...]
    default: tuple[Token, ...] | None = None


def expand(tokens: Sequence[Token], known: Mapping[str, Macro]) -> tuple[list[Token], Mapping[str, Macro]]:
    """Return tokens without definitions and abbreviations, and all abbreviations known now.

    Raises:
        FormulaError: a definition or a call is broken, or has no end.
    """
    if not known and not any(_defines(token) for token in tokens):
        return list(tokens), known
    return _Expander(tokens, known).run()


def _defines(token: Token) -> bool:
    name = token.name.removesuffix("*")
    return name in _COMMANDS or name in ("def", _OPERATOR)


class _Expander:
    def __init__(self, tokens: Sequence[Token], known: Mapping[str, Macro]) -> None:
        self.waiting = list(reversed(tokens))
        self.before = known
        self.known = dict(known)
        self.defines = False
        self.done: list[Token] = []
        self.count = 0

    def run(self) -> tuple[list[Token], Mapping[str, Macro]]:
        while self.waiting:
            token = self.waiting.pop()
            if _defines(token):
                self._define(token)
            elif token.name in self.known:
                self._call(token, self.known[token.name])
            else:
                self.done.append(token)
        return self.done, self.known if self.defines else self.before

    def _define(self, token: Token) -> None:
        self.defines = True
        name = self._name(token)
        if token.text == "\\def":
            arguments = 0
            while self._next() == "#":
                self.waiting.pop()
                arguments = int(self._digit(token))
            self.known[name] = Macro(arguments, self._group(token))
        elif token.name.startswith(_OPERATOR):
            command = Token("\\operatorname*" if token.name.endswith("*") else "\\operatorname", token.offset)
            text = self._group(token)
            body = (command, Token("{", token.offset), *text, Token("}", token.offset))
            self.known[name] = Macro(0, body)
        else:
            count = "".join(each.text for each in self._option() or ())
            if count and count not in tuple("0123456789"):
                raise FormulaError(f"`{token.text}` wants a number of arguments", token.offset)
            default = self._option()
            macro = Macro(int(count or 0), self._group(token), default)
            if not (token.name.startswith("provide") and name in self.known):
                self.known[name] = macro

    def _call(self, token: Token, macro: Macro) -> None:
        arguments: list[tuple[Token, ...]] = []
        if macro.arguments and macro.default is not None:
            given = self._option()
            arguments.append(macro.default if given is None else given)
        while len(arguments) < macro.arguments:
            arguments.append(self._argument(token))
        made: list[Token] = []
        body = iter(macro.body)
        for each in body:
            if each.text != "#":
                made.append(Token(each.text, token.offset))
                continue
            number, rest = _numbered(next(body, Token("", each.offset)))
            if not 0 < number <= len(arguments):
                raise FormulaError(f"`{token.text}` has no argument of that number", token.offset)
            made += arguments[number - 1]
            if rest:
                made.append(Token(rest, token.offset))
        self.count += len(made) + 1
        if self.count > _MOST:
            raise FormulaError(f"`{token.text}` has no end", token.offset)
        self.waiting.extend(reversed(made))

    # Reading ---------------------------------------------------------------------------------------------------------

    def _next(self) -> str:
        while self.waiting and self.waiting[-1].text.isspace():
            self.waiting.pop()
        return self.waiting[-1].text if self.waiting else ""

    def _name(self, token: Token) -> str:
        """Read the name that is defined, in braces or without."""
        inside = self._argument(token)
        if len(inside) != 1 or not inside[0].name:
            raise FormulaError(f"`{token.text}` wants the name of a command", token.offset)
        return inside[0].name

    def _digit(self, token: Token) -> str:
        text = self._next()
        if not text or text[0] not in "123456789":
            raise FormulaError(f"`{token.text}` wants a digit behind `#`", token.offset)
        self.waiting.pop()
        return text[0]

    def _option(self) -> tuple[Token, ...] | None:
        """Read what stands in square brackets, if anything does."""
        if self._next() != "[":
            return None
        return self._until("]", self.waiting.pop())

    def _argument(self, token: Token) -> tuple[Token, ...]:
        text = self._next()
        if text in ("", "}"):
            raise FormulaError(f"`{token.text}` wants something behind it", token.offset)
        return self._group(token) if text == "{" else (self.waiting.pop(),)

    def _group(self, token: Token) -> tuple[Token, ...]:
        if self._next() != "{":
            raise FormulaError(f"`{token.text}` wants `{{`", token.offset)
        return self._until("}", self.waiting.pop())

    def _until(self, stop: str, opening: Token) -> tuple[Token, ...]:
        found: list[Token] = []
        depth = 0
        while self.waiting:
            token = self.waiting.pop()
            if token.text == stop and not depth:
                return tuple(found)
            depth += (token.text == "{") - (token.text == "}")
            found.append(token)
        raise FormulaError(f"`{stop}` is missing", opening.offset)


def _numbered(token: Token) -> tuple[int, str]:
    """Return an argument's number and what else stands in its token: `#12` is the first, and a 2."""
    return (int(token.text[0]), token.text[1:]) if token.text[:1].isdigit() else (0, "")
