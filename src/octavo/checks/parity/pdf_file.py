"""Read a PDF that octavo wrote: its objects, fonts, and what its pages paint. Not a reader for PDF files at large.

Source: ISO 32000-1, 7.5 (file structure), 7.5.7 (object streams), 9.4 (text objects), 14.6 (marked content).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from octavo.checks.parity.pdf_glyphs import Letter, PageFont, Program

_HEAD: Final = re.compile(rb"\s*(\d+) 0 obj\s*")
_STREAM: Final = re.compile(rb"stream\r?\n|endobj")
_LENGTH: Final = re.compile(rb"/Length (\d+)\b")
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_TOKEN: Final = re.compile(
    rb"<<|>>|\[|\]|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\)|/[^\s/<>\[\]()]*|[^\s/<>\[\]()]+", re.DOTALL
)
_NUMBER: Final = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)$")
_PAIR: Final = re.compile(rb"<([0-9A-F]{4})><([0-9A-F]*)>")


class Shown(msgspec.Struct, frozen=True):
    """A run of text on a page: its baseline's start from the lower left corner, in points; colour as six digits."""

    page: int
    text: str
    font: str
    size: float
    color: str
    x: float
    y: float
    tag: str
    spacing: float
    """What is added between letters: the median over all pairs of them."""
    width: float = 0.0
    """From its start to its end, in points."""
    letters: tuple[Letter, ...] = ()
    """Its glyphs."""


class Filled(msgspec.Struct, frozen=True):
    """A rectangle filled with a colour; `x`, `y` are its lower left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float
    color: str


class PdfPages(msgspec.Struct, frozen=True):
    """What the pages of a file paint, in the order of painting; what its tag tree says of each class of elements, by
    the names of the class and of the attribute; and the boxes of its pages, by their names, in points."""

    shown: tuple[Shown, ...]
    filled: tuple[Filled, ...]
    classes: Mapping[str, Mapping[str, str]] = {}
    boxes: Mapping[str, tuple[float, ...]] = {}
    metrics: Mapping[str, tuple[float, float]] = {}
    """By font: how far it reaches above the baseline and below it, in thousandths of the size."""
    decorations: tuple[Filled, ...] = ()
    """Rules under words and through them, where they have been told from the others."""
    labels: str = ""
    """The number tree of the pages' labels, as it is written."""


def read_pdf(data: bytes) -> PdfPages:
    """Return what the pages of an edition paint.

    Raises:
        ValueError: this is no PDF as octavo writes them.
    """
    objects = dict(_objects(data))
    pages = list(_pages(objects))
    if not pages:
        raise ValueError("no pages found; only a PDF made by octavo can be read back")
    shown: list[Shown] = []
    filled: list[Filled] = []
    known: dict[int, PageFont] = {}
    for at, page in enumerate(pages):
        painter = _Painter(at, _fonts(page, objects, known))
        painter.paint(_content(page, objects))
        shown += painter.shown
        filled += painter.filled
    return PdfPages(
        tuple(shown),
        tuple(filled),
        _classes(objects),
        _boxes(pages[0]),
        _metrics(objects),
        labels=_labels(objects),
    )


_METRIC: Final = re.compile(
    rb"/FontName/[A-Z]{6}\+([^\s/<>]+).*?/Ascent (-?[\d.]+)/Descent (-?[\d.]+)", re.DOTALL
)


def _metrics(objects: _Objects) -> dict[str, tuple[float, float]]:
    found = (_METRIC.search(words) for words, _ in objects.values() if b"/FontDescriptor" in words)
    return {each.group(1).decode(): (float(each.group(2)), -float(each.group(3))) for each in found if each}


def _labels(objects: _Objects) -> str:
    root = next((words for words, _ in objects.values() if b"/Catalog" in words), b"")
    return root.partition(b"/PageLabels")[2].partition(b"]>>")[0].decode("latin-1")


_CLASS: Final = re.compile(rb"/([^\s/<>\[\]]+)\[((?:<<(?:[^<>]|<(?!<)|>(?!>))*>>)+)\]")
_ATTRIBUTE: Final = re.compile(rb"/([A-Za-z][A-Za-z-]*)\s*(\[[^\]]*(?:\[[^\]]*\][^\]]*)*\]|/?[^\s/<>\[\]]+)")
_BOX: Final = re.compile(rb"/(Media|Trim|Bleed)Box\s*\[([^\]]*)\]")


def _classes(objects: _Objects) -> dict[str, dict[str, str]]:
    """Return the class map (ISO 32000-1, 14.7.5.2)."""
    root = next((words for words, _ in objects.values() if b"/StructTreeRoot/K" in words), b"")
    _, _, text = root.partition(b"/ClassMap<<")
    found: dict[str, dict[str, str]] = {}
    for name, body in _CLASS.findall(text):
        entries = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(body)}
        found[name.decode()] = {key: value.removeprefix("/") for key, value in entries.items() if key != "O"}
    return found


def _boxes(page: bytes) -> dict[str, tuple[float, ...]]:
    return {name.decode(): tuple(map(float, numbers.split())) for name, numbers in _BOX.findall(page)}


_Objects = dict[int, tuple[bytes, bytes]]
"""By number: what stands before a stream, and the stream unpacked."""


def _objects(data: bytes) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
    at = data.find(b"\n", data.find(b"\n") + 1) + 1
    while (head := _HEAD.match(data, at)) is not None:
        end = _STREAM.search(data, head.end())
        if end is None:
            return
        words = data[head.end() : end.start()]
        body, at = b"", end.end()
        length = _LENGTH.search(words)
        if end.group() != b"endobj" and length is not None:
            raw = data[at : at + int(length.group(1))]
            body = zlib.decompress(raw) if b"/FlateDecode" in words and b"/ObjStm" in words else raw
            at = data.find(b"endobj", at + len(raw)) + len(b"endobj")
            if b"/FlateDecode" in words and b"/ObjStm" not in words and b"/Image" not in words:
                body = zlib.decompress(raw)
        if b"/ObjStm" in words:
            yield from _packed(words, body)
        else:
            yield int(head.group(1)), (words, body)


def _packed(words: bytes, body: bytes) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
    first = re.search(rb"/First (\d+)", words)
    start = int(first.group(1)) if first else 0
    heads = [int(each) for each in body[:start].split()]
    places = [*heads[1::2], len(body) - start]
    for number, begin, end in zip(heads[::2], places, places[1:], strict=False):
        yield number, (body[start + begin : start + end], b"")


def _pages(objects: _Objects) -> Iterator[bytes]:
    root = next((words for words, _ in objects.values() if b"/Catalog" in words), b"")
    tree = re.search(rb"/Pages (\d+) 0 R", root)
    if tree is not None:
        yield from _kids(int(tree.group(1)), objects)


def _kids(number: int, objects: _Objects) -> Iterator[bytes]:
    words = objects[number][0]
    kids = re.search(rb"/Kids\s*\[([^\]]*)\]", words)
    if kids is None:
        yield words
        return
    for each in _REFERENCE.findall(kids.group(1)):
        yield from _kids(int(each), objects)


def _content(page: bytes, objects: _Objects) -> bytes:
    named = re.search(rb"/Contents\s*\[?([^\]/]*)", page)
    return b"\n".join(objects[int(each)][1] for each in _REFERENCE.findall(named.group(1))) if named else b""


def _fonts(page: bytes, objects: _Objects, known: dict[int, PageFont]) -> dict[str, PageFont]:
    """Return the fonts of a page, by the names that its operators use; `known` keeps those of pages before it."""
    resources = _entry(b"Resources", page, objects)
    found: dict[str, PageFont] = {}
    for name, reference in re.findall(rb"/([^\s/<>]+) (\d+) 0 R", _entry(b"Font", resources, objects)):
        number = int(reference)
        if number not in known:
            known[number] = _font(objects[number][0], objects)
        found[name.decode()] = known[number]
    return found


def _font(words: bytes, objects: _Objects) -> PageFont:
    base = re.search(rb"/BaseFont/([^\s/<>\[\]]+)", words)
    codes = {
        code.decode(): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _PAIR.findall(_linked(b"ToUnicode", words, objects)[1])
    }
    below = re.search(rb"/DescendantFonts\[(\d+) 0 R", words)
    characters = objects[int(below.group(1))][0] if below else b""
    descriptor = _linked(b"FontDescriptor", characters, objects)[0]
    capital = re.search(rb"/CapHeight (-?[\d.]+)", descriptor)
    return PageFont(
        (base.group(1) if base else b"").decode().partition("+")[2],
        codes,
        _widths(characters),
        Program(
            _linked(b"FontFile2", descriptor, objects)[1],
            _linked(b"CIDToGIDMap", characters, objects)[1],
            float(capital.group(1)) if capital else 0.0,
        ),
    )


def _linked(name: bytes, words: bytes, objects: _Objects) -> tuple[bytes, bytes]:
    """Return the object that an entry names; empty where there is none."""
    found = re.search(rb"/" + name + rb" (\d+) 0 R", words)
    return objects[int(found.group(1))] if found else (b"", b"")


def _widths(characters: bytes) -> dict[int, float]:
    """Return the widths of a font's codes, in thousandths (9.7.4.3)."""
    _, _, text = characters.partition(b"/W[")
    found: dict[int, float] = {}
    for first, widths in re.findall(rb"(\d+)\[([^\]]*)\]", text):
        found.update(enumerate(map(float, widths.split()), int(first)))
    return found


def _entry(name: bytes, words: bytes, objects: _Objects) -> bytes:
    """Return the value of an entry: the object that it refers to, or what follows it."""
    match = re.search(rb"/" + name + rb"\s*((\d+) 0 R|<<)", words)
    if match is None:
        return b""
    return objects[int(match.group(2))][0] if match.group(2) else words[match.end() :]


_NO_FONT: Final = PageFont("", {}, {}, Program())


class _Painter:
    """Follows the operators of a page."""

    def __init__(self, page: int, fonts: dict[str, PageFont]) -> None:
        self.page = page
        self.fonts = fonts
        self.shown: list[Shown] = []
        self.filled: list[Filled] = []
        self.color = "000000"
        self.font, self.size = "", 0.0
        self.spread = 0.0
        self.x = self.y = 0.0
        self.tags: list[str] = []
        self.path: list[tuple[float, float, float, float]] = []

    def paint(self, content: bytes) -> None:
        stack: list[bytes] = []
        for token in _TOKEN.findall(content):
            if token[:1] in b"/<[(]>" or _NUMBER.match(token):
                stack.append(token)
                continue
            self._operate(token.decode("latin-1"), stack)
            stack = []

    def _operate(self, operator: str, stack: list[bytes]) -> None:
        match operator:
            case "rg" | "g" | "k":
                self.color = _color([float(each) for each in stack])
            case "Tf":
                self.font, self.size = stack[-2][1:].decode(), float(stack[-1])
            case "Tc":
                self.spread = float(stack[-1])
            case "BT":
                self.x = self.y = 0.0
            case "Td":
                self.x, self.y = self.x + float(stack[-2]), self.y + float(stack[-1])
            case "Tm":
                self.x, self.y = float(stack[-2]), float(stack[-1])
            case "Tj" | "TJ":
                self._show(stack)
            case "BDC" | "BMC":
                self.tags.append(b" ".join(stack).decode("latin-1"))
            case "EMC":
                self.tags.pop()
            case "re":
                x, y, width, height = (float(each) for each in stack[-4:])
                self.path.append((x, y, width, height))
            case "f" | "f*":
                self.filled += [Filled(self.page, *each, self.color) for each in self.path]
                self.path = []
            case "n" | "S" | "W":
                self.path = []
            case _:
                return  # says nothing of text or of rectangles

    def _show(self, stack: list[bytes]) -> None:
        font = self.fonts.get(self.font, _NO_FONT)
        digits = b"".join(token[1:-1] for token in stack if token[:1] == b"<").decode().upper()
        letters = font.letters(digits)
        text = "".join(each.text for each in letters)
        tag = self.tags[-1] if self.tags else ""
        spacing = self.spread - _median(stack) * self.size / 1000
        used = letters[: len(text.rstrip(" ")) - len(text)] if text.endswith(" ") else letters
        advance = sum(each.width for each in used)
        back = sum(float(token) for token in stack if _NUMBER.match(token))
        width = (advance - back / 1000) * self.size + self.spread * len(letters)
        place = (self.page, text, font.name, self.size, self.color, self.x, self.y, tag, spacing)
        self.shown.append(Shown(*place, width, letters))


def _median(stack: list[bytes]) -> float:
    """Return the adjustment between two glyphs in thousandths of the size; kerning moves few, spacing moves all."""
    found: list[float] = []
    before = 0.0
    for token in stack:
        if token[:1] == b"<":
            pairs = len(token[1:-1]) // 4
            if found or before:
                found.append(before)
            found += [0.0] * (pairs - 1 if found or before else pairs)
            before = 0.0
        elif _NUMBER.match(token):
            before = float(token)
    return sorted(found)[len(found) // 2] if found else 0.0


def _color(parts: list[float]) -> str:
    """Return a colour as six digits; inks as the plain sum that they come to."""
    if len(parts) == 4:
        black = 1 - parts[3]
        parts = [(1 - ink) * black for ink in parts[:3]]
    if len(parts) == 1:
        parts *= 3
    return "".join(f"{round(part * 255):02x}" for part in parts)
