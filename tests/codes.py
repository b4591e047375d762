"""The page of all diagnostics, made from the code: every call that makes one, with its code, severity and message."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "src" / "octavo"
CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
SEVERITY = {
    "error": "error",
    "warning": "warning",
    "info": "info",
    "_dangling": "error",
    "_AliasError": "error",
    "Problem": "warning",
    "lose": "warning",
    "say": "warning",
    "tell": "info",
    "add": "error",
    "Diagnostic": "",
}
"""What the functions that make diagnostics make, where the call itself does not say it."""
TABLES = {
    "unknown-reader": ("error", "plugins.py", "there is no reader `…`"),
    "unknown-writer": ("error", "plugins.py", "there is no writer `…`"),
    "no-author": ("info", "checks/source.py", "the document does not say who wrote it"),
    "no-date": ("info", "checks/source.py", "the document does not say when it was published"),
    "no-description": ("info", "checks/source.py", "the document does not say in a sentence what it is"),
    "epub-without-identifier": ("error", "checks/epub.py", "the package has no identifier"),
    "validator-missing": ("info", "preflight.py", "… did not run: …"),
    "validator-no-verdict": ("warning", "preflight.py", "… did not run: …"),
}
"""Codes that the code takes from a table or chooses by a condition."""
MESSAGES = {
    "code-not-highlighted": "a block of code could not be coloured, and stands plain",
    "dangling-citation": "nothing here has the anchor `…` that a citation names",
    "dangling-link": "nothing here has the anchor `…` that a link names",
    "dangling-reference": "nothing here has the anchor `…` that a reference names",
    "file-not-found": "there is no file `…`",
    "not-a-word-file": "`…` is no Word file",
    "tracked-deletion": "deleted text that is still tracked was left out",
    "wrong-usage": "an option, an argument or a command is not known, is missing, or has a value that it cannot have",
    "theme-cycle": "themes extend each other in a circle",
    "theme-geometry": "the page, its margins and its columns do not fit together",
    "theme-not-in-format": "…: how the format differs from the theme there",
    "theme-template": "a running head or folio names a field that there is not",
    "theme-unknown-font": "there is no font `…` at hand",
    "theme-unknown-key": "there is no key, property or table `…`",
    "theme-value": "a value is of the wrong kind, or out of bounds",
}
"""What is said where the code puts the message together elsewhere."""
STAGES = (
    ("The source", ("readers/", "transforms/", "tree/")),
    (
        "Files and images",
        ("environment.py", "media.py", "api.py", "batch.py", "cli/", "cli.py", "writers/svg/"),
    ),
    ("Themes, fonts and pages", ("theme/", "fonts/", "typeset/", "specimen.py", "font_folders.py")),
    ("Editions", ("writers/", "production.py", "plugins.py", "testing")),
    ("Checks by request", ("checks/", "preflight.py", "validators/")),
)
HEAD = """# Diagnostics

All that octavo says to its user, by its code, as `brief.md:12:4: warning[missing-alt]: image has no alternative text`,
with a hint where there is something to do. An error means that an edition is refused, or is not what was asked for; a
warning that something is lost or harms somebody; an info that something is worth knowing. Codes are stable. An ellipsis
stands for a name or a number. This page is made from the code: `pytest tests/unit/test_diagnostics_page.py --accept`.
"""


@dataclass
class Said:
    """One code: its severities, the files that say it, and how it reads where it stands first."""

    severities: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    message: str = ""


@functools.cache
def codes() -> dict[str, Said]:
    """Return every code that is said anywhere in the library."""
    found: dict[str, Said] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES).as_posix()
        for code, severity, message in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            _note(found, code, severity, name, message)
    for code, (severity, name, message) in TABLES.items():
        found.pop(code, None)
        _note(found, code, severity, name, message)
    for code, message in MESSAGES.items():
        found[code].message = message
    return found


def page() -> str:
    """Return the page, as docs/diagnostics.md holds it."""
    left = dict(codes())
    parts = [HEAD]
    for title, places in STAGES:
        rows = [
            f"| `{code}` | {', '.join(sorted(said.severities))} | {said.message} |"
            for code, said in sorted(left.items())
            if any(each.startswith(places) for each in said.files)
        ]
        left = {
            code: said
            for code, said in left.items()
            if not any(each.startswith(places) for each in said.files)
        }
        parts.append("\n".join([f"## {title}", "| code | severity | says |", "|---|---|---|", *rows, ""]))
    assert not left, f"the page has no part for {sorted(left)}"
    return "\n".join(parts)


def _note(found: dict[str, Said], code: str, severity: str, name: str, message: str) -> None:
    said = found.setdefault(code, Said())
    said.severities.add(severity)
    said.files.add(name)
    said.message = said.message or message


def _calls(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    for function in _functions(tree):
        names = _assigned(function)
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or _called(call) not in SEVERITY:
                continue
            arguments = [
                *call.args,
                *(each.value for each in call.keywords if each.arg in ("code", "message")),
            ]
            if len(arguments) < 2 or not _is_code(arguments[0]):
                continue
            code = arguments[0]
            assert isinstance(code, ast.Constant)
            severity = SEVERITY[_called(call)]
            told = re.search(r"Severity\.([A-Z]+)", ast.unparse(call))
            yield (
                str(code.value),
                told[1].lower() if told else severity or "warning",
                _text(arguments[1], names),
            )


def _functions(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield each function or method with its own names, and each other statement by itself."""
    for statement in tree.body:
        yield from statement.body if isinstance(statement, ast.ClassDef) else (statement,)


def _assigned(function: ast.AST) -> dict[str, ast.expr]:
    return {
        target.id: each.value
        for each in ast.walk(function)
        if isinstance(each, ast.Assign)
        for target in each.targets
        if isinstance(target, ast.Name)
    }


def _called(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _is_code(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(CODE.fullmatch(node.value))


def _text(node: ast.expr, names: dict[str, ast.expr]) -> str:
    """Return a message as far as the code tells it, with an ellipsis for what it fills in."""
    return re.sub(r"…(?:[ ,]*…)+", "…", _raw(node, names)).replace("|", "\\|").strip() or "…"


def _raw(node: ast.expr, names: dict[str, ast.expr]) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr():
            return "".join(_raw(each, {}) for each in node.values)
        case ast.BinOp(op=ast.Add()):
            return _raw(node.left, names) + _raw(node.right, names)
        case ast.IfExp():
            return _raw(node.body, names)
        case ast.Name() if node.id in names:
            return _raw(names[node.id], {})
        case _:
            return "…"
