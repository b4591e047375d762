"""Every document of the repository as press edition, before veraPDF, qpdf and our own checker of PDF/X-4."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

import octavo
from octavo.writers.pdf.press import PressOptions, shipped_printers
from tests.corpus import ROOT, corpus, name_of
from tests.external import tools, validators
from tests.external.editions import assert_clean
from tests.external.pdfx import check_pdfx4

BRIEF = ROOT / "seeds" / "us-china-dialogue.md"
TOUR = ROOT / "examples" / "feature-tour.md"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("press")
    made = []
    for source in corpus():
        out = folder / name_of(source).replace("/", "-")
        (edition,) = octavo.export(source, out, formats=("press",))
        assert edition.path is not None, edition.diagnostics
        made.append(edition.path)
    return made


@pytest.fixture(scope="module")
def variants(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The feature tour in each theme, and for each printer."""
    folder = tmp_path_factory.mktemp("variants")
    wanted = [(theme.stem, "") for theme in sorted((ROOT / "themes").glob("*.toml"))]
    wanted += [("policy", printer) for printer in shipped_printers()]
    made = []
    for theme, printer in wanted:
        options = {"press": PressOptions(printer=printer)} if printer else {}
        (edition,) = octavo.export(
            TOUR, folder / f"{theme}-{printer}", formats=("press",), theme=theme, options=options
        )
        assert edition.path is not None
        made.append(edition.path)
    return made


def test_press_editions_are_pdf_a_2a_and_pdf_ua_1(files: list[Path], variants: list[Path]) -> None:
    found = validators.verapdf([*files, *variants], ("2a", "ua1"))
    assert_clean(finding for findings in found.values() for finding in findings)


def test_press_editions_are_pdf_x_4(files: list[Path], variants: list[Path]) -> None:
    assert_clean(finding for path in (*files, *variants) for finding in check_pdfx4(path))


def test_press_editions_are_sound_as_files(files: list[Path], variants: list[Path]) -> None:
    assert_clean(finding for path in (*files, *variants) for finding in validators.qpdf_check(path))


@pytest.mark.parametrize("source", [BRIEF, TOUR], ids=lambda path: path.stem)
def test_pages_break_where_those_to_read_break(source: Path, tmp_path: Path) -> None:
    octavo.export(source, tmp_path, formats=("pdf", "press"))
    screen, press = (tmp_path / f"{source.stem}{suffix}" for suffix in (".pdf", ".press.pdf"))
    assert pages(screen) == pages(press)


def pages(path: Path) -> list[list[str]]:
    text = tools.run([tools.command("pdftotext"), "-enc", "UTF-8", path, "-"])
    return [page.split() for page in text.split("\f")]


def broken(source: Path, path: Path, harm: str) -> Path:
    with pikepdf.open(source) as pdf:
        page: Any = pdf.pages[0].obj
        match harm:
            case "box":
                page.TrimBox = page.MediaBox[:]
                page.BleedBox = pikepdf.Array([9, 9, 99, 99])
            case "rgb":
                page.Contents.write(page.Contents.read_bytes() + b"\n1 0 0 rg")
            case "annotation":
                page.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=Name.Link, Rect=[50, 50, 90, 90])])
            case "action":
                pdf.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS="x")
            case "intent":
                del pdf.Root.OutputIntents
            case "operator":
                page.Contents.write(page.Contents.read_bytes() + b"\nBX\nEX")
            case "halftone":
                page.Spot = pdf.make_indirect(pikepdf.Dictionary(Type=Name.Halftone, HalftoneName="x"))
            case "trapped":
                pdf.docinfo["/Trapped"] = Name.Unknown
            case _:
                packet = pdf.Root.Metadata
                packet.write(packet.read_bytes().replace(b">PDF/X-4<", b">PDF/X-9<"))
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    "harm",
    ["box", "rgb", "operator", "halftone", "annotation", "action", "intent", "trapped", "identification"],
)
def test_the_checker_sees_harm(files: list[Path], tmp_path: Path, harm: str) -> None:
    found = check_pdfx4(broken(files[0], tmp_path / "broken.pdf", harm))
    assert {finding.code for finding in found} == {harm}
