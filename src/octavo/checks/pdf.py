"""Octavo's own checks of a PDF: tags, language, title, metadata, fonts, colours, boxes, links, outline, page labels.

The file is read by pikepdf, which comes with `octavo[check]`. Sources: ISO 32000-1 (7.7.2, catalog; 14.11.2, boxes;
12.4.2, page labels), ISO 14289-1 (7, PDF/UA-1), ISO 19005-2 (6, PDF/A-2), ISO 15930-7 (6, PDF/X-4).
"""

from __future__ import annotations

import importlib.util
import io
import re
from collections.abc import Iterator
from typing import Any, Final

from octavo.checks.findings import Findings
from octavo.checks.pdf_content import check_pages
from octavo.checks.pdf_structure import check_structure
from octavo.diagnostics import Diagnostic

_PACKET: Final = (b"<x:xmpmeta", b"</x:xmpmeta>")
_PART: Final = re.compile(rb"pdfaid:part(?:>|=[\"'])(\d)")
_LEVEL: Final = re.compile(rb"pdfaid:conformance(?:>|=[\"'])([A-Za-z])")
_ACCESSIBLE: Final = re.compile(rb"pdfuaid:part(?:>|=[\"'])(\d)")
_PRESS: Final = re.compile(rb"pdfxid:GTS_PDFXVersion(?:>|=[\"'])([^<\"']+)")


def has_reader() -> bool:
    """Return whether the package that reads PDF files is installed."""
    return importlib.util.find_spec("pikepdf") is not None


def _packets(data: bytes) -> Iterator[bytes]:
    """Yield the packets of metadata that a file's bytes hold, from where each begins to where it ends."""
    start, end = _PACKET
    at = 0
    while (at := data.find(start, at)) >= 0 and (last := data.find(end, at)) >= 0:
        yield data[at:last]
        at = last


def declared_standards(data: bytes) -> tuple[str, ...]:
    """Return the standards that a PDF's metadata declare, as veraPDF names them: `2a`, `ua1`; `x` for PDF/X."""
    packet = b"".join(_packets(data))
    found: list[str] = []
    part, level = _PART.search(packet), _LEVEL.search(packet)
    if part:
        found.append(part.group(1).decode() + (level.group(1).decode().lower() if level else ""))
    accessible = _ACCESSIBLE.search(packet)
    if accessible:
        found.append(f"ua{accessible.group(1).decode()}")
    if _PRESS.search(packet):
        found.append("x")
    return tuple(found)


def check_pdf(data: bytes, file: str) -> tuple[Diagnostic, ...]:
    """Return what is amiss in a PDF; it needs pikepdf (see `has_reader`)."""
    import pikepdf

    findings = Findings(file)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _check(pdf, declared_standards(data), findings)
    except pikepdf.PasswordError:
        findings.error("edition-not-read", "the file is encrypted", "save it without a password")
    except (
        pikepdf.PdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as fault:
        # What pikepdf calls the file is an address in memory, which is another on every run.
        reason = re.sub(r"^stream <[^<>]*+>: ", "", str(fault))
        findings.error("edition-not-read", f"the file is no sound PDF: {reason}", "make it again")
    return findings.all()


def _check(pdf: Any, standards: tuple[str, ...], findings: Findings) -> None:
    root = pdf.Root
    for_press = "x" in standards
    if not standards:
        message = "the file declares no standard: neither PDF/A, PDF/UA nor PDF/X"
        findings.info("pdf-no-standard", message)
    if not str(root.get("/Lang", "")):
        message = "the file does not say its language, so a screen reader cannot choose a voice"
        say = findings.info if for_press else findings.error
        say("edition-without-language", message, "give the source its `language`")
    if not for_press:
        shown = root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)
        if not shown:
            findings.warning("pdf-title-not-shown", "a viewer shows the file's name in place of the title")
    _check_metadata(pdf, findings)
    check_structure(pdf, for_press, findings)
    check_pages(pdf, standards, findings)
    _check_ways(pdf, findings)


def _check_metadata(pdf: Any, findings: Findings) -> None:
    title = str(pdf.docinfo.get("/Title", "")).strip()
    if "/Metadata" not in pdf.Root:
        findings.warning("pdf-without-xmp", "the file has no XMP metadata")
        if not title:
            findings.warning("edition-without-title", "the file's metadata has no title")
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        described = str(packet.get("dc:title", "") or "").strip()
        authors = packet.get("dc:creator") or []
        pairs = [("title", title, described)]
        pairs.append(("author", str(pdf.docinfo.get("/Author", "")), ", ".join(map(str, authors))))
        pairs.append(
            ("keywords", str(pdf.docinfo.get("/Keywords", "")), str(packet.get("pdf:Keywords", "") or ""))
        )
    if not described and not title:
        findings.warning(
            "edition-without-title", "the file's metadata has no title", "give the source its `title`"
        )
    for name, information, xmp in pairs:
        if information and xmp and _bare(information) != _bare(xmp):
            message = f"the {name} is `{information[:60]}` in the information dictionary and `{xmp[:60]}` in the XMP"
            findings.warning("pdf-metadata-differs", message)


def _bare(text: str) -> str:
    return re.sub(r"[\s,;]+", " ", text).strip().casefold()


def _check_ways(pdf: Any, findings: Findings) -> None:
    """How a reader finds a place: outline and page labels; and what may run without being asked."""
    import pikepdf

    root = pdf.Root
    if len(pdf.pages) > 1 and "/PageLabels" not in root:
        findings.info("pdf-without-labels", "the file has no page labels, so a viewer counts sheets")
    if len(pdf.pages) > 3 and root.get("/Outlines", {}).get("/First") is None:
        findings.warning("pdf-without-outline", "the file has no outline (bookmarks) to move about by")
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary):
            for holder in (each, each.get("/A"), each.get("/OpenAction")):
                action = str(holder.get("/S", "")) if isinstance(holder, pikepdf.Dictionary) else ""
                if action in ("/JavaScript", "/Launch"):
                    findings.warning("edition-active-content", f"the file holds an action of type {action}")
