"""Octavo's own checks of a Word file: parts, styles, headings, alternatives, tables, notes, references, metadata.

Sources: ECMA-376-1 (17, WordprocessingML; 20.1.2.2.8, docPr), ECMA-376-2 (8-9, parts and relationships).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from octavo.checks.findings import Findings, check_levels, shortened
from octavo.checks.package import Package, joined, open_package
from octavo.diagnostics import Diagnostic
from octavo.units import contrast, parse_color

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE: Final = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DUBLIN: Final = "{http://purl.org/dc/elements/1.1/}"
_MAIN: Final = "/officeDocument"
_REFERENCE: Final = re.compile(r"\b(?:PAGEREF|NOTEREF|REF)\s+(\S+)|\bHYPERLINK\s+\\l\s+\"([^\"]+)\"")
_DIRECT: Final = ("b", "i", "color", "sz", "rFonts", "u", "strike", "jc", "ind", "spacing")
_FACES: Final = frozenset({"b", "i", "u"})
_LEAST_CONTRAST: Final = 4.5


def check_docx(data: bytes, file: str) -> tuple[Diagnostic, ...]:
    """Return what is amiss in a Word file."""
    findings = Findings(file)
    package = open_package(data, findings)
    if package is not None:
        main = _main_part(package, findings)
        _check_relationships(package, findings)
        document = package.xml(main, findings) if main else None
        if document is not None:
            _Story(package, main, document, findings).check()
            _check_core(package, findings)
    return findings.all()


def _relationships(package: Package, part: str, findings: Findings) -> Iterator[tuple[str, str, str, bool]]:
    """Yield (id, type, target, whether it is outside) of a part's relationships; of the package's for an empty name."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels".lstrip("/")
    root = package.xml(path, findings) if path in package.names else None
    if root is not None:
        for each in root.iter(_RELATIONSHIP):
            outside = each.get("TargetMode") == "External"
            yield each.get("Id", ""), each.get("Type", ""), each.get("Target", ""), outside


def _main_part(package: Package, findings: Findings) -> str:
    if "[Content_Types].xml" not in package.names:
        findings.error(
            "edition-part-missing", "there is no `[Content_Types].xml`, so Word cannot open the file"
        )
    for _, kind, target, _ in _relationships(package, "", findings):
        if kind.endswith(_MAIN):
            return joined("", target)
    findings.error("edition-part-missing", "the package names no document part; this is no Word file")
    return ""


def _check_relationships(package: Package, findings: Findings) -> None:
    for path in sorted(name for name in package.names if name.endswith(".rels")):
        folder, _, name = path.rpartition("_rels/")
        part = folder + name.removesuffix(".rels")
        if part and part not in package.names:
            findings.warning("edition-part-missing", f"`{path}` is about a part that is not there")
        seen: set[str] = set()
        for identifier, _, target, outside in _relationships(package, part, findings):
            if identifier in seen:
                findings.error("edition-repeated-id", f"`{path}` gives the id `{identifier}` twice")
            seen.add(identifier)
            if not outside and joined(part, target) not in package.names:
                findings.error("edition-part-missing", f"`{path}` names `{target}`, which is not there")
    types = package.xml("[Content_Types].xml", findings) if "[Content_Types].xml" in package.names else None
    if types is not None:
        suffixes = {each.get("Extension", "").lower() for each in types if each.get("Extension")}
        parts = {each.get("PartName", "").lstrip("/") for each in types if each.get("PartName")}
        for name in sorted(package.names - parts - {"[Content_Types].xml"}):
            if not name.endswith("/") and name.rpartition(".")[2].lower() not in suffixes:
                findings.error("edition-part-missing", f"no content type is given for `{name}`")


class _Story:
    """The document part with the parts that belong to it."""

    def __init__(self, package: Package, main: str, document: Any, findings: Findings) -> None:
        self.package, self.main, self.document, self.findings = package, main, document, findings
        self.related: dict[str, list[str]] = {}
        self.identifiers: set[str] = set()
        for identifier, kind, target, outside in _relationships(package, main, findings):
            self.identifiers.add(identifier)
            if not outside:
                self.related.setdefault(kind.rpartition("/")[2], []).append(joined(main, target))
        self.stories = {main: document}
        for kind in ("footnotes", "endnotes", "header", "footer", "comments"):
            for name in self.related.get(kind, []):
                root = package.xml(name, findings) if name in package.names else None
                if root is not None:
                    self.stories[name] = root
        self.styles = self._styles()

    def _part(self, kind: str) -> Any:
        name = next(iter(self.related.get(kind, [])), "")
        return self.package.xml(name, self.findings) if name in self.package.names else None

    def _styles(self) -> dict[str, Any]:
        root = self._part("styles")
        return (
            {} if root is None else {each.get(f"{_W}styleId", ""): each for each in root.iter(f"{_W}style")}
        )

    def check(self) -> None:
        self._check_styles()
        self._check_headings()
        self._check_language()
        self._check_pictures()
        self._check_tables()
        self._check_references()
        self._check_notes()
        self._check_direct_formatting()
        self._check_contrast()

    def _check_styles(self) -> None:
        if not self.styles:
            self.findings.warning("edition-part-missing", "the file has no styles")
        for name, root in self.stories.items():
            for kind in ("pStyle", "rStyle", "tblStyle"):
                for each in root.iter(f"{_W}{kind}"):
                    style = each.get(f"{_W}val", "")
                    if style not in self.styles:
                        message = f"`{name}` uses the style `{style}`, which is not defined"
                        self.findings.error("docx-style-missing", message)
        for identifier, style in self.styles.items():
            for kind in ("basedOn", "next", "link"):
                other = style.find(f"{_W}{kind}")
                if other is not None and other.get(f"{_W}val") not in self.styles:
                    message = (
                        f"the style `{identifier}` names `{other.get(f'{_W}val')}`, which is not defined"
                    )
                    # A reader ignores such a name (ISO/IEC 29500-1, 17.7.4.3, 17.7.4.6 and 17.7.4.10).
                    self.findings.warning("docx-style-missing", message)

    def _level(self, paragraph: Any) -> int:
        """Return a paragraph's outline level, 1 for the highest, by itself or its style; 0: it is no heading."""
        own = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = self.styles.get(named.get(f"{_W}val", "")) if named is not None else None
        for _ in range(20):
            if own is not None or style is None:
                break
            own = style.find(f"{_W}pPr/{_W}outlineLvl")
            base = style.find(f"{_W}basedOn")
            style = self.styles.get(base.get(f"{_W}val", "")) if base is not None else None
        text = own.get(f"{_W}val", "9") if own is not None else "9"
        return int(text) + 1 if text.isdigit() and int(text) < 9 else 0

    def _check_headings(self) -> None:
        found = [(self._level(each), _text(each)) for each in self.document.iter(f"{_W}p")]
        levels = [(level, title) for level, title in found if level]
        check_levels(levels, self.findings)
        for _, title in levels:
            if not title.strip():
                self.findings.warning("edition-empty-heading", "a heading has no text")
        words = sum(len(text.split()) for _, text in found)
        if not levels and words > 800:
            self.findings.warning("edition-no-headings", "the text has no headings that Word knows as such")

    def _check_language(self) -> None:
        root = self._part("styles")
        path = f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang"
        named = root.find(path) if root is not None else None
        if named is None or not named.get(f"{_W}val"):
            message = "the file does not say its language, so nothing is spelled or read aloud rightly"
            self.findings.error("edition-without-language", message, "give the source its `language`")

    def _check_pictures(self) -> None:
        for name, root in self.stories.items():
            for each in root.iter(f"{_WP}docPr"):
                decorative = any(mark.get("val") in ("1", "true") for mark in each.iter(_DECORATIVE))
                if not decorative and not each.get("descr", "").strip():
                    message = f"`{name}`: the picture `{each.get('name', '')}` has no alternative text"
                    self.findings.warning(
                        "edition-without-alt", message, "say what it shows, or that it decorates"
                    )

    def _check_tables(self) -> None:
        for number, table in enumerate(self.document.iter(f"{_W}tbl"), 1):
            rows = table.findall(f"{_W}tr")
            headed = any(row.find(f"{_W}trPr/{_W}tblHeader") is not None for row in rows)
            look = table.find(f"{_W}tblPr/{_W}tblLook")
            first_column = look is not None and look.get(f"{_W}firstColumn") in ("1", "true")
            cells = max((len(row.findall(f"{_W}tc")) for row in rows), default=0)
            if not headed and not first_column and len(rows) > 1 and cells > 1:
                message = f"table {number} has no head row (`{shortened(_text(table), 40)}`)"
                self.findings.warning("edition-table-head", message, "mark its first row as one that repeats")

    def _check_references(self) -> None:
        marks: dict[str, int] = {}
        for root in self.stories.values():
            for each in root.iter(f"{_W}bookmarkStart"):
                marks[each.get(f"{_W}name", "")] = marks.get(each.get(f"{_W}name", ""), 0) + 1
        for mark, count in marks.items():
            if count > 1:
                self.findings.error(
                    "edition-repeated-id", f"the bookmark `{mark}` stands in the file {count} times"
                )
        for name, root in self.stories.items():
            wanted = [each.get(f"{_W}anchor", "") for each in root.iter(f"{_W}hyperlink")]
            wanted += [first or second for first, second in _REFERENCE.findall(_instructions(root))]
            for mark in dict.fromkeys(wanted):
                if mark and mark not in marks and not mark.startswith("_top"):
                    message = f"`{name}`: a reference leads to the bookmark `{mark}`, which is not there"
                    self.findings.error("edition-link-broken", message)
        for each in self.document.iter(f"{_W}hyperlink"):
            identifier = each.get(f"{_R}id", "")
            if identifier and identifier not in self.identifiers:
                self.findings.error("edition-link-broken", f"a link names `{identifier}`, which is not there")

    def _check_notes(self) -> None:
        for kind in ("footnote", "endnote"):
            part = self._part(f"{kind}s")
            known = set() if part is None else {each.get(f"{_W}id") for each in part.iter(f"{_W}{kind}")}
            used = [each.get(f"{_W}id") for each in self.document.iter(f"{_W}{kind}Reference")]
            for identifier in used:
                if identifier not in known:
                    self.findings.error(
                        "edition-link-broken", f"there is no {kind} `{identifier}`, which is cited"
                    )
            if len(set(used)) < len(used):
                self.findings.warning("edition-repeated-id", f"a {kind} is cited twice by the same id")

    def _check_direct_formatting(self) -> None:
        direct = styled = 0
        for run in self.document.iter(f"{_W}r"):
            properties = run.find(f"{_W}rPr")
            names = set() if properties is None else {each.tag.removeprefix(_W) for each in properties}
            styled += 1
            direct += bool(names & set(_DIRECT) - _FACES) and "rStyle" not in names
        if direct:
            message = f"{direct} of {styled} runs are formatted directly rather than by a style"
            self.findings.info("docx-direct-formatting", message, "a style can be changed in one place")

    def _check_contrast(self) -> None:
        for identifier, style in self.styles.items():
            ink = style.find(f"{_W}rPr/{_W}color")
            ground = style.find(f"{_W}pPr/{_W}shd")
            front = ink.get(f"{_W}val", "") if ink is not None else ""
            back = ground.get(f"{_W}fill", "") if ground is not None else ""
            if _is_color(front) and _is_color(back) and _ratio(front, back) < _LEAST_CONTRAST:
                message = f"the style `{identifier}`: #{front} on #{back} has a contrast of {_ratio(front, back):.2f}:1"
                self.findings.info(
                    "edition-contrast", message, f"{_LEAST_CONTRAST}:1 is wanted for small type"
                )


def _is_color(text: str) -> bool:
    return re.fullmatch(r"[0-9A-Fa-f]{6}", text) is not None


def _ratio(front: str, back: str) -> float:
    return contrast(parse_color(f"#{front}"), parse_color(f"#{back}"))


def _text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_W}t"))


def _instructions(root: Any) -> str:
    simple = [each.get(f"{_W}instr", "") for each in root.iter(f"{_W}fldSimple")]
    fields: list[str] = []
    for each in root.iter(f"{_W}instrText", f"{_W}fldChar"):
        fields.append(each.text or "" if each.tag == f"{_W}instrText" else "\n")
    return "\n".join((*simple, "".join(fields)))


def _check_core(package: Package, findings: Findings) -> None:
    kinds = {
        kind.rpartition("/")[2]: joined("", target)
        for _, kind, target, _ in _relationships(package, "", findings)
    }
    name = kinds.get("core-properties", "")
    root = package.xml(name, findings) if name in package.names else None
    title = root.findtext(f"{_DUBLIN}title") if root is not None else ""
    if not (title or "").strip():
        findings.warning(
            "edition-without-title", "the file's properties have no title", "give the source its `title`"
        )
