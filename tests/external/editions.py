"""Making the editions of the whole corpus, for the judges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.corpus import corpus, name_of
from tests.external.validators import Finding

THEME = "policy"
FORMATS = ("pdf", "docx", "epub")


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of the corpus in one format: source -> file, and a line for each document that failed."""

    files: dict[Path, Path]
    failures: tuple[str, ...]


def export_corpus(edition_format: str, folder: Path) -> Editions:
    """Export every document of the corpus to one format; a fault in one does not keep the judges from the others."""
    files: dict[Path, Path] = {}
    failures: list[str] = []
    for source in corpus():
        try:
            files[source] = _export(source, folder / name_of(source).replace("/", "-"), edition_format)
        except Exception as fault:
            failures.append(f"{name_of(source)}: {type(fault).__name__}: {fault}")
    return Editions(files, tuple(failures))


def _export(source: Path, out: Path, edition_format: str) -> Path:
    import octavo

    (edition,) = octavo.export(octavo.read(source), out, formats=(edition_format,), theme=THEME)
    assert edition.path is not None, edition.diagnostics
    assert edition.path.is_file()
    assert edition.path.suffix == f".{edition_format}"
    return edition.path


def assert_complete(editions: Editions) -> None:
    """Fail with one line for each document that did not become an edition, or if there is no document at all."""
    assert not editions.failures, "\n".join(editions.failures)
    assert editions.files, "the repository holds no document to export"


def assert_clean(findings: Iterable[Finding]) -> None:
    """Fail with one line for each finding."""
    lines = [str(finding) for finding in findings]
    assert not lines, f"{len(lines)} findings:\n" + "\n".join(lines)
