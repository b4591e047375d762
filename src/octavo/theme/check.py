"""What is doubtful in a resolved theme: contrast, fonts, small type.

Contrast after WCAG 2.2, success criterion 1.4.3: 4.5:1, and 3:1 for large text (18 pt, or 14 pt bold).
"""

from __future__ import annotations

from collections.abc import Mapping

from octavo.diagnostics import Diagnostic
from octavo.fonts.book import FontBook
from octavo.theme.source import Faults, Path, Theme, Written
from octavo.theme.style import StyleSheet


def check_fonts(table: Mapping[Path, Written], theme: Theme, fonts: FontBook, faults: Faults) -> None:
    """Note stacks of which no family is at hand."""


def check_sheet(
    sheet: StyleSheet, theme: Theme, table: Mapping[Path, Written], fonts: FontBook
) -> tuple[Diagnostic, ...]:
    """Return warnings about a style sheet."""
    return ()
