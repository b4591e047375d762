"""Formulas: Word's own, in the text as Word itself writes them, so that whatever reads Word files finds them there.

An `mc:AlternateContent` with the source as its fallback is sound too (ECMA-376-3, 7.5), but Word writes one in runs
alone ([MS-ODRAWXML] 2.2.7), and many readers look for a formula nowhere else than in the paragraph.
"""

from __future__ import annotations

import re
from typing import Final

from octavo.readers.docx.snapshot import FORMULA_MARK
from octavo.writers.docx.bookmarks import formula_bookmark
from octavo.writers.docx.catalogue import FORMULA_TEXT
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.job import Job
from octavo.writers.docx.xml import ILLEGAL, REPLACEMENT

_CHARACTERS: Final = re.compile(r"<m:t(?: [^<>]*+)?>([^<]*+)</m:t>")


def formula_runs(key: int, text: str, ink: Ink, job: Job, *, displayed: bool = False) -> str:
    """Return a formula; its source, in a style that says so, where that is not understood or stands a second time."""
    tree = job.index.formulas.get(key)
    if tree is not None and tree.defines:
        return ""
    written = ""
    if tree is not None and not ink.silent:
        from octavo.mathematics.omml import to_omml

        written = re.sub(ILLEGAL, REPLACEMENT, to_omml(tree))
    from html import unescape

    shown = unescape("".join(_CHARACTERS.findall(written))).strip()
    if not shown:
        marks = (*ink.marks, FORMULA_TEXT)
        return job.well.text(text, Ink(ink.style, marks, ink.language, ink.linked, ink.silent, italic=True))
    job.formulas[shown] = text
    start, end = formula_bookmark(key)
    job.formulas[FORMULA_MARK.format(key)] = text
    return f"{start}<m:oMathPara>{written}</m:oMathPara>{end}" if displayed else f"{start}{written}{end}"
