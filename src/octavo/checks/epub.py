"""Octavo's own checks of an e-book: container, package, manifest, navigation, links, alternatives, claims, pages.

Sources: EPUB 3.3 (4.2, OCF; 5, package; 7, navigation), EPUB Accessibility 1.1 (2.2, metadata; 2.4, pages).
"""

from __future__ import annotations

import re
import zipfile
from typing import Any, Final
from urllib.parse import unquote

from octavo.checks.findings import Findings, check_levels, shortened
from octavo.checks.package import Package, joined, open_package
from octavo.diagnostics import Diagnostic
from octavo.units import contrast, parse_color

_OPF: Final = "{http://www.idpf.org/2007/opf}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_X: Final = "{http://www.w3.org/1999/xhtml}"
_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTAINER: Final = "META-INF/container.xml"
_ROOTFILE: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_OUTSIDE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_RULE: Final = re.compile(r"(?:^|(?<=[{}]))([^{}]++)\{([^{}]*+)\}")
_INK: Final = re.compile(r"(?<![-\w])color:\s*(#[0-9a-fA-F]{6})\b")
_GROUND: Final = re.compile(r"background(?:-color)?:\s*(#[0-9a-fA-F]{6})\b")
_REFERRING: Final = ((f"{_X}a", "href"), (f"{_X}img", "src"), (f"{_X}link", "href"), (f"{_X}script", "src"))
_LEAST_CONTRAST: Final = 4.5
_WANTED_CLAIMS: Final = (
    "schema:accessMode",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
)


def check_epub(data: bytes, file: str) -> tuple[Diagnostic, ...]:
    """Return what is amiss in an e-book."""
    findings = Findings(file)
    package = open_package(data, findings)
    if package is not None:
        _check_mimetype(package, findings)
        path = _package_path(package, findings)
        root = package.xml(path, findings) if path else None
        if root is not None:
            _Book(package, path, root, findings).check()
    return findings.all()


def _check_mimetype(package: Package, findings: Findings) -> None:
    first = package.entries[0] if package.entries else None
    if first is None or first.filename != "mimetype" or package.data("mimetype") != b"application/epub+zip":
        message = "the first part of the file is not `mimetype` with the words application/epub+zip"
        findings.error("epub-mimetype", message, "reading systems tell an e-book by it")
    elif first.compress_type != zipfile.ZIP_STORED or first.extra:
        findings.error("epub-mimetype", "the part `mimetype` is compressed or carries further fields")


def _package_path(package: Package, findings: Findings) -> str:
    root = package.xml(_CONTAINER, findings) if _CONTAINER in package.names else None
    found = next(root.iter(_ROOTFILE), None) if root is not None else None
    path = found.get("full-path", "") if found is not None else ""
    if path not in package.names:
        findings.error("edition-part-missing", f"`{_CONTAINER}` names no package document that is there")
        return ""
    return str(path)


class _Book:
    """An e-book's package document and what it leads to."""

    def __init__(self, package: Package, path: str, root: Any, findings: Findings) -> None:
        self.package, self.path, self.root, self.findings = package, path, root, findings
        self.items = {each.get("id", ""): each for each in root.iter(f"{_OPF}item")}
        self.part_of = {key: joined(path, unquote(each.get("href", ""))) for key, each in self.items.items()}
        spine = [each.get("idref", "") for each in root.iter(f"{_OPF}itemref")]
        self.spine = [self.part_of[each] for each in spine if each in self.items]
        for each in spine:
            if each not in self.items:
                findings.error(
                    "edition-part-missing", f"the spine names `{each}`, which the manifest has not"
                )
        self.pages = {
            part: page
            for key, part in self.part_of.items()
            if self.items[key].get("media-type") == "application/xhtml+xml" and part in package.names
            if (page := package.xml(part, findings)) is not None
        }
        self.ids = {part: self._ids(part, page) for part, page in self.pages.items()}

    def _ids(self, part: str, page: Any) -> set[str]:
        found: set[str] = set()
        for each in page.iter():
            name = each.get("id")
            if name in found:
                self.findings.error("edition-repeated-id", f"`{part}` gives the id `{name}` twice")
            if name:
                found.add(name)
        return found

    def check(self) -> None:
        self._check_metadata()
        self._check_manifest()
        self._check_navigation()
        for part, page in self.pages.items():
            self._check_page(part, page)
        order = [part for part in self.spine if part in self.pages]
        levels = [(int(each.tag[-1]), _text(each)) for part in order for each in _headings(self.pages[part])]
        check_levels(levels, self.findings)
        self._check_claims()
        self._check_page_list()
        self._check_contrast()

    def _metas(self, name: str) -> list[str]:
        return [
            (each.text or "").strip()
            for each in self.root.iter(f"{_OPF}meta")
            if each.get("property") == name
        ]

    def _check_metadata(self) -> None:
        wanted = (
            ("title", "edition-without-title", "the package has no title"),
            ("language", "edition-without-language", "the package does not say its language"),
            ("identifier", "epub-without-identifier", "the package has no identifier"),
        )
        for name, code, message in wanted:
            if not any((each.text or "").strip() for each in self.root.iter(f"{_DC}{name}")):
                self.findings.error(code, message)
        unique = self.root.get("unique-identifier", "")
        if not any(each.get("id") == unique for each in self.root.iter(f"{_DC}identifier")):
            self.findings.error(
                "epub-without-identifier", "`unique-identifier` names no identifier of the package"
            )
        if not self._metas("dcterms:modified"):
            self.findings.error(
                "epub-without-identifier", "the package does not say when it was last modified"
            )

    def _check_manifest(self) -> None:
        for part in self.part_of.values():
            if part not in self.package.names:
                self.findings.error(
                    "edition-part-missing", f"the manifest lists `{part}`, which is not there"
                )
        known = {*self.part_of.values(), self.path, "mimetype"}
        for name in sorted(self.package.names - known):
            if not name.startswith("META-INF/") and not name.endswith("/"):
                self.findings.warning(
                    "epub-unlisted-part", f"`{name}` is not in the manifest, so nobody may read it"
                )

    def _check_navigation(self) -> None:
        keys = [key for key, each in self.items.items() if "nav" in each.get("properties", "").split()]
        nav = self.pages.get(self.part_of[keys[0]]) if keys else None
        if nav is None or not any("toc" in each.get(_TYPE, "").split() for each in nav.iter(f"{_X}nav")):
            self.findings.error(
                "epub-without-navigation", "the book has no navigation document with a contents list"
            )

    def _check_page(self, part: str, page: Any) -> None:
        if not (page.get("lang") or page.get(_LANG)):
            self.findings.warning("edition-without-language", f"`{part}` does not say its language")
        for tag, name in _REFERRING:
            for each in page.iter(tag):
                if each.get(name):
                    self._check_target(part, each.get(name))
        for each in page.iter(f"{_X}img"):
            if each.get("alt") is None:
                message = f"`{part}`: the image `{each.get('src', '')}` has no alternative text"
                hint = 'say what it shows, or that it decorates: alt=""'
                self.findings.warning("edition-without-alt", message, hint)
        for each in page.iter(f"{_X}table"):
            if next(each.iter(f"{_X}th"), None) is None:
                message = f"`{part}`: a table has no head cells (`{shortened(_text(each), 40)}`)"
                self.findings.warning("edition-table-head", message)
        for each in _headings(page):
            if not _text(each).strip() and next(each.iter(f"{_X}img"), None) is None:
                self.findings.warning("edition-empty-heading", f"`{part}`: a heading has no text")
        if next(page.iter(f"{_X}script"), None) is not None:
            self.findings.warning("edition-active-content", f"`{part}` holds a script")

    def _check_target(self, part: str, target: str) -> None:
        if _OUTSIDE.match(target):
            return
        path, _, anchor = target.partition("#")
        there = joined(part, unquote(path)) if path else part
        if there not in self.package.names:
            self.findings.error("edition-link-broken", f"`{part}` names `{target}`, which is not in the book")
        elif anchor and there in self.ids and unquote(anchor) not in self.ids[there]:
            self.findings.error(
                "edition-link-broken", f"`{part}` leads to `{target}`, but there is no such id"
            )

    def _check_claims(self) -> None:
        for name in _WANTED_CLAIMS:
            if not any(self._metas(name)):
                self.findings.warning("epub-accessibility-missing", f"the package has no `{name}`")
        features = set(self._metas("schema:accessibilityFeature"))
        images = [each for page in self.pages.values() for each in page.iter(f"{_X}img")]
        formulas = any(next(page.iter("{http://www.w3.org/1998/Math/MathML}math"), None) is not None
                       for page in self.pages.values())  # fmt: skip
        truths = (
            ("alternativeText", not images or all(each.get("alt") is not None for each in images)),
            ("pageBreakMarkers", bool(self._breaks())),
            ("pageNavigation", self._page_list() is not None),
            ("MathML", formulas),
        )
        for feature, true in truths:
            if feature in features and not true:
                message = f"the package claims `{feature}`, which the book does not have"
                self.findings.error("epub-false-claim", message)
        if "visual" in self._metas("schema:accessMode") and not images and not formulas:
            self.findings.info("epub-false-claim", "the package claims visual contents, but shows no image")

    def _breaks(self) -> list[tuple[str, str]]:
        return [
            (part, each.get("id", ""))
            for part in self.spine
            if part in self.pages
            for each in self.pages[part].iter()
            if "pagebreak" in each.get(_TYPE, "").split() or each.get("role") == "doc-pagebreak"
        ]

    def _page_list(self) -> Any:
        for page in self.pages.values():
            for each in page.iter(f"{_X}nav"):
                if "page-list" in each.get(_TYPE, "").split():
                    return each
        return None

    def _check_page_list(self) -> None:
        found, breaks = self._page_list(), self._breaks()
        if found is None:
            if breaks:
                message = f"{len(breaks)} page breaks are marked, and no list of pages leads to them"
                self.findings.warning("epub-page-list", message)
            return
        nav = next(part for part, page in self.pages.items() if found in page.iter(f"{_X}nav"))
        targets = [each.get("href", "").partition("#") for each in found.iter(f"{_X}a")]
        listed = [
            (joined(nav, unquote(path)) if path else nav, unquote(anchor)) for path, _, anchor in targets
        ]
        if listed != breaks:
            message = f"the list of pages has {len(listed)} entries and the text {len(breaks)} marks, or in other order"
            self.findings.error("epub-page-list", message)

    def _check_contrast(self) -> None:
        for key, part in self.part_of.items():
            if self.items[key].get("media-type") != "text/css":
                continue
            sheet = re.sub(
                r"/\*.*?(?:\*/|\Z)", "", self.package.data(part).decode("utf-8", "replace"), flags=re.DOTALL
            )
            for selector, rules in _RULE.findall(sheet):
                ink, ground = _INK.search(rules), _GROUND.search(rules)
                if ink and ground:
                    ratio = contrast(parse_color(ink.group(1)), parse_color(ground.group(1)))
                    if ratio < _LEAST_CONTRAST:
                        message = (
                            f"`{part}`: `{shortened(selector)}` sets {ink.group(1)} on {ground.group(1)}"
                        )
                        hint = f"{_LEAST_CONTRAST}:1 is wanted for small type"
                        self.findings.info(
                            "edition-contrast", f"{message}, a contrast of {ratio:.2f}:1", hint
                        )


def _headings(page: Any) -> list[Any]:
    return list(page.iter(*(f"{_X}h{level}" for level in range(1, 7))))


def _text(element: Any) -> str:
    return "".join(element.itertext())
