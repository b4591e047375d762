"""numbering.xml: lists and numbered headings. Word keeps abstract lists, whose levels say how items look, and
instances, which paragraphs name and which may begin their counting anew (ECMA-376-1, 17.9).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from octavo.tree.nodes import ListMarker
from octavo.units import twips
from octavo.writers.docx.xml import attribute, part

LEVELS: Final = 9
FORMATS: Final = {
    ListMarker.DECIMAL: "decimal",
    ListMarker.LOWER_ALPHA: "lowerLetter",
    ListMarker.UPPER_ALPHA: "upperLetter",
    ListMarker.LOWER_ROMAN: "lowerRoman",
    ListMarker.UPPER_ROMAN: "upperRoman",
}


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """One level of a list. `text` holds `%1` to `%9` for the numbers; `run` are its run properties."""

    format: str
    text: str
    left: float
    first: float
    """Where the marker stands, from the text's edge: negative hangs."""
    run: str = ""
    suffix: Literal["tab", "space"] = "tab"
    stop: float | None = None
    """Where the text begins after a number that does not hang, from the left margin."""
    style: str = ""
    """The paragraph style that always has this level."""


class _Abstract:
    """An abstract list while its levels become known."""

    def __init__(self, *, multilevel: bool) -> None:
        self.levels: dict[int, Level] = {}
        self.multilevel = multilevel


class NumberingBook:
    """Hands out abstract lists by what they look like, and their instances."""

    def __init__(self, markers: Sequence[ListMarker]) -> None:
        self._formats = [FORMATS[marker] for marker in markers]
        """How the levels of an ordered list count by turns, as far as nothing else is said of them."""
        self._abstracts: list[_Abstract] = []
        self._by_look: dict[object, int] = {}
        self._instances: list[tuple[int, int, int]] = []
        """(abstract list, level that starts anew or -1, its first number)"""
        self._base: dict[int, int] = {}

    def abstract(self, look: object, *, multilevel: bool = False) -> int:
        """Return the number of the abstract list of a look."""
        found = self._by_look.get(look)
        if found is None:
            found = self._by_look[look] = len(self._abstracts)
            self._abstracts.append(_Abstract(multilevel=multilevel))
        return found

    def define(self, abstract: int, at: int, level: Level) -> None:
        """Give an abstract list a level; the first definition holds."""
        self._abstracts[abstract].levels.setdefault(at, level)

    def base(self, abstract: int) -> int:
        """Return the instance of an abstract list that paragraph styles name."""
        if abstract not in self._base:
            self._base[abstract] = self._instance(abstract, -1, 1)
        return self._base[abstract]

    def restarted(self, abstract: int, level: int, start: int) -> int:
        """Return a new instance, whose level begins with a number."""
        return self._instance(abstract, level, start)

    def _instance(self, abstract: int, level: int, start: int) -> int:
        self._instances.append((abstract, level, start))
        return len(self._instances)

    def part(self) -> bytes:
        """Return numbering.xml."""
        abstracts = [_abstract(number, each, self._formats) for number, each in enumerate(self._abstracts)]
        instances = [_instance(number + 1, each) for number, each in enumerate(self._instances)]
        return part("w:numbering", "".join((*abstracts, *instances)))


def _abstract(number: int, abstract: _Abstract, formats: Sequence[str]) -> str:
    kind = "multilevel" if abstract.multilevel else "hybridMultilevel"
    levels: list[str] = []
    last: Level | None = None
    for at in range(LEVELS):
        level = abstract.levels.get(at)
        if level is None:
            level = _continued(abstract, at, last, formats)
        levels.append(_level(at, level))
        last = level
    identity = f'<w:nsid w:val="{0x0C7A0000 + number:08X}"/><w:multiLevelType w:val="{kind}"/>'
    identity += f'<w:tmpl w:val="{0x0C7B0000 + number:08X}"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{identity}{"".join(levels)}</w:abstractNum>'


def _continued(abstract: _Abstract, at: int, last: Level | None, formats: Sequence[str]) -> Level:
    """Return a level that nothing uses: as the nearest one that is used, a step further in, counting the next way."""
    if last is None:
        last = next(
            iter(abstract.levels.values()), Level(format="decimal", text="%1.", left=18.0, first=-18.0)
        )
        return msgspec.structs.replace(last, style="", text=_renumbered(last, at, abstract))
    step = -last.first if last.first < 0 and not abstract.multilevel else 0.0
    text = _renumbered(last, at, abstract)
    form = last.format
    if form in formats and not abstract.multilevel:
        form = formats[(formats.index(form) + 1) % len(formats)]
    return msgspec.structs.replace(last, style="", format=form, text=text, left=last.left + step)


def _renumbered(level: Level, at: int, abstract: _Abstract) -> str:
    if level.format in ("bullet", "none"):
        return level.text
    if abstract.multilevel:
        return ".".join(f"%{number + 1}" for number in range(at + 1))
    return f"%{at + 1}."


def _level(at: int, level: Level) -> str:
    style = f'<w:pStyle w:val="{level.style}"/>' if level.style else ""
    suffix = f'<w:suff w:val="{level.suffix}"/>' if level.suffix != "tab" else ""
    hang = f'w:hanging="{twips(-level.first)}"' if level.first < 0 else f'w:firstLine="{twips(level.first)}"'
    tabs = ""
    stop = level.left if level.first < 0 else level.stop
    if level.suffix == "tab" and stop is not None:
        tabs = f'<w:tabs><w:tab w:val="num" w:pos="{twips(stop)}"/></w:tabs>'
    run = f"<w:rPr>{level.run}</w:rPr>" if level.run else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>{style}{suffix}'
        f'<w:lvlText w:val="{attribute(level.text)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr>{tabs}<w:ind w:left="{twips(level.left)}" {hang}/></w:pPr>{run}</w:lvl>'
    )


def _instance(number: int, instance: tuple[int, int, int]) -> str:
    abstract, level, start = instance
    override = ""
    if level >= 0:
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
