"""Show a theme: prove that three editions obey it, set a sample in all of them, and say which fonts it finds.

It stands above `api`, since it makes editions and reads them back; what is read is judged in `checks.parity`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from octavo.checks.parity.compare import Row, compare
from octavo.checks.parity.probe import probe_document
from octavo.diagnostics import Diagnostic, info
from octavo.edition import Edition
from octavo.environment import Environment
from octavo.fonts.book import embedding_bits
from octavo.plugins import find_writer
from octavo.production import prepare, write
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium

SAMPLE: Final = Path(__file__).parent / "checks" / "specimen.md"
"""A text with a bit of everything, which the wheel carries."""
FORMATS: Final = ("pdf", "docx", "epub")
SHEET_PAGES: Final = 4
"""How many pages of each edition a sheet shows."""
_PAGE_HEIGHT: Final = 560
_GAP: Final = 14
_PHONE: Final = (390, 780)
_OF_SCREEN: Final = re.compile(r"(?<!\d)(\d++(?:\.\d++)?)vh\b")
_PATIENCE: Final = 120
"""Seconds that another program may take."""


class FoundFace(msgspec.Struct, frozen=True, kw_only=True):
    """A font file at hand. `embedding` is what its OS/2 table allows (OpenType, fsType)."""

    family: str
    weight: int
    italic: bool
    origin: str
    licence: str
    embedding: str


class FoundRole(msgspec.Struct, frozen=True, kw_only=True):
    """A family that a theme's font role names; `origin` is the package it comes from, empty where it is not at hand."""

    name: str
    family: str
    origin: str


def parity(theme: str, environment: Environment) -> tuple[Row, ...]:
    """Make the three editions of the probe in a theme and read every style back from them.

    Raises:
        ThemeError: the theme cannot be loaded or resolved.
        EditionError: an edition cannot be made.
    """
    writers = [find_writer(name) for name in FORMATS]
    prepared = prepare(probe_document(), theme, writers, environment)
    editions = {writer.name: write(prepared, writer).data for writer in writers}
    return compare(prepared.sheets, editions, prepared.fonts)


def faces(environment: Environment) -> Iterator[FoundFace]:
    """Return the fonts at hand, in the order of families, weights and slopes."""
    import uharfbuzz

    for face in sorted(environment.fonts().faces, key=lambda each: (each.family, each.weight, each.italic)):
        opened = uharfbuzz.Face(face.load(), face.face_index)
        yield FoundFace(
            family=face.family,
            weight=face.weight,
            italic=face.italic,
            origin=face.origin,
            licence=(opened.get_name(14) or opened.get_name(13) or "not said").split("\n")[0][:80],
            embedding=_allowed(embedding_bits(opened.reference_table("OS/2").data)),
        )


def roles(theme: str, environment: Environment) -> Iterator[FoundRole]:
    """Return the families of a theme's roles, each role's in the order in which they are asked for a character.

    Raises:
        ThemeError: the theme cannot be loaded or resolved.
    """
    book = environment.fonts()
    sheet, _ = resolve_theme(load_theme(theme, environment.read_theme), Medium.SCREEN, book)
    for name, families in sheet.fonts.items():
        for family in families:
            face = book.match(family)
            yield FoundRole(name=name, family=family, origin=face.origin if face else "")


def _allowed(bits: int) -> str:
    """Return what the embedding bits allow (OpenType 1.9, OS/2, fsType); the least strict of several holds."""
    allowed = "installable"
    for bit, name in ((8, "editable"), (4, "print and preview"), (2, "restricted")):
        if bits & bit:
            allowed = name
            break
    return allowed + (", never subset" if bits & 0x100 else "")


def specimen(
    theme: str, out: Path, source: Path, environment: Environment
) -> tuple[tuple[Edition, ...], tuple[Diagnostic, ...]]:
    """Write all editions of a sample, and a sheet of pictures of their pages as `sheet.png`.

    Args:
        theme: a shipped theme's name, or a path.
        out: the folder for everything.
        source: the sample.
        environment: where files come from.

    Raises:
        OctavoError: the sample or the theme cannot be read.
    """
    from octavo.api import export_each, parse

    document = parse(source, environment=environment).document
    editions = tuple(export_each(document, out, FORMATS, theme=theme, environment=environment))
    said: list[Diagnostic] = []
    with tempfile.TemporaryDirectory() as folder:
        rows = [pictures(edition.path, Path(folder), said) for edition in editions if edition.path]
        _sheet([row for row in rows if row], out / "sheet.png")
    return editions, tuple(said)


def pictures(edition: Path, folder: Path, said: list[Diagnostic]) -> list[Path]:
    """Return pictures of an edition's first pages; what is missing for them is noted in `said`."""
    match edition.suffix:
        case ".pdf":
            return _pdf_pictures(edition, folder / "pdf", said)
        case ".docx":
            converted = _run(
                "soffice",
                "LibreOffice",
                [
                    "--headless",
                    f"-env:UserInstallation=file://{folder}/office",
                    "--convert-to",
                    "pdf",
                    "--outdir",
                    f"{folder}",
                    f"{edition}",
                ],
                said,
            )
            made = folder / f"{edition.stem}.pdf"
            return _pdf_pictures(made, folder / "docx", said) if converted and made.is_file() else []
        case _:
            return _epub_pictures(edition, folder, said)


def _pdf_pictures(path: Path, folder: Path, said: list[Diagnostic]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    wanted = ["-png", "-l", str(SHEET_PAGES), "-scale-to-y", str(_PAGE_HEIGHT), "-scale-to-x", "-1"]
    _run("pdftoppm", "poppler-utils", [*wanted, str(path), str(folder / "page")], said)
    return sorted(folder.glob("*.png"))


def _epub_pictures(edition: Path, folder: Path, said: list[Diagnostic]) -> list[Path]:
    """Return a picture of the e-book's text as high as all pages, cut into screens of a telephone."""
    import zipfile

    from PIL import Image

    with zipfile.ZipFile(edition) as package:
        package.extractall(folder / "book")
    text = next(iter(sorted((folder / "book").rglob("text*.xhtml"))), None)
    if text is None:
        return []
    whole, (width, height) = folder / "book.png", _PHONE
    for sheet in (folder / "book").rglob("*.css"):
        # The picture is several screens high, of which one must count as the screen.
        fixed = _OF_SCREEN.sub(
            lambda found: f"{float(found[1]) * height / 100:g}px", sheet.read_text("utf-8")
        )
        sheet.write_text(fixed, encoding="utf-8")
    wanted = [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}/browser",
        f"--window-size={width},{height * SHEET_PAGES}", f"--screenshot={whole}", f"file://{text}",
    ]  # fmt: skip
    browser = next(
        (name for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), "chromium"
    )
    if not _run(browser, "Chromium", wanted, said) or not whole.is_file():
        return []
    found: list[Path] = []
    with Image.open(whole) as picture:
        for at in range(SHEET_PAGES):
            part = picture.crop((0, at * height, width, (at + 1) * height))
            part = part.resize((round(width * _PAGE_HEIGHT / height), _PAGE_HEIGHT))
            found.append(folder / f"screen-{at}.png")
            part.save(found[-1])
    return found


def _run(program: str, package: str, arguments: Sequence[str], said: list[Diagnostic]) -> bool:
    """Run a program; where it is missing or fails, note it."""
    place = shutil.which(program)
    if place is None:
        said.append(
            info(
                "tool-missing",
                f"`{program}` is not here: its pages are not on the sheet",
                hint=f"install {package}",
            )
        )
        return False
    try:
        done = subprocess.run([place, *arguments], capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        said.append(info("tool-failed", f"`{program}` failed: {fault}"))
        return False
    if done.returncode:
        said.append(info("tool-failed", f"`{program}` left with status {done.returncode}"))
    return done.returncode == 0


def _sheet(rows: Sequence[Sequence[Path]], target: Path) -> None:
    """Put pictures side by side, a row for each edition."""
    from PIL import Image

    loaded = [[Image.open(each).convert("RGB") for each in row] for row in rows]
    if not loaded:
        return
    width = max(sum(each.width + _GAP for each in row) for row in loaded) + _GAP
    sheet = Image.new("RGB", (width, len(loaded) * (_PAGE_HEIGHT + _GAP) + _GAP), "#8c8f93")
    for down, row in enumerate(loaded):
        x = _GAP
        for each in row:
            sheet.paste(each, (x, _GAP + down * (_PAGE_HEIGHT + _GAP)))
            x += each.width + _GAP
    sheet.quantize(128).save(target, optimize=True)
