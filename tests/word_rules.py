"""What Word itself holds a file to, and no schema says: what it calls damaged, repairs without a word, or asks about.

Sources: ECMA-376-1 (17), and the limits that [MS-OI29500] names. Every rule yields what is wrong, in words.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W: Final = f"{{{_WORD}}}"
R: Final = f"{{{_OFFICE}}}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PLAIN: Final = (_WORD, _OFFICE, _COMPATIBILITY, "http://www.w3.org/XML/1998/namespace")
_STRICTLY_KNOWN: Final = (
    "http://schemas.openxmlformats.org/drawingml/",
    "http://schemas.openxmlformats.org/officeDocument/",
)
_STORIES: Final = re.compile(r"word/(document|footnotes|endnotes|header-[\w-]+|footer-[\w-]+)\.xml")
_MARKS: Final = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
_BOOKMARK: Final = re.compile(r"[^\W\d]\w{0,39}")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_FIELDS: Final = frozenset(
    {"TOC", "PAGEREF", "REF", "SEQ", "PAGE", "NUMPAGES", "STYLEREF", "HYPERLINK", "NOTEREF"}
)
_SETTINGS: Final = (
    "zoom", "embedTrueTypeFonts", "saveSubsetFonts", "mirrorMargins", "defaultTabStop", "autoHyphenation",
    "consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders",
    "characterSpacingControl", "footnotePr", "endnotePr", "compat", "mathPr", "themeFontLang", "clrSchemeMapping",
    "decimalSymbol", "listSeparator",
)  # fmt: skip
"""In the order of 17.15.1.78. None of them lets Word ask whether it should update fields."""
_WIDEST: Final = 31_680
"""22 inches, in twips: no measure of Word's is longer."""
_LARGEST: Final = 2**31 - 1


class File:
    """A Word file: its parts, the roots of its stories, and its relationships by part and identifier."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.archive.namelist()
        self.stories = {name: self.xml(name) for name in self.names if _STORIES.fullmatch(name)}
        self.styles = self.xml("word/styles.xml")
        self.numbering = self.xml("word/numbering.xml")
        self.settings = self.xml("word/settings.xml")

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.archive.read(name))

    def related(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """(kind, target, whether it is outside) of a part's relationships."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self.names:
            return {}
        found: dict[str, tuple[str, str, bool]] = {}
        for each in self.xml(name).iter(f"{{{_PACKAGE}}}Relationship"):
            outside = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            assert each.get("Id") not in found, f"{name}: two relationships are called {each.get('Id')}"
            found[each.get("Id", "")] = each.get("Type", "").rpartition("/")[2], target, outside
        return found


def faults(data: bytes) -> list[str]:
    """Return what Word would object to in a file."""
    file = File(data)
    return [f"{rule.__name__.lstrip('_')}: {found}" for rule in RULES for found in rule(file)]


def _twice(what: str, values: list[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{count} {what} are called {value!r}"


def _value(element: etree._Element | None, name: str = "val") -> str:
    return "" if element is None else element.get(f"{W}{name}") or ""


def _number(element: etree._Element, name: str) -> int:
    value = _value(element, name)
    return int(value) if re.fullmatch(r"-?\d+", value) else 0


# The package -------------------------------------------------------------------------------------------------------


def _package(file: File) -> Iterator[str]:
    yield from _twice("entries", [name.lower() for name in file.names])
    types = file.xml("[Content_Types].xml")
    parts = [each.get("PartName", "").lower() for each in types if each.get("PartName")]
    endings = [each.get("Extension", "").lower() for each in types if each.get("Extension")]
    yield from _twice("overrides", parts)
    yield from _twice("defaults", endings)
    for name in file.names:
        if f"/{name.lower()}" not in parts and name.rpartition(".")[2].lower() not in endings:
            yield f"{name} has no type"
    for name in parts:
        if name[1:] not in [each.lower() for each in file.names]:
            yield f"{name} has a type and is not there"


def _relationships(file: File) -> Iterator[str]:
    for part in ["", *(name for name in file.names if not name.endswith(".rels"))]:
        for identifier, (_, target, outside) in file.related(part).items():
            if not re.fullmatch(r"[A-Za-z_][\w.-]*", identifier):
                yield f"{part}: {identifier!r} is no identifier"
            if not outside and target not in file.names:
                yield f"{part}: {target} is not there"
            if outside and len(target) > 2_079:
                yield f"{part}: an address of {len(target)} characters"
    for part, root in file.stories.items():
        known = file.related(part)
        used = {
            value for each in root.iter() for name, value in each.attrib.items() if str(name).startswith(R)
        }
        yield from (f"{part}: {each} leads nowhere" for each in used - known.keys())


def _namespaces(file: File) -> Iterator[str]:
    """What an older Word does not know stands in a namespace that it is told to pass over, or in an extension."""
    for part, root in (*file.stories.items(), ("styles", file.styles), ("numbering", file.numbering)):
        ignorable = (root.get(f"{{{_COMPATIBILITY}}}Ignorable") or "").split()
        for prefix in ignorable:
            if prefix not in root.nsmap:
                yield f"{part}: {prefix} may be passed over and is not declared"
        passed = {root.nsmap.get(prefix) for prefix in ignorable}
        for each in root.iter():
            space = etree.QName(each).namespace or ""
            known = space in _PLAIN or space.startswith(_STRICTLY_KNOWN) or space in passed
            if not known and not any(etree.QName(above).localname == "ext" for above in each.iterancestors()):
                yield f"{part}: {each.tag} is of a namespace that not every Word knows"


# What leads somewhere ----------------------------------------------------------------------------------------------


def _bookmarks(file: File) -> Iterator[str]:
    starts = [each for root in file.stories.values() for each in root.iter(f"{W}bookmarkStart")]
    yield from _twice("bookmarks", [_value(each, "name").lower() for each in starts])
    yield from _twice("bookmarks", [_value(each, "id") for each in starts])
    for each in starts:
        if not _BOOKMARK.fullmatch(_value(each, "name")):
            yield f"{_value(each, 'name')!r} is no name"
        if not 0 <= _number(each, "id") <= _LARGEST:
            yield f"{_value(each, 'id')} is no number of one"
    for part, root in file.stories.items():
        opened: set[str] = set()
        for each in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            number = _value(each, "id")
            if each.tag == f"{W}bookmarkStart":
                opened.add(number)
            elif number in opened:
                opened.remove(number)
            else:
                yield f"{part}: {number} ends and was not begun"
        yield from (f"{part}: {number} does not end" for number in opened)


def _links(file: File) -> Iterator[str]:
    marks = {
        _value(each, "name") for root in file.stories.values() for each in root.iter(f"{W}bookmarkStart")
    }
    for root in file.stories.values():
        for each in root.iter(f"{W}hyperlink"):
            anchor = _value(each, "anchor")
            if anchor and anchor not in marks:
                yield f"{anchor} is no bookmark"
            if not anchor and not each.get(f"{R}id"):
                yield "one leads nowhere"
            if len(_value(each, "tooltip")) > 260:
                yield "a tip of more than 260 characters"
            if any(above.tag == f"{W}hyperlink" for above in each.iterancestors()):
                yield "one stands in another"
        for text in root.iter(f"{W}instrText"):
            name, *arguments = (text.text or "").split()
            if name in ("REF", "PAGEREF", "NOTEREF") and arguments[0] not in marks:
                yield f"{name} {arguments[0]} refers to no bookmark"


def _fields(file: File) -> Iterator[str]:
    for part, root in file.stories.items():
        states: list[str] = []
        for each in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}p", f"{W}tc", f"{W}fldSimple"):
            if each.tag == f"{W}tc" and states:
                yield f"{part}: a field reaches into a cell"
            if each.tag == f"{W}instrText":
                words = (each.text or "").split()
                if not states or states[-1] != "begin":
                    yield f"{part}: an instruction outside a field"
                if not words or words[0] not in _FIELDS:
                    yield f"{part}: {each.text!r} is no instruction that octavo writes"
            if each.tag != f"{W}fldChar":
                continue
            if _value(each, "dirty"):
                yield f"{part}: a field asks to be updated"
            kind = _value(each, "fldCharType")
            if kind == "begin":
                states.append(kind)
            elif kind == "separate" and states and states[-1] == "begin":
                states[-1] = kind
            elif kind == "end" and states and states[-1] == "separate":
                states.pop()
            else:
                yield f"{part}: {kind} out of order"
        if states:
            yield f"{part}: {len(states)} fields do not end"


def _notes(file: File) -> Iterator[str]:
    for kind in ("footnote", "endnote"):
        root = file.stories[f"word/{kind}s.xml"]
        numbers = [_value(each, "id") for each in root.iterchildren(f"{W}{kind}")]
        yield from _twice(f"{kind}s", numbers)
        special = [_value(each, "id") for each in root.iterchildren(f"{W}{kind}") if _value(each, "type")]
        told = [_value(each, "id") for each in file.settings.iterfind(f"{W}{kind}Pr/{W}{kind}")]
        if special != ["-1", "0"] or told != special:
            yield f"{kind}s: separators {special}, of which the settings name {told}"
        body = file.stories["word/document.xml"]
        cited = [_value(each, "id") for each in body.iter(f"{W}{kind}Reference")]
        yield from _twice(f"references to {kind}s", cited)
        if sorted(cited) != sorted(set(numbers) - set(special)):
            yield f"{kind}s: {len(cited)} are cited, {len(numbers) - len(special)} are there"
        for each in root.iterchildren(f"{W}{kind}"):
            if len(each) == 0 or each[-1].tag != f"{W}p":
                yield f"{kind} {_value(each, 'id')} does not end with a paragraph"
    for name, root in file.stories.items():
        if (
            name != "word/document.xml"
            and next(root.iter(f"{W}footnoteReference", f"{W}endnoteReference"), None) is not None
        ):
            yield f"{name} cites a note"


def _pictures(file: File) -> Iterator[str]:
    found = [each for root in file.stories.values() for each in root.iter(f"{WP}docPr")]
    yield from _twice("pictures", [each.get("id", "") for each in found])
    for each in found:
        if not 0 < int(each.get("id", "0")) <= _LARGEST:
            yield f"{each.get('id')} is no number of a picture"
        parent = each.getparent()
        extent = None if parent is None else parent.find(f"{WP}extent")
        if extent is None or not all(
            0 < int(extent.get(side, "0")) <= 27_273_042_316_900 for side in ("cx", "cy")
        ):
            yield f"picture {each.get('id')} has no size"


# Styles and lists --------------------------------------------------------------------------------------------------


def _styles(file: File) -> Iterator[str]:
    found = list(file.styles.iterchildren(f"{W}style"))
    kinds = {_value(each, "styleId"): _value(each, "type") for each in found}
    parents = {_value(each, "styleId"): _value(each.find(f"{W}basedOn")) for each in found}
    yield from _twice("styles", [_value(each, "styleId") for each in found])
    names = [_value(each.find(f"{W}name")) for each in found]
    yield from _twice("styles", [name.casefold() for name in names])
    yield from (
        f"{name!r} is no name of a style" for name in names if not 0 < len(name) <= 253 or "," in name
    )
    defaults = [_value(each, "type") for each in found if _value(each, "default") == "1"]
    if sorted(defaults) != sorted(set(kinds.values())):
        yield f"defaults for {sorted(defaults)}"
    for each in found:
        identifier = _value(each, "styleId")
        for tag in ("basedOn", "next", "link"):
            other = _value(each.find(f"{W}{tag}"))
            if other and (other not in kinds or (tag != "link" and kinds[other] != kinds[identifier])):
                yield f"{identifier}: {tag} {other!r}"
        seen, at = set(), identifier
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at:
            yield f"{identifier} is based on itself"
    wanted = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    for part, root in file.stories.items():
        for tag, kind in wanted.items():
            for used in {_value(each) for each in root.iter(f"{W}{tag}")}:
                if kinds.get(used) != kind:
                    yield f"{part}: {used!r} is no {kind} style"
        for text in root.iter(f"{W}instrText"):
            words = (text.text or "").split()
            if words[0] == "STYLEREF" and not re.fullmatch(r"[1-9]", words[1]):
                yield f"{part}: STYLEREF {words[1]} means something else in a Word of another language"


def _lists(file: File) -> Iterator[str]:
    tags = [each.tag for each in file.numbering]
    if tags != sorted(tags, key=lambda tag: tag != f"{W}abstractNum"):
        yield "instances stand before what they are instances of"
    abstracts = {
        _value(each, "abstractNumId"): each for each in file.numbering.iterchildren(f"{W}abstractNum")
    }
    if len(abstracts) != tags.count(f"{W}abstractNum"):
        yield "two lists have one number"
    yield from _twice("lists", [_value(each.find(f"{W}nsid")) for each in abstracts.values()])
    instances = {
        _value(each, "numId"): _value(each.find(f"{W}abstractNumId"))
        for each in file.numbering.iterchildren(f"{W}num")
    }
    yield from (f"instance {key} of no list" for key, of in instances.items() if of not in abstracts)
    for key, each in abstracts.items():
        levels = [_value(level, "ilvl") for level in each.iterchildren(f"{W}lvl")]
        if levels != [str(at) for at in range(9)]:
            yield f"list {key} has levels {levels}"
    styled = {_value(each, "styleId"): each for each in file.styles.iterchildren(f"{W}style")}
    linked: list[str] = []
    for key, each in abstracts.items():
        for level in each.iterchildren(f"{W}lvl"):
            style = _value(level.find(f"{W}pStyle"))
            if not style:
                continue
            linked.append(style)
            number = styled[style].find(f"{W}pPr/{W}numPr") if style in styled else None
            found = "" if number is None else instances.get(_value(number.find(f"{W}numId")), "")
            if found != key:
                yield f"level {_value(level, 'ilvl')} of list {key} is that of {style!r}, which is in list {found!r}"
    yield from _twice("levels", linked)
    for root in (*file.stories.values(), file.styles):
        for number in root.iter(f"{W}numPr"):
            used = _value(number.find(f"{W}numId"))
            if used not in ("0", *instances):
                yield f"{used} is no instance of a list"


# Tables, sections, measures ----------------------------------------------------------------------------------------


def _tables(file: File) -> Iterator[str]:
    for part, root in file.stories.items():
        for at, table in enumerate(root.iter(f"{W}tbl")):
            place = f"{part}, table {at + 1}"
            widths = [_number(each, "w") for each in table.iterfind(f"{W}tblGrid/{W}gridCol")]
            size = table.find(f"{W}tblPr/{W}tblW")
            if size is None or _number(size, "w") != sum(widths) or not 0 < len(widths) <= 63:
                yield f"{place}: columns {widths} of a table of {_value(size, 'w')}"
            reaching: set[int] = set()
            rows = list(table.iterchildren(f"{W}tr"))
            if not rows:
                yield f"{place}: no rows"
            for row in rows:
                column, below = 0, set()
                for cell in row.iterchildren(f"{W}tc"):
                    span = max(1, int(_value(cell.find(f"{W}tcPr/{W}gridSpan")) or 1))
                    merge = cell.find(f"{W}tcPr/{W}vMerge")
                    if merge is not None and _value(merge) != "restart" and column not in reaching:
                        yield f"{place}: a cell goes on from none above"
                    if merge is not None:
                        below.add(column)
                    width = cell.find(f"{W}tcPr/{W}tcW")
                    if (
                        width is not None
                        and abs(_number(width, "w") - sum(widths[column : column + span])) > span
                    ):
                        yield f"{place}: a cell of {_value(width, 'w')} in columns {widths[column : column + span]}"
                    if cell[-1].tag != f"{W}p":
                        yield f"{place}: a cell ends with {cell[-1].tag}"
                    column += span
                reaching = below
                if column != len(widths):
                    yield f"{place}: a row of {column} columns among {len(widths)}"
            heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
            if heads != sorted(heads, reverse=True):
                yield f"{place}: a header row below others, which Word does not repeat"


def _sections(file: File) -> Iterator[str]:
    root = file.stories["word/document.xml"]
    body = root.find(f"{W}body")
    if body is None or len(body) < 2 or body[-1].tag != f"{W}sectPr":
        yield "the last section says nothing of itself"
    elif next(each.tag for each in reversed(body[:-1]) if each.tag not in _MARKS) != f"{W}p":
        yield "the text does not end with a paragraph"
    for section in root.iter(f"{W}sectPr"):
        for part in ("header", "footer"):
            yield from _twice(
                f"{part}s", [_value(each, "type") for each in section.iterchildren(f"{W}{part}Reference")]
            )
        page, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        if page is None or margins is None:
            yield "a section has no page"
            continue
        for side, ends in (("w", ("left", "right")), ("h", ("top", "bottom"))):
            if not 144 <= _number(page, side) <= _WIDEST:
                yield f"a page of {_value(page, side)}"
            if _number(page, side) - sum(abs(_number(margins, end)) for end in ends) < 360:
                yield f"margins leave nothing of {_value(page, side)}"
        if (_value(page, "orient") == "landscape") != (_number(page, "w") > _number(page, "h")):
            yield "a page lies otherwise than it says"
        columns = section.find(f"{W}cols")
        if columns is not None and not 1 <= (_number(columns, "num") or 1) <= 45:
            yield f"{_value(columns, 'num')} columns"


def _measures(file: File) -> Iterator[str]:
    for part, root in (*file.stories.items(), ("styles", file.styles), ("numbering", file.numbering)):
        for border in root.iter(f"{W}pBdr"):
            for side in border:
                if _value(side) not in ("nil", "none") and not (
                    0 <= _number(side, "space") <= 31 and 2 <= _number(side, "sz") <= 96
                ):
                    yield f"{part}: a border {dict(side.attrib)}"
        for each in root.iter(f"{W}ind", f"{W}spacing", f"{W}tab", f"{W}pgMar", f"{W}tblInd", f"{W}position"):
            for name, value in each.attrib.items():
                if re.fullmatch(r"-?\d+", str(value)) and abs(int(value)) > _WIDEST:
                    yield f"{part}: {name} {value}"
        for each in root.iter(f"{W}sz", f"{W}szCs"):
            if not 2 <= _number(each, "val") <= 3_276:
                yield f"{part}: type of {_value(each)} half-points"
        for each in root.iter(f"{W}tabs"):
            if len(each) > 64:
                yield f"{part}: {len(each)} tab stops"
        for each in root.iter(f"{W}lang"):
            for name, value in each.attrib.items():
                if not _TAG.fullmatch(str(value)):
                    yield f"{part}: {name} {value!r} is no language"
        for each in root.iter(f"{W}rFonts"):
            for name in ("ascii", "hAnsi", "eastAsia", "cs"):
                if len(_value(each, name)) > 31:
                    yield f"{part}: a font's name of more than 31 characters, {_value(each, name)!r}"


# Settings and properties -------------------------------------------------------------------------------------------


def _settings(file: File) -> Iterator[str]:
    names = [etree.QName(each).localname for each in file.settings]
    if names != [name for name in _SETTINGS if name in names]:
        yield f"{names} are out of order, or more than octavo writes"
    modes = [
        _value(each)
        for each in file.settings.iterfind(f"{W}compat/{W}compatSetting")
        if _value(each, "name") == "compatibilityMode"
    ]
    if modes != ["15"]:
        yield f"compatibility modes {modes}"
    even = {
        _value(each, "type")
        for root in (file.stories["word/document.xml"],)
        for each in root.iter(f"{W}headerReference", f"{W}footerReference")
    }
    if ("even" in even) != ("evenAndOddHeaders" in names):
        yield "headers of even pages, or the setting that shows them, are missing"


def _properties(file: File) -> Iterator[str]:
    core = file.xml("docProps/core.xml")
    yield from _twice("core properties", [str(each.tag) for each in core])
    for each in core:
        if etree.QName(each).localname in ("created", "modified"):
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each.text or ""):
                yield f"{each.text!r} is no time"
            if "dcterms:W3CDTF" not in each.attrib.values():
                yield f"{each.tag} says not what kind of time it is"
    custom = list(file.xml("docProps/custom.xml"))
    yield from _twice("custom properties", [each.get("name", "").lower() for each in custom])
    if [each.get("pid") for each in custom] != [str(at + 2) for at in range(len(custom))]:
        yield "custom properties are not numbered from 2"
    theme = file.xml("word/theme/theme1.xml")
    for name in ("fillStyleLst", "lnStyleLst", "effectStyleLst", "bgFillStyleLst"):
        lists = [each for each in theme.iter() if etree.QName(each).localname == name]
        if [len(each) for each in lists] != [3]:
            yield f"the theme's {name} has not three styles"


RULES: Final[tuple[Callable[[File], Iterator[str]], ...]] = (
    _package, _relationships, _namespaces, _bookmarks, _links, _fields, _notes, _pictures, _styles, _lists, _tables,
    _sections, _measures, _settings, _properties,
)  # fmt: skip
