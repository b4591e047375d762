"""The pages of a PDF: their boxes, fonts, colours and links.

Sources: ISO 32000-1, 9.9 (embedded fonts), 9.10.2 (text from codes), 14.11.2 (boxes), 14.11.5 (output intents);
ISO 14289-1, 7.18.3 (tab order), 7.18.5 (links).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from octavo.checks.findings import Findings

_PAINTING: Final = "rg RG k K g G cs CS scn SCN"
_SPACES: Final = {"rg": "RGB", "RG": "RGB", "k": "CMYK", "K": "CMYK"}
_SLACK: Final = 0.01
_DEEPEST: Final = 8
_STANDARD_FONTS: Final = ("/Type0", "/TrueType", "/Type1", "/MMType1", "/CIDFontType0", "/CIDFontType2")


def check_pages(pdf: Any, standards: tuple[str, ...], findings: Findings) -> None:
    """Report what is amiss on the pages of a file that declares some standards."""
    names = _destinations(pdf.Root)
    fonts: dict[Any, Any] = {}
    spaces: dict[str, int] = {}
    for number, page in enumerate(pdf.pages, 1):
        _check_boxes(page, number, "x" in standards, findings)
        _check_links(page, number, names, findings)
        for font in _fonts(page.obj.get("/Resources", {}), 0):
            fonts.setdefault(font.objgen if font.is_indirect else id(font), font)
        for space in _colours(page):
            spaces.setdefault(space, number)
    for font in fonts.values():
        _check_font(font, findings)
    _check_colours(pdf, spaces, standards, findings)


def _check_boxes(page: Any, number: int, for_press: bool, findings: Findings) -> None:
    media = [float(each) for each in page.mediabox]
    if media[2] - media[0] <= 0 or media[3] - media[1] <= 0:
        findings.error("pdf-boxes", f"page {number}: its media box has no area")
    trim = page.obj.get("/TrimBox")
    if for_press and trim is None:
        findings.error("pdf-boxes", f"page {number} has no trim box, so nobody knows where to cut")
    outer, name = media, "media box"
    for key, called in (("/BleedBox", "bleed box"), ("/TrimBox", "trim box")):
        box = page.obj.get(key)
        if box is None:
            continue
        inner = [float(each) for each in box]
        if any(a < b - _SLACK for a, b in zip(inner[:2], outer[:2], strict=True)) or any(
            a > b + _SLACK for a, b in zip(inner[2:], outer[2:], strict=True)
        ):
            findings.error("pdf-boxes", f"page {number}: its {called} reaches out of its {name}")
        outer, name = inner, called


def _destinations(root: Any) -> set[str]:
    """Return the names that links may lead to: of the name tree, and of the older dictionary."""
    names = {str(key).lstrip("/") for key in dict(root.get("/Dests", {}))}
    stack = [root.get("/Names", {}).get("/Dests")]
    passed = 0
    while stack and passed < 100_000:
        node = stack.pop()
        passed += 1
        if node is not None:
            names.update(str(each) for each in list(node.get("/Names", []))[::2])
            stack.extend(list(node.get("/Kids", [])))
    return names


def _check_links(page: Any, number: int, names: set[str], findings: Findings) -> None:
    annotations = [each for each in page.obj.get("/Annots", []) if str(each.get("/Subtype", "")) != "/Popup"]
    if annotations and str(page.obj.get("/Tabs", "")) != "/S":
        findings.info("pdf-tab-order", f"page {number}: links are not passed in the order of the text")
    for each in annotations:
        kind = str(each.get("/Subtype", ""))
        if not str(each.get("/Contents", "")).strip():
            message = f"page {number}: a {'link' if kind == '/Link' else kind.lstrip('/').lower()} has no description"
            findings.warning("pdf-link-without-text", message)
        target = _named_target(each)
        if target and target not in names:
            message = f"page {number}: a link leads to `{target}`, which is not there"
            findings.error("edition-link-broken", message)


def _named_target(annotation: Any) -> str:
    """Return the name that a link leads to; empty where it leads to an address or straight to a page."""
    import pikepdf

    target = annotation.get("/Dest")
    action = annotation.get("/A", {})
    if target is None and str(action.get("/S", "")) == "/GoTo":
        target = action.get("/D")
    named = isinstance(target, pikepdf.String) or isinstance(target, pikepdf.Name)  # noqa: SIM101 - no union of them
    return str(target).lstrip("/") if named else ""


def _fonts(resources: Any, depth: int) -> Iterator[Any]:
    yield from dict(resources.get("/Font", {})).values()
    if depth < _DEEPEST:
        for form in dict(resources.get("/XObject", {})).values():
            if str(form.get("/Subtype", "")) == "/Form" and "/Resources" in form:
                yield from _fonts(form.Resources, depth + 1)


def _check_font(font: Any, findings: Findings) -> None:
    name = str(font.get("/BaseFont", "")).lstrip("/") or "without a name"
    if str(font.get("/Subtype", "")) not in _STANDARD_FONTS:
        return  # Type 3: drawn by the page itself
    inner = font.get("/DescendantFonts", [font])[0]
    descriptor = inner.get("/FontDescriptor", {})
    if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        message = f"the font `{name}` is not embedded; another will be shown in its place"
        findings.error("pdf-font-not-embedded", message)
    elif len(name) < 8 or name[6] != "+":
        findings.info("pdf-font-whole", f"the font `{name}` is embedded whole, not cut down to what is used")
    if "/ToUnicode" not in font and (str(font.get("/Subtype", "")) == "/Type0" or "/Encoding" not in font):
        message = f"the letters of font `{name}` cannot be turned to text; it can be neither searched nor read aloud"
        findings.error("pdf-font-without-text", message)


def _colours(page: Any) -> set[str]:
    import pikepdf

    try:
        instructions = pikepdf.parse_content_stream(page, _PAINTING)
    except pikepdf.PdfError:
        return set()
    return {space for each in instructions if (space := _SPACES.get(str(each.operator)))}


def _check_colours(pdf: Any, spaces: dict[str, int], standards: tuple[str, ...], findings: Findings) -> None:
    intents = list(pdf.Root.get("/OutputIntents", []))
    profiled = any("/DestOutputProfile" in each or "/OutputConditionIdentifier" in each for each in intents)
    if spaces and not profiled:
        archived = any(each[0].isdigit() or each == "x" for each in standards)
        say = findings.error if archived else findings.info
        found = " and ".join(sorted(spaces))
        say(
            "pdf-no-output-intent",
            f"colours are given in {found}, and no output intent says what they look like",
        )
    if len(spaces) > 1:
        first = max(spaces.values())
        findings.info("pdf-mixed-colours", f"colours are given in both RGB and CMYK (from page {first} on)")
    if "x" in standards and "RGB" in spaces:
        message = f"page {spaces['RGB']} paints in RGB, which the press has to turn to inks"
        findings.warning("pdf-rgb-for-press", message)
