"""The tag tree of a finished file as text, read back from its bytes by pikepdf."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf

_WORD = re.compile(r"<([0-9A-F]+)>")


def dump_tags(data: bytes) -> str:
    """Return a line for each element, and its text: `H1 "Title"`; attributes and references follow the type."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        reader = _Reader(pdf)
        lines = reader.element(pdf.Root.StructTreeRoot.K, 0)
        return "\n".join((*lines, *reader.untagged())) + "\n"


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        self.texts: list[dict[int, str]] = []
        self.artifacts: list[list[str]] = []
        for page in pdf.pages:
            texts, artifacts = _page_texts(page)
            self.texts.append(texts)
            self.artifacts.append(artifacts)
        self.seen: set[tuple[int, int]] = set()

    def element(self, node: Any, depth: int, page: int = -1) -> list[str]:
        page = self.pages[node.Pg.objgen] if "/Pg" in node else page
        line = "  " * depth + str(node.S)[1:] + "".join(_facts(node))
        kids = list(node.K) if isinstance(node.get("/K"), pikepdf.Array) else [node.K] if "/K" in node else []
        lines = [line]
        for kid in kids:
            indent = "  " * (depth + 1)
            if not isinstance(kid, pikepdf.Dictionary):
                lines.append(f"{indent}{self.text(page, int(kid))}")
            elif kid.get("/Type") == "/MCR":
                lines.append(f"{indent}{self.text(self.pages[kid.Pg.objgen], int(kid.MCID))}")
            elif kid.get("/Type") == "/OBJR":
                lines.append(f"{indent}-> {_target(kid.Obj)}")
            else:
                assert kid.P.objgen == node.objgen
                lines.extend(self.element(kid, depth + 1, page))
        return lines

    def text(self, page: int, identifier: int) -> str:
        assert (page, identifier) not in self.seen, "content in two elements"
        self.seen.add((page, identifier))
        return f'{page + 1}: "{self.texts[page][identifier]}"'

    def untagged(self) -> list[str]:
        """Return the artifacts; all other content must have been met in the tree."""
        known = {(page, identifier) for page, texts in enumerate(self.texts) for identifier in texts}
        assert known == self.seen
        return [
            f'{at + 1}: artifact "{text}"'
            for at, texts in enumerate(self.artifacts)
            for text in texts
            if text
        ]


def _facts(node: Any) -> list[str]:
    facts = [f" {key[1:]}={str(node[key])!r}" for key in ("/T", "/Lang", "/Alt", "/ID") if key in node]
    attributes = node.get("/A", pikepdf.Dictionary())
    for key in ("/ListNumbering", "/Scope", "/RowSpan", "/ColSpan"):
        if key in attributes:
            facts.append(f" {key[1:]}={str(attributes[key]).removeprefix('/')}")
    return facts


def _target(annotation: Any) -> str:
    where = annotation.A.URI if "/A" in annotation else annotation.Dest
    return f"{where} ({annotation.Contents})"


def _page_texts(page: pikepdf.Page) -> tuple[dict[int, str], list[str]]:
    meanings = {name: _meanings(font.ToUnicode.read_bytes()) for name, font in page.Resources.Font.items()}
    texts: dict[int, str] = {}
    artifacts: list[str] = []
    open_mark: int | None = None
    font: dict[int, str] = {}
    spoken = ""
    for each in pikepdf.parse_content_stream(page):
        operands: Any = each.operands
        match str(each.operator):
            case "BDC" if "/ActualText" in operands[1]:
                assert not spoken
                spoken = str(operands[1].ActualText)
            case "EMC" if spoken:
                spoken = ""
            case "BDC":
                assert open_mark is None, "marked content in marked content"
                open_mark = int(operands[1].get("/MCID", -1))
                if open_mark >= 0:
                    texts[open_mark] = ""
                else:
                    artifacts.append("")
            case "EMC":
                open_mark = None
            case "Tf":
                font = meanings[str(operands[0])]
            case "TJ":
                shown = "".join(_said(one, font) for one in operands[0] if isinstance(one, pikepdf.String))
                assert open_mark is not None, "text outside all marks"
                assert spoken in ("", shown)
                if open_mark >= 0:
                    texts[open_mark] += shown
                else:
                    artifacts[-1] += shown
            case "Do" | "re" | "f":
                assert open_mark is not None, "paint outside all marks"
                if open_mark >= 0 and str(each.operator) == "Do":
                    texts[open_mark] += "[image]"
            case _:
                pass
    assert open_mark is None
    return texts, artifacts


def _said(codes: pikepdf.String, font: dict[int, str]) -> str:
    data = bytes(codes)
    return "".join(font[int.from_bytes(data[at : at + 2], "big")] for at in range(0, len(data), 2))


def _meanings(cmap: bytes) -> dict[int, str]:
    found = {}
    for line in cmap.decode().splitlines():
        words = _WORD.findall(line)
        if len(words) == 2 and line.startswith("<") and len(words[0]) == 4 and words[0] != "0000":
            found[int(words[0], 16)] = bytes.fromhex(words[1]).decode("utf-16-be")
    return found
