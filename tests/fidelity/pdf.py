"""What a PDF file says: structure and text by poppler's pdfinfo, its elements' attributes and links by pikepdf."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from tests.external.tools import command
from tests.fidelity.flow import Flow, Recorder, squeezed

_ELEMENT = re.compile(r'( *)(\w+)(?: <[^>]*>)?(?: ".*")?(?: \((?:block|inline)\))?:?')
_TEXT = re.compile(r'( *)"(.*)"', re.DOTALL)


@dataclass(slots=True)
class Element:
    """A structure element: its children are elements and texts, in order."""

    kind: str
    children: list[Element | str] = field(default_factory=list)
    language: str = ""
    alternative: str = ""
    target: str = ""
    numbering: str = ""


def read(data: bytes, folder: Path) -> Flow:
    """Return what a PDF file says, its title too; `folder` is for poppler, which reads files only."""
    path = folder / "edition.pdf"
    path.write_bytes(_without_inner_marks(data))
    root, elements = _parsed(_struct_text(path))
    with pikepdf.open(io.BytesIO(data)) as file:
        language = str(file.Root.get("/Lang", ""))
        _attribute(file, elements)
    reader = _Reader()
    reader.children(root, language)
    return reader.recorder.flow


def _without_inner_marks(data: bytes) -> bytes:
    """Take away marked content within marked content that has no number of its own: at the end of a word's /ActualText
    poppler 22 takes the element around it to end too, and loses what follows. Its letters read the same without it."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        for page in file.pages:
            kept, stack = [], [True]
            for each in pikepdf.parse_content_stream(page):
                operator = str(each.operator)
                if operator in ("BDC", "BMC"):
                    numbered = operator == "BDC" and "/MCID" in each.operands[1]
                    stack.append(numbered or len(stack) == 1)
                if operator not in ("BDC", "BMC", "EMC") or stack[-1]:
                    kept.append(each)
                if operator == "EMC":
                    stack.pop()
            page.Contents = file.make_stream(pikepdf.unparse_content_stream(kept))
        file.save(made)
    return made.getvalue()


def _struct_text(path: Path) -> str:
    done = subprocess.run(
        [command("pdfinfo"), "-struct-text", str(path)], capture_output=True, check=True, timeout=120
    )
    return done.stdout.decode("utf-8", "replace")


def _parsed(printed: str) -> tuple[Element, list[Element]]:
    root = Element("Root")
    stack, elements = [root], []
    lines = iter(printed.split("\n"))
    for line in lines:
        bare = line.lstrip(" ")
        depth = (len(line) - len(bare)) // 2
        if not bare or bare.startswith(("/", "Object ")):
            if bare.startswith("/ListNumbering "):
                elements[-1].numbering = bare.split("/")[-1]
            continue
        if bare.startswith('"'):
            said = line
            while not said.endswith('"'):
                said += "\n" + next(lines)
            stack[depth].children.append(said.strip(" ")[1:-1])
            continue
        match = _ELEMENT.fullmatch(_without_alternative(line, lines))
        assert match, f"pdfinfo prints what is no element: {line!r}"
        element = Element(match[2])
        del stack[depth + 1 :]
        stack[-1].children.append(element)
        stack.append(element)
        elements.append(element)
    return root, elements


def _without_alternative(line: str, following: Iterator[str]) -> str:
    """Return the line of an element without the alternative text, which newer popplers print, on several lines maybe;
    it is read from the file itself."""
    element, mark, said = line.partition(' ["')
    while mark and not said.endswith(('"]', '"]:')):
        said += next(following)
    return element


def _attribute(file: pikepdf.Pdf, elements: list[Element]) -> None:
    found = list(_structure(file.Root.StructTreeRoot.get("/K")))
    roles = {str(name): str(role) for name, role in file.Root.StructTreeRoot.get("/RoleMap", {}).items()}
    kinds = [roles.get(str(each.S), str(each.S))[1:] for each in found]
    assert kinds == [each.kind for each in elements], "poppler and pikepdf see different structures"
    for each, element in zip(found, elements, strict=True):
        element.language = str(each.get("/Lang", ""))
        element.alternative = str(each.get("/Alt", ""))
        element.target = _target(each)


def _structure(kids: Any) -> Any:
    if kids is None:
        return
    stack = [kids]
    while stack:
        top = stack.pop()
        if isinstance(top, pikepdf.Array):
            stack.extend(reversed(list(top)))
        elif isinstance(top, pikepdf.Dictionary) and "/S" in top:
            yield top
            if "/K" in top:
                stack.append(top.K)


def _target(element: Any) -> str:
    kids = element.get("/K")
    for each in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/OBJR":
            annotation = each.Obj
            if "/Dest" in annotation:
                return "#" + bytes(annotation.Dest).decode("utf-8")
            if "/A" in annotation:
                return str(annotation.A.URI)
    return ""


class _Reader:
    def __init__(self) -> None:
        self.recorder = Recorder()

    def children(self, element: Element, language: str) -> None:
        for at, child in enumerate(element.children):
            if isinstance(child, str):
                self.recorder.say(child, language)
                continue
            following = element.children[at + 1] if at + 1 < len(element.children) else None
            if isinstance(following, Element) and following.kind == "Note":
                assert child.kind == "Reference", "before a note stands its mark"
                self.recorder.flow.numbers.append(_said(child))
                self.recorder.cite(language)
                continue
            self.element(child, element, child.language or language)

    def element(self, element: Element, parent: Element, language: str) -> None:
        match element.kind:
            case "TOC":
                return
            case "Formula":
                self.recorder.say(element.alternative, language)
            case "Lbl" if parent.kind != "LI" or self.is_marker(element, parent):
                self.recorder.flow.numbers.append(_said(element))
            case "Note":
                with self.recorder.note():
                    self.children(element, language)
            case "H1" | "H2" | "H3" | "H4" | "H5" | "H6":
                with self.recorder.heading(int(element.kind[1])):
                    self.children(element, language)
            case "Link":
                with self.recorder.link(element.target):
                    self.children(element, language)
            case "Table":
                with self.recorder.table():
                    self.children(element, language)
            case "TD" | "TH":
                with self.recorder.cell():
                    self.children(element, language)
            case "Figure":
                if element.alternative:
                    self.recorder.flow.images.append(squeezed(element.alternative))
            case "L":
                for child in element.children:
                    assert isinstance(child, Element)
                    child.numbering = element.numbering
                    self.element(child, element, child.language or language)
            case _:
                self.children(element, language)

    def is_marker(self, _label: Element, item: Element) -> bool:
        """Say whether a label is a list's marker; in a list of definitions it is the term."""
        return item.numbering not in ("", "None")


def _said(element: Element) -> str:
    return "".join(squeezed(each) if isinstance(each, str) else _said(each) for each in element.children)
