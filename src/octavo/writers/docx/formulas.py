"""Formulas: Word's own, with the LaTeX source for programs that show none."""

from __future__ import annotations

import re
from typing import Final

from octavo.writers.docx.catalogue import FORMULA_TEXT
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.job import Job
from octavo.writers.docx.xml import ILLEGAL, REPLACEMENT

_WORD_2013: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
"""Word 2013 and later know this; a program that knows it shows the formula (ECMA-376-3, 7.6)."""


def formula_runs(key: int, text: str, ink: Ink, job: Job, *, displayed: bool = False) -> str:
    """Return a formula; its source, in a style that says so, where that is not understood or stands a second time."""
    marks = (*ink.marks, FORMULA_TEXT)
    source = job.well.text(text, Ink(ink.style, marks, ink.language, ink.linked, ink.silent, italic=True))
    tree = job.index.formulas.get(key)
    if tree is None or ink.silent or not source:
        return source
    from octavo.mathematics.omml import NAMESPACE, to_omml

    written = re.sub(ILLEGAL, REPLACEMENT, to_omml(tree))
    if displayed:
        written = f"<m:oMathPara>{written}</m:oMathPara>"
    return (
        f'<mc:AlternateContent><mc:Choice xmlns:m="{NAMESPACE}" xmlns:w15="{_WORD_2013}" Requires="w15">{written}'
        f"</mc:Choice><mc:Fallback>{source}</mc:Fallback></mc:AlternateContent>"
    )
