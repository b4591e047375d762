"""Octavo: one brief in, every edition out.

brief = octavo.read("brief.md")
octavo.export(brief, "editions", formats=("pdf", "docx", "epub"), theme="policy")
octavo.render(brief, "docx", theme="policy").data
"""

from octavo.api import export, parse, read, render
from octavo.batch import export_many
from octavo.diagnostics import Diagnostic, Position, Severity
from octavo.edition import Edition, Output
from octavo.errors import OctavoError
from octavo.tree import Document
from octavo.tree.metadata import Author, Metadata

__all__ = [
    "Author",
    "Diagnostic",
    "Document",
    "Edition",
    "Metadata",
    "OctavoError",
    "Output",
    "Position",
    "Severity",
    "export",
    "export_many",
    "parse",
    "read",
    "render",
]
__version__ = "0.1.0"
