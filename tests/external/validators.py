"""The judges of the editions that octavo does not write itself: one typed function for each.

The reference validators are called as `octavo check` calls them; the readers of other people (qpdf, poppler,
LibreOffice) are called here. A function returns what was found, an empty list for nothing; it raises ToolMissing when
its program is not installed and ToolFailed when the program gave no verdict.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from octavo.validators.calls import Finding, ace, epubcheck, openxml, verapdf
from octavo.validators.programs import ToolFailed, ToolMissing
from tests.external import tools

__all__ = [
    "Finding",
    "ToolFailed",
    "ToolMissing",
    "ace",
    "epubcheck",
    "libreoffice_docx",
    "libreoffice_pdf",
    "libreoffice_pdfs",
    "openxml",
    "pdf_struct_text",
    "pdf_words",
    "qpdf_check",
    "verapdf",
]


_TAGGED = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def qpdf_check(path: Path) -> list[Finding]:
    """Check the syntax and the streams of a PDF file with qpdf; warnings count."""
    output = tools.run([tools.command("qpdf"), "--check", path], accepted=(0, 2, 3))
    if "No syntax or stream encoding errors found" in output:
        return []
    lines = [line.strip() for line in output.splitlines() if re.search(r"WARNING|ERROR|qpdf: ", line)]
    return [Finding(path, "qpdf", line) for line in lines] or [Finding(path, "qpdf", output.strip()[-500:])]


def libreoffice_pdf(path: Path, out: Path) -> Path:
    """Open a Word file in LibreOffice and print it to a PDF file in the folder `out`."""
    return libreoffice_pdfs([path], out)[path]


def libreoffice_pdfs(paths: Iterable[Path], out: Path, *, tagged: bool = False) -> dict[Path, Path]:
    """Open Word files in one run of LibreOffice and print each to a PDF file in the folder `out`.

    `tagged`: with the structure of the text.

    Raises:
        ToolFailed: LibreOffice printed nothing for one of them.
    """
    return _converted(paths, out, "pdf", f"pdf:writer_pdf_Export:{_TAGGED}" if tagged else "pdf")


def libreoffice_docx(paths: Iterable[Path], out: Path) -> dict[Path, Path]:
    """Open files of any kind in one run of LibreOffice and save each as a Word file in the folder `out`.

    Raises:
        ToolFailed: LibreOffice saved nothing for one of them.
    """
    return _converted(paths, out, "docx", "docx:MS Word 2007 XML")


def _converted(paths: Iterable[Path], out: Path, suffix: str, kind: str) -> dict[Path, Path]:
    """The files made carry a number before their name, for those given may have the same names in different folders."""
    office = tools.command("soffice", "libreoffice")
    files = list(paths)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        profile, stage = Path(folder) / "profile", Path(folder) / "in"
        stage.mkdir()
        staged = [stage / f"{number:03}-{file.name}" for number, file in enumerate(files)]
        for file, copy in zip(files, staged, strict=True):
            shutil.copyfile(file, copy)
        if staged:
            options = ("--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}")
            tools.run([office, *options, "--convert-to", kind, "--outdir", out, *staged], seconds=600)
    made = {file: out / f"{copy.stem}.{suffix}" for file, copy in zip(files, staged, strict=True)}
    for file, result in made.items():
        if not result.is_file():
            raise ToolFailed(f"LibreOffice could not open {file}")
    return made


def pdf_words(path: Path) -> list[str]:
    """The words of a PDF file in the order of the page, as poppler extracts them."""
    return tools.run([tools.command("pdftotext"), "-enc", "UTF-8", "-nopgbrk", path, "-"]).split()


def pdf_struct_text(path: Path) -> str:
    """The tag tree of a PDF file with the text below each tag, as poppler reads it; empty for an untagged file."""
    return tools.run([tools.command("pdfinfo"), "-enc", "UTF-8", "-struct-text", path])
