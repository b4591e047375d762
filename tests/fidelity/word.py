"""What a Word file says, read by lxml: its body with the results of its fields, and its footnotes."""

from __future__ import annotations

import io
import json
import re
import zipfile

from lxml import etree

from tests.fidelity.flow import Flow, Recorder, squeezed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATH = f"{M}oMath"
FRONT = ("Title", "Subtitle", "Byline")


def read(data: bytes, language: str) -> Flow:
    """Return what a Word file says after its title, in a document of a language."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
        links = _relationships(package, "word/_rels/document.xml.rels")
        reader = _Reader(links, language, _formulas(package))
        reader.each(body)
        if "word/footnotes.xml" in package.namelist():
            reader.links = _relationships(package, "word/_rels/footnotes.xml.rels")
            for note in etree.fromstring(package.read("word/footnotes.xml")):
                if note.get(f"{W}type") is None:
                    with reader.recorder.note():
                        reader.each(note)
    return reader.recorder.flow


def _relationships(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    if name not in package.namelist():
        return {}
    return {each.get("Id"): each.get("Target") for each in etree.fromstring(package.read(name))}


def _formulas(package: zipfile.ZipFile) -> dict[str, str]:
    stored = "".join(etree.fromstring(package.read("customXml/item1.xml")).itertext())
    found: dict[str, str] = json.loads(stored).get("formulas", {})
    return found


class _Reader:
    def __init__(self, links: dict[str, str], language: str, formulas: dict[str, str]) -> None:
        self.formulas = formulas
        self.formula = ""
        self.recorder = Recorder()
        self.links = links
        self.language = language
        self.instructions: list[bool] = []

    def each(self, element: etree._Element) -> None:
        for child in element:
            self.element(child)

    def element(self, element: etree._Element) -> None:
        name = element.tag.removeprefix(W)
        match name:
            case "p":
                self.paragraph(element)
            case "r":
                self.run(element)
            case "hyperlink" if element.get(f"{R}id"):
                with self.recorder.link(self.links[element.get(f"{R}id")]):
                    self.each(element)
            case "tbl":
                with self.recorder.table():
                    self.each(element)
            case "tc":
                self.cell(element)
            case "sdt":
                if element.find(f"{W}sdtPr/{W}docPartObj") is None:
                    self.each(element.find(f"{W}sdtContent"))
            case "pPr" | "rPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" | "sectPr" | "del":
                return
            case "bookmarkStart" if element.get(f"{W}name").startswith("_octf"):
                self.formula = element.get(f"{W}name")
            case _ if element.tag == MATH:
                # Word shows a formula's characters; its source stands in octavo's own part, by its bookmark.
                assert "".join(each.text or "" for each in element.iter(f"{M}t")).strip()
                self.recorder.say(self.formulas[self.formula], self.language)
            case _:
                self.each(element)

    def paragraph(self, element: etree._Element) -> None:
        style = element.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val")
        if name in FRONT:
            return
        level = re.fullmatch(r"Heading(\d)", name)
        if level:
            with self.recorder.heading(int(level[1])):
                self.each(element)
        else:
            self.each(element)

    def cell(self, element: etree._Element) -> None:
        merge = element.find(f"{W}tcPr/{W}vMerge")
        if merge is not None and merge.get(f"{W}val") != "restart":
            return
        with self.recorder.cell():
            self.each(element)

    def run(self, element: etree._Element) -> None:
        properties = element.find(f"{W}rPr")
        language, style = self.language, ""
        if properties is not None:
            named, spoken = properties.find(f"{W}rStyle"), properties.find(f"{W}lang")
            style = "" if named is None else named.get(f"{W}val")
            if spoken is not None:
                side = "bidi" if properties.find(f"{W}rtl") is not None else "val"
                language = spoken.get(f"{W}{side}", self.language)
        own = style in ("CaptionLabel", "ListMarker", "HeadingNumber")
        for child in element:
            self.piece(child, language, own=own)

    def piece(self, child: etree._Element, language: str, *, own: bool) -> None:
        match child.tag.removeprefix(W):
            case "t" if own:
                self.recorder.flow.numbers.append(squeezed(child.text or ""))
            case "t":
                self.recorder.say(child.text or "", language)
            case "noBreakHyphen":
                self.recorder.say("\u2011", language)
            case "sym":
                self.recorder.say(chr(int(child.get(f"{W}char"), 16)), language)
            case "footnoteReference":
                self.recorder.cite(language)
            case "drawing":
                told = child.find(f".//{WP}docPr")
                if told is not None and told.get("descr"):
                    self.recorder.flow.images.append(squeezed(told.get("descr")))
            case _:
                return
