"""The environment: what it reads, what it refuses, and that no half-written file is ever left."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest

import octavo
from octavo.environment import DiskEnvironment, MemoryEnvironment, installed_fonts, produced_on
from octavo.errors import OctavoError, ResourceError, ThemeError


def _code(fault: pytest.ExceptionInfo[OctavoError]) -> str:
    return fault.value.diagnostics[0].code


def test_missing_file_and_folder_are_told_apart(tmp_path: Path) -> None:
    world = DiskEnvironment()
    with pytest.raises(ResourceError) as missing:
        world.read(tmp_path / "none.md")
    with pytest.raises(ResourceError) as folder:
        world.read(tmp_path)
    assert (_code(missing), _code(folder)) == ("file-not-found", "file-is-folder")


def test_written_file_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    world = DiskEnvironment()
    target = tmp_path / "new" / "a.pdf"
    world.write(target, b"one")
    world.write(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["a.pdf"]


def test_unwritable_target_is_said_and_the_old_file_stays(tmp_path: Path) -> None:
    world = DiskEnvironment()
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(ResourceError) as fault:
        world.write(tmp_path / "folder.pdf", b"data")
    assert _code(fault) == "target-not-written"
    assert list((tmp_path / "folder.pdf").iterdir()) == []
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(ResourceError):
        world.write(tmp_path / "file" / "a.pdf", b"data")
    assert (tmp_path / "file").read_bytes() == b"kept"


def test_a_full_disk_leaves_the_good_file() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this machine has no /dev/full")
    with pytest.raises(OSError, match="No space left"):
        full.write_bytes(b"x")
    with pytest.raises(ResourceError):
        DiskEnvironment().write(Path("/dev/full/a.pdf"), b"data")


@pytest.mark.parametrize(
    "source", ["https://example.org/a.png", "data:image/png;base64,AA", "file:///etc/passwd"]
)
def test_nothing_is_fetched(source: str, tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as fault:
        DiskEnvironment().read_media(source, tmp_path)
    assert _code(fault) == "image-remote"


def test_images_come_from_the_sources_folder_alone(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "a.png").write_bytes(b"secret")
    (inside / "link.png").symlink_to(outside / "a.png")
    for source in ("../out/a.png", str(outside / "a.png"), "link.png"):
        with pytest.raises(ResourceError) as fault:
            DiskEnvironment().read_media(source, inside)
        assert _code(fault) == "image-outside"
        assert DiskEnvironment([outside]).read_media(source, inside) == b"secret"


def test_unknown_theme_names_the_nearest() -> None:
    with pytest.raises(ThemeError) as fault:
        DiskEnvironment().read_theme("polcy", "")
    assert _code(fault) == "unknown-theme"
    assert "did you mean `policy`" in fault.value.diagnostics[0].hint


def test_theme_is_found_beside_the_one_that_extends_it(tmp_path: Path) -> None:
    (tmp_path / "parent.toml").write_text('name = "parent"', encoding="utf-8")
    path, text = DiskEnvironment().read_theme("parent.toml", str(tmp_path / "child.toml"))
    assert (Path(path), text) == (tmp_path / "parent.toml", 'name = "parent"')


def test_dates_come_from_the_document_or_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    day = datetime.date(2023, 12, 5)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert DiskEnvironment().produced(day) == datetime.datetime(2023, 12, 5, tzinfo=datetime.UTC)
    assert DiskEnvironment().produced(None) == produced_on(None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert DiskEnvironment().produced(day) == datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(ResourceError) as fault:
        DiskEnvironment().produced(day)
    assert _code(fault) == "bad-source-date-epoch"


def test_installed_fonts_are_matched_by_weight_and_slope() -> None:
    book = installed_fonts()
    semibold = book.match("source sans pro", 600)
    assert semibold is not None
    assert (semibold.weight, semibold.italic) == (600, False)
    assert semibold.load()[:4] == b"\x00\x01\x00\x00"
    mono = book.match("Cascadia Mono", 700, italic=True)
    assert mono is not None
    assert mono.load()[:4] == b"\x00\x01\x00\x00"
    assert book.match("No Such Family") is None


def test_memory_serves_as_a_world() -> None:
    world = MemoryEnvironment({"a.md": b"text"}, installed_fonts(), {"base": ""})
    world.write(Path("out/a.pdf"), b"pdf")
    assert world.read(Path("a.md")) == b"text"
    assert world.files["out/a.pdf"] == b"pdf"
    assert world.read_theme("base", "") == ("base", "")
    with pytest.raises(ResourceError):
        world.read(Path("b.md"))


def test_what_is_older_than_any_edition_is_no_time_of_making(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its year would not have the four digits that PDF, XMP, Word and EPUB want (ISO 32000-1, 7.9.4; W3CDTF)."""
    assert produced_on(datetime.date(999, 12, 31)) == produced_on(None)
    assert produced_on(datetime.date(1000, 1, 1)).year == 1000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(-60_000_000_000))
    with pytest.raises(ResourceError):
        DiskEnvironment().produced(None)


@pytest.mark.parametrize("date", ["0001-01-01", "1000-01-01", "9999-12-31"])
def test_dates_are_whole_in_every_edition(date: str) -> None:
    disk = DiskEnvironment()
    themes = {each: disk.read_theme(each, "")[1] for each in ("base", "policy")}
    files = {"brief.md": f"---\ntitle: T\nlanguage: en\ndate: {date}\n---\nWords.\n".encode()}
    world = MemoryEnvironment(files, installed_fonts(), themes)
    for each in ("docx", "epub"):
        data = octavo.render("brief.md", each, environment=world).data
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            texts = [package.read(name) for name in package.namelist() if name.endswith(("core.xml", ".opf"))]
        moments = re.findall(rb">([0-9]+)-[0-9]{2}-[0-9]{2}T", texts[0])
        assert moments
        assert all(len(year) == 4 for year in moments)
    data = octavo.render("brief.md", "pdf", environment=world).data
    assert re.search(rb"CreateDate>[0-9]{4}-[0-9]{2}-[0-9]{2}T", data)
