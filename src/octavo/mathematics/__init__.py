"""Formulas: LaTeX read into a small tree of its own, from which every edition makes what it needs."""
