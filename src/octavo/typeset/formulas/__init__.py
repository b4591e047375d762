"""Formulas set by the measures of a mathematical font (OpenType 1.9, MATH; The TeXbook, appendix G)."""
