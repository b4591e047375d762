"""Octavo: one brief in, every edition out.

brief = octavo.read("brief.md")
octavo.export(brief, "editions", formats=("pdf", "docx", "epub"), theme="policy")
octavo.render(brief, "docx", theme="policy").data

Each public name is loaded when it is first asked for (PEP 562): the command's help needs none of them, a reader of
trees no environment.
"""

TYPE_CHECKING = False  # what `typing` has under this name, without loading it
if TYPE_CHECKING:
    from octavo.api import export, parse, read, render
    from octavo.batch import export_many
    from octavo.diagnostics import Diagnostic, Position, Severity
    from octavo.edition import Edition, Output
    from octavo.errors import OctavoError
    from octavo.tree import Document
    from octavo.tree.metadata import Author, Metadata
else:

    def __getattr__(name: str) -> object:
        """Return a public name from the module that has it."""
        if name not in _HOMES:
            raise AttributeError(f"module 'octavo' has no attribute '{name}'")
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)

    def __dir__() -> list[str]:
        """Return the public names beside what is loaded."""
        return sorted({*globals(), *__all__})

    _HOMES = {
        "Author": "octavo.tree.metadata",
        "Diagnostic": "octavo.diagnostics",
        "Document": "octavo.tree",
        "Edition": "octavo.edition",
        "Metadata": "octavo.tree.metadata",
        "OctavoError": "octavo.errors",
        "Output": "octavo.edition",
        "Position": "octavo.diagnostics",
        "Severity": "octavo.diagnostics",
        "export": "octavo.api",
        "export_many": "octavo.batch",
        "parse": "octavo.api",
        "read": "octavo.api",
        "render": "octavo.api",
    }

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
