"""What an e-book says, read by lxml along its spine."""

from __future__ import annotations

import io
import posixpath
import zipfile
from urllib.parse import unquote

from lxml import etree

from tests.fidelity.flow import Flow, Recorder, squeezed

H = "{http://www.w3.org/1999/xhtml}"
MATH = "{http://www.w3.org/1998/Math/MathML}math"
OPF = "{http://www.idpf.org/2007/opf}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
OWN_WORDS = {
    "heading-number": True,
    "caption-label": True,
    "list-marker": True,
    "entry-label": True,
}


def read(data: bytes) -> Flow:
    """Return what an e-book says after its title."""
    reader = _Reader()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.endswith(".opf")]
        book = etree.fromstring(package.read(names[0]))
        files = {item.get("id"): item.get("href") for item in book.iter(f"{OPF}item")}
        for reference in book.iter(f"{OPF}itemref"):
            name = files[reference.get("idref")]
            if name in ("nav.xhtml", "cover.xhtml"):
                continue
            root = etree.fromstring(package.read(posixpath.join(posixpath.dirname(names[0]), name)))
            reader.element(root.find(f"{H}body"), root.get(LANGUAGE, ""))
    return reader.recorder.flow


class _Reader:
    def __init__(self) -> None:
        self.recorder = Recorder()
        self.above = 0

    def element(self, element: etree._Element, language: str) -> None:
        language = element.get(LANGUAGE, language)
        classes = element.get("class", "").split()
        role = element.get("role", "")
        name = element.tag.removeprefix(H)
        if name == "header":
            # The title is the first heading; without one, the sections begin at the top.
            self.above = len(element.findall(f".//{H}h1"))
            return
        if role == "doc-toc" or "contents" in classes:
            return
        if role == "doc-noteref":
            self.recorder.cite(language)
        elif role == "doc-backlink" or any(each in OWN_WORDS for each in classes):
            self.recorder.flow.numbers.append(squeezed("".join(element.itertext())))
        elif role == "doc-footnote":
            with self.recorder.note():
                self.content(element, language)
        elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            level = int(element.get("aria-level", name[1])) - self.above
            with self.recorder.heading(level):
                self.content(element, language)
        elif name == "a" and element.get("href"):
            with self.recorder.link(_target(element.get("href"))):
                self.content(element, language)
        elif name == "table":
            with self.recorder.table():
                self.content(element, language)
        elif name in ("td", "th"):
            with self.recorder.cell():
                self.content(element, language)
        elif element.tag == MATH:
            self.recorder.say(element.get("alttext"), language)
        elif name == "img":
            if element.get("alt"):
                self.recorder.flow.images.append(squeezed(element.get("alt")))
        else:
            self.content(element, language)

    def content(self, element: etree._Element, language: str) -> None:
        self.recorder.say(element.text or "", language)
        for child in element:
            self.element(child, language)
            self.recorder.say(child.tail or "", language)


def _target(address: str) -> str:
    file, mark, fragment = address.partition("#")
    return f"#{unquote(fragment)}" if mark and ":" not in file else address
