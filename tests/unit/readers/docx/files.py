"""Word files for the tests: written out by hand, part for part, so that each shows one thing."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping

from octavo.readers.docx.reader import DocxReader
from octavo.readers.protocol import Parsed, Source
from octavo.tree import Document, nodes
from octavo.tree.walk import walk

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My Head"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Quelltext"><w:name w:val="Source Code"/></w:style>
<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="LC"><w:name w:val="List Continue"/></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Kursiv"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/>
<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
"""


def p(content: str = "", style: str = "", more: str = "") -> str:
    """A paragraph: runs as XML, or text."""
    runs = content if content.startswith("<") else t(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{runs}</w:p>"


def t(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def field(instruction: str, result: str) -> str:
    """A complex field; its result as runs or text."""
    runs = result if result.startswith("<") else t(result)
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, content: str, number: int = 1) -> str:
    """Content within a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def word_file(
    body: str,
    *,
    parts: Mapping[str, bytes] | None = None,
    related: str = "",
    notes: str = "",
    styles: str = STYLES,
    core: str = "",
) -> bytes:
    """A package around a body."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relationships = (
        f'<Relationship Id="s" Type="{kind}/styles" Target="styles.xml"/>'
        f'<Relationship Id="n" Type="{kind}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="f" Type="{kind}/footnotes" Target="footnotes.xml"/>{related}'
    )
    files = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="m" Type="{kind}/officeDocument" '
        'Target="word/document.xml"/><Relationship Id="c" Target="docProps/core.xml" '
        'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relationships}</Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>",
    }
    if core:
        files["docProps/core.xml"] = core
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            if name not in (parts or {}):
                archive.writestr(name, text)
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return stream.getvalue()


def parse(data: bytes) -> Parsed:
    """What the reader makes of a file."""
    return DocxReader().read(Source(data, "test.docx"))


def read(body: str, **more: object) -> Document:
    """The document of a body."""
    return parse(word_file(body, **more)).document  # type: ignore[arg-type]


def codes(body: str, **more: object) -> list[str]:
    """The codes of what is said of a body."""
    return [each.code for each in parse(word_file(body, **more)).diagnostics]  # type: ignore[arg-type]


def edited(data: bytes, changes: Mapping[str, str], part: str = "word/document.xml") -> bytes:
    """A file with some of a part's text replaced, as an editor would save it."""
    source = zipfile.ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                for old, new in changes.items():
                    assert old.encode() in text, old
                    text = text.replace(old.encode(), new.encode())
            archive.writestr(name, text)
    return stream.getvalue()


_DROPPED = re.compile(
    r"<w:(del|moveFrom) [^>]*>.*?</w:\1>|<mc:Fallback>.*?</mc:Fallback>|<w:instrText[^>]*>[^<]*</w:instrText>"
    r"|<w:delText[^>]*>[^<]*</w:delText>|<wp(?:14)?:(posOffset|align|pctWidth|pctHeight)>[^<]*</wp(?:14)?:\2>",
    re.DOTALL,
)


def words_of_file(data: bytes) -> Counter[str]:
    """The words of the text and the notes, found without any XML library."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    found: Counter[str] = Counter()
    for name in archive.namelist():
        if re.fullmatch(r"word/(document\d*|footnotes|endnotes)\.xml", name):
            text = _DROPPED.sub("", archive.read(name).decode("utf-8"))
            # In a formula's LaTeX every letter stands by itself.
            text = re.sub(r"(<m:t\b[^>]*>)([^<]*)", lambda found: found[1] + " ".join(found[2]) + " ", text)
            text = re.sub(r"<w:(tab|br|cr|ptab)\b[^>]*>|</w:p>", " ", text)
            text = re.sub(r"<[^>]+>", "", text)
            for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
                text = text.replace(entity, character)
            found.update(re.findall(r"\w+", text))
    return found


def words_of_tree(document: Document) -> Counter[str]:
    """The words of a document and its title block."""
    about = document.metadata
    parts = [about.title, " ", about.subtitle, " "]
    parts += [f"{each.name} {each.affiliation} " for each in about.authors]
    for node in walk(document):
        if isinstance(node, nodes.LineBreak) or type(node).__name__ not in _INSIDE_WORDS:
            parts.append(" ")
        text = getattr(node, "text", "")
        parts.append(
            re.sub(r"([_^])", r" \1 ", text).replace("_", " ")
            if isinstance(node, nodes.Math | nodes.Formula)
            else text
        )
    return Counter(re.findall(r"\w+", "".join(parts)))


_INSIDE_WORDS = {
    "Text", "Emphasis", "Strong", "SmallCaps", "Superscript", "Subscript", "Deleted", "Code", "Link", "Span",
    "CrossReference",
}  # fmt: skip
