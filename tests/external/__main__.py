"""Put finished files before their validators by hand, from the root of the repository.

    python -m tests.external editions/*          # the suffix of a file decides who judges it

Prints each finding, and ends with status 1 if there are any. A validator that is not installed is named and passed
over; a file that nobody judges counts as wrong use, status 2.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.external import validators
from tests.external.validators import Finding, ToolMissing
from tests.external.word_text import docx_words, missing_words


def _lost_words(path: Path) -> list[Finding]:
    """The words of a Word file that LibreOffice's pages do not show."""
    with tempfile.TemporaryDirectory() as folder:
        pages = validators.pdf_words(validators.libreoffice_pdf(path, Path(folder)))
    return [Finding(path, "lost-word", word) for word in missing_words(docx_words(path), pages)]


JUDGES: dict[str, dict[str, Callable[[Path], list[Finding]]]] = {
    ".pdf": {
        "veraPDF ua1 2a": lambda path: validators.verapdf([path])[path.resolve()],
        "qpdf": validators.qpdf_check,
    },
    ".docx": {
        "Open XML SDK, Office2019": lambda path: validators.openxml(path, "Office2019"),
        "Open XML SDK, Microsoft365": lambda path: validators.openxml(path, "Microsoft365"),
        "LibreOffice": _lost_words,
    },
    ".epub": {
        "EPUBCheck": lambda path: validators.epubcheck([path])[path.resolve()],
        "Ace": validators.ace,
    },
}


def main(names: list[str]) -> int:
    """Judge the files and return the exit status."""
    worst = 0
    for path in map(Path, names):
        if path.suffix not in JUDGES:
            print(f"{path}: nobody judges {path.suffix or 'a file without a suffix'}")
            return 2
        for judge, function in JUDGES[path.suffix].items():
            try:
                findings = function(path)
            except ToolMissing as missing:
                print(f"{path}: {judge}: not installed: {missing}")
                continue
            print(f"{path}: {judge}: {len(findings) or 'no'} findings")
            for finding in findings:
                print(f"    {finding}")
            worst = max(worst, bool(findings))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
