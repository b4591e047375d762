"""A checker of PDF/X-4, written against ISO 15930-7 without looking at the writer: no free validator knows PDF/X.

It reads the finished file with pikepdf and returns what breaks a rule. Rules that PDF/A-2 shares (fonts above all) are
veraPDF's part, which judges the same files.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pikepdf
from lxml import etree

from tests.external.validators import Finding

_NAMES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_SLACK: Final = 0.01
_SCREEN_SPACES: Final = ("/DeviceRGB", "/CalRGB")
_BLENDS: Final = re.compile(
    "/(Normal|Compatible|Multiply|Screen|Overlay|Darken|Lighten|ColorDodge|ColorBurn|HardLight|SoftLight"
    "|Difference|Exclusion|Hue|Saturation|Color|Luminosity)"
)


def check_pdfx4(path: Path) -> list[Finding]:
    """Return what keeps a file from being PDF/X-4."""
    with pikepdf.open(path) as pdf:
        rules = (_file, _metadata, _intents, _actions, _pages, _objects)
        return [Finding(path, code, message) for rule in rules for code, message in rule(pdf)]


Said = Iterator[tuple[str, str]]


def _file(pdf: pikepdf.Pdf) -> Said:
    if pdf.is_encrypted:
        yield "encrypted", "the file is encrypted"
    if pdf.pdf_version > "1.6":
        yield "version", f"the header says {pdf.pdf_version}"
    if "/ID" not in pdf.trailer:
        yield "no-id", "the trailer has no ID"
    if "/Version" in pdf.Root and str(pdf.Root.Version) > "/1.6":
        yield "version", f"the catalogue says {pdf.Root.Version}"


def _metadata(pdf: pikepdf.Pdf) -> Said:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "no-metadata", "the catalogue has no metadata"
        return
    if "/Filter" in stream:
        yield "metadata-filter", "the metadata are compressed"
    tree = etree.fromstring(stream.read_bytes())

    def said(name: str) -> str:
        found = tree.xpath(f"//{name}//text()", namespaces=_NAMES)
        return "".join(found).strip() or "".join(tree.xpath(f"//@{name}", namespaces=_NAMES))

    if said("pdfxid:GTS_PDFXVersion") != "PDF/X-4":
        yield "identification", f"GTS_PDFXVersion is `{said('pdfxid:GTS_PDFXVersion')}`"
    required = ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")
    identity = ("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass")
    for name in (*required, *identity):
        if not said(name):
            yield "metadata-missing", f"{name} is missing"
    trapped = str(pdf.docinfo.get("/Trapped", ""))
    if trapped not in ("/True", "/False"):
        yield "trapped", f"Trapped is `{trapped}`"
    if said("pdf:Trapped") != trapped.removeprefix("/"):
        yield "trapped", "pdf:Trapped and Trapped differ"
    if said("dc:title") != str(pdf.docinfo.get("/Title", "")):
        yield "metadata-differ", "title and dc:title differ"
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        if re.sub(r"\D", "", str(pdf.docinfo.get(key, "")))[:14] != re.sub(r"\D", "", said(name))[:14]:
            yield "metadata-differ", f"{key} and {name} differ"


def _intents(pdf: pikepdf.Pdf) -> Said:
    intents = list(pdf.Root.get("/OutputIntents", pikepdf.Array()))
    own = [each for each in intents if each.S == "/GTS_PDFX"]
    if len(own) != 1:
        yield "intent", f"there are {len(own)} GTS_PDFX output intents"
        return
    (intent,) = own
    for key in ("/OutputConditionIdentifier", "/Info", "/DestOutputProfile"):
        if key not in intent:
            yield "intent", f"the output intent has no {key}"
            return
    if len({each.DestOutputProfile.objgen for each in intents}) != 1:
        yield "intent", "the output intents have different profiles"
    profile = intent.DestOutputProfile.read_bytes()
    if int.from_bytes(profile[:4], "big") != len(profile) or profile[36:40] != b"acsp":
        yield "profile", "the profile is damaged"
    if profile[12:16] != b"prtr" or profile[16:20] != b"CMYK" or int(intent.DestOutputProfile.N) != 4:
        yield "profile", "the profile is not that of a CMYK printer"
    if profile[8] not in (2, 4):
        yield "profile", f"the profile has version {profile[8]}"


def _actions(pdf: pikepdf.Pdf) -> Said:
    for key in ("/OpenAction", "/AA", "/AcroForm", "/Collection"):
        if key in pdf.Root:
            yield "action", f"the catalogue has {key}"
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in pdf.Root.get("/Names", pikepdf.Dictionary()):
            yield "action", f"the names have {key}"
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and ("/AA" in each or each.get("/Type") == "/Action"):
            yield "action", f"object {each.objgen} is or has an action"
        if isinstance(each, pikepdf.Dictionary) and "/Title" in each and "/A" in each and "/Parent" in each:
            yield "action", f"outline item {each.objgen} has an action"


def _pages(pdf: pikepdf.Pdf) -> Said:
    for number, page in enumerate(pdf.pages, 1):
        for code, message in (*_boxes(page.obj), *_annotations(page.obj), *_content(page)):
            yield code, f"page {number}: {message}"


def _boxes(page: Any) -> Said:
    if "/MediaBox" not in page:
        yield "box", "there is no MediaBox"
        return
    if ("/TrimBox" in page) == ("/ArtBox" in page):
        yield "box", "there must be either a TrimBox or an ArtBox"
        return
    inner = page.TrimBox if "/TrimBox" in page else page.ArtBox
    order = [inner, *(page[key] for key in ("/BleedBox", "/CropBox") if key in page), page.MediaBox]
    boxes = [[float(part) for part in box] for box in order]
    for small, large in itertools.pairwise(boxes):
        low = all(one >= other - _SLACK for one, other in zip(small[:2], large[:2], strict=True))
        high = all(one <= other + _SLACK for one, other in zip(small[2:], large[2:], strict=True))
        if not (low and high):
            yield "box", f"{small} reaches out of {large}"
    if "/UserUnit" in page and float(page.UserUnit) != 1:
        yield "box", "the page is scaled"


def _annotations(page: Any) -> Said:
    bleed = page.get("/BleedBox", page.get("/TrimBox", page.MediaBox))
    left, bottom, right, top = (float(part) for part in bleed)
    for each in page.get("/Annots", pikepdf.Array()):
        if each.Subtype in ("/TrapNet", "/PrinterMark"):
            continue
        a, b, c, d = (float(part) for part in each.Rect)
        if a < right and c > left and b < top and d > bottom:
            yield "annotation", f"{each.Subtype} stands inside the bleed"


def _content(page: pikepdf.Page) -> Said:
    yield from _operators(page, page.obj.Resources)
    group = page.obj.get("/Group")
    if group is not None and "/CS" in group:
        yield from _space(group.CS)


def _operators(stream: Any, resources: Any) -> Said:
    """Judge what a page, a form or a pattern paints (ISO 15930-7, 6.2.4 and 6.2.8)."""
    instruction: Any
    for instruction in pikepdf.parse_content_stream(stream):
        operands, operator = instruction
        match str(operator):
            case "rg" | "RG":
                yield "rgb", "colours are set in DeviceRGB"
            case "cs" | "CS":
                name = str(operands[0])
                yield from _space(resources.get("/ColorSpace", {}).get(name, operands[0]))
            case "INLINE IMAGE":
                yield from _space(instruction.iimage.obj.get("/ColorSpace", pikepdf.Name.DeviceGray))
            case "PS" | "BX" | "EX":
                yield "operator", f"{operator} is used"
            case "sh":
                yield from _space(resources.Shading[str(operands[0])].ColorSpace)
            case "ri":
                yield from _intent_name(operands[0])
            case _:
                continue
    for state in resources.get("/ExtGState", {}).values():
        yield from _graphics_state(state)


def _intent_name(name: Any) -> Said:
    if str(name) not in ("/AbsoluteColorimetric", "/RelativeColorimetric", "/Saturation", "/Perceptual"):
        yield "intent-name", f"{name} is no rendering intent"


def _graphics_state(state: Any) -> Said:
    for key in ("/TR", "/HTP", "/HTO"):
        if key in state:
            yield "gstate", f"a graphics state has {key}"
    if state.get("/TR2", pikepdf.Name.Default) != "/Default":
        yield "gstate", "a graphics state has a transfer function"
    if not _BLENDS.fullmatch(str(state.get("/BM", "/Normal"))):
        yield "gstate", f"{state.BM} is no blend mode"


def _space(space: Any) -> Said:
    if isinstance(space, pikepdf.Name):
        if str(space) in ("/DeviceRGB", "/CalRGB"):
            yield "rgb", f"the colour space is {space}"
        return
    match str(space[0]):
        case "/Separation" | "/DeviceN":
            yield from _space(space[2])
        case "/Indexed" | "/Pattern":
            if len(space) > 1:
                yield from _space(space[1])
        case "/DeviceRGB" | "/CalRGB":
            yield "rgb", f"the colour space is {space[0]}"
        case _:
            return


def _objects(pdf: pikepdf.Pdf) -> Said:
    spots: dict[str, bytes] = {}
    for each in pdf.objects:
        if any(isinstance(part, pikepdf.Name) and str(part) in _SCREEN_SPACES for part in _parts(each)):
            yield "rgb", f"object {each.objgen} speaks of a colour space of the screen"
        if (
            isinstance(each, pikepdf.Dictionary)
            and each.get("/Type") == "/Halftone"
            and "/HalftoneName" in each
        ):
            yield "halftone", f"{each.objgen} names a halftone"
        if isinstance(each, pikepdf.Array) and len(each) == 4 and each[0] == "/Separation":
            written = each.unparse(resolved=True)
            if spots.setdefault(str(each[1]), written) != written:
                yield "spot", f"{each[1]} has two meanings"
        if not isinstance(each, pikepdf.Stream):
            continue
        for key in ("/F", "/FFilter", "/FDecodeParms"):
            if key in each:
                yield "external", f"stream {each.objgen} is outside the file"
        if any(str(part) in ("/LZWDecode", "/LZW", "/Crypt") for part in _parts(each.get("/Filter", None))):
            yield "filter", f"stream {each.objgen} has a filter that is not allowed"
        if each.get("/Subtype") == "/Form" or "/PatternType" in each:
            yield from _operators(each, each.get("/Resources", pikepdf.Dictionary()))
        if each.get("/Type") == "/XObject" or each.get("/Subtype") in ("/Image", "/Form"):
            yield from _external_object(each)


def _parts(value: Any) -> Iterator[Any]:
    """Yield a value and all that stands directly in it."""
    yield value
    children: list[Any] = []
    if isinstance(value, pikepdf.Array):
        children = list(value)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        children = [value[key] for key in value.keys()]  # noqa: SIM118
    for child in children:
        if not getattr(child, "is_indirect", False):
            yield from _parts(child)


def _external_object(stream: Any) -> Said:
    if stream.get("/Subtype") == "/PS" or stream.get("/Subtype2") == "/PS":
        yield "postscript", f"{stream.objgen} is PostScript"
    for key in ("/OPI", "/Ref", "/Alternates", "/TR"):
        if key in stream:
            yield "external", f"{stream.objgen} has {key}"
    if "/Group" in stream and "/CS" in stream.Group:
        yield from _space(stream.Group.CS)
    if "/ColorSpace" in stream:
        yield from _space(stream.ColorSpace)
    if "/Intent" in stream:
        yield from _intent_name(stream.Intent)
