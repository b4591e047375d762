"""Names of files, pipes, leftovers, numbers of the command and fonts, as somebody may have made them to do harm."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

import octavo
from octavo.diagnostics import error
from octavo.environment import DiskEnvironment, installed_fonts
from octavo.errors import OctavoError
from octavo.limits import Limits
from octavo.plugins import find_writer
from octavo.production import prepare, write
from octavo.tree.walk import plain_text

HEAD = "---\ntitle: T\nlanguage: en\n---\n\n"
FORMATS = ("pdf", "press", "docx", "epub")


# Whoever hangs does so for ever; a slow machine is given its time.
def _octavo(folder: Path, *arguments: str, seconds: int = 900) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "octavo.cli", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=seconds)


# Names and files -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of Unicode alone")
def test_a_name_that_is_no_unicode_is_a_name(tmp_path: Path) -> None:
    name = os.fsdecode(b"a\xff.md")
    (tmp_path / name).write_text(HEAD + "Words. ![A](none.png)\n", encoding="utf-8")
    run = _octavo(tmp_path, "export", name, "--to", ",".join(FORMATS), "--json")
    report = json.loads(run.stdout)
    assert run.returncode == 0, run
    assert [each["format"] for each in report["editions"]] == list(FORMATS)
    assert all((tmp_path / each["path"]).is_file() for each in report["editions"])
    again = _octavo(tmp_path, "export", name, "--to", "epub")
    assert (again.returncode, b"Traceback" in again.stderr) == (0, False)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_neither_ends_a_line_nor_moves_a_terminal(tmp_path: Path) -> None:
    name = "a\n\x1b[31mb\u202e.md"
    (tmp_path / name).write_text(HEAD + "Words. ![A](none.png)\n", encoding="utf-8")
    run = _octavo(tmp_path, "export", name, "--to", "epub")
    said = run.stderr.decode() + run.stdout.decode()
    assert run.returncode == 0
    assert "a\\n\\x1b[31mb\\u202e.md:6:8: warning[missing-image]" in said
    assert all(line.replace("\u2026", "").isprintable() for line in said.splitlines())


def test_what_is_said_stands_on_one_line() -> None:
    assert str(error("missing-image", "b\r\nc\x00\u2028d\ud800é", hint="x\ty")) == (
        "error[missing-image]: b\\r\\nc\\x00\\u2028d\\ud800é\n  hint: x\\ty"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("a.md", ("export", "a.md")),
        ("a.pdf", ("check", "a.pdf")),
        ("a.toml", ("export", "b.md", "--theme", "a.toml")),
        ("a.icc", ("export", "b.md", "--to", "press", "--icc", "a.icc")),
        ("a.toml", ("export", "b.md", "--to", "press", "--printer", "a.toml")),
    ],
)
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path, name: str, arguments: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / name)
    (tmp_path / "b.md").write_text(HEAD + "Words.\n", encoding="utf-8")
    run = _octavo(tmp_path, *arguments)
    assert run.returncode == 1
    assert b"it is a pipe, not a file" in run.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_among_fonts_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.ttf")
    assert DiskEnvironment(fonts=[tmp_path]).fonts().faces


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system hands no pipes over by name")
def test_what_a_shell_hands_over_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"words")
    os.close(writing)
    try:
        assert DiskEnvironment().read(Path(f"/dev/fd/{reading}")) == b"words"
    finally:
        os.close(reading)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="this system has no such files")
def test_a_file_whose_size_is_unknown_is_read_in_bounds() -> None:
    world = DiskEnvironment(limits=Limits(file=5))
    assert b"[" in DiskEnvironment().read(Path("/proc/self/maps"))
    with pytest.raises(OctavoError, match="larger than"):
        world.read(Path("/proc/cpuinfo"))


def test_what_a_killed_process_left_is_in_nobodys_way(tmp_path: Path) -> None:
    """In a container every process may have the same number."""
    for name in (f".a.pdf.{os.getpid()}.part", f".a.pdf.{os.getpid()}-1.part"):
        (tmp_path / name).write_bytes(b"left")
    DiskEnvironment().write(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
def test_a_link_in_the_place_of_an_edition_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "a.pdf").symlink_to("precious")
    DiskEnvironment().write(tmp_path / "a.pdf", b"new")
    assert not (tmp_path / "a.pdf").is_symlink()
    assert (tmp_path / "precious").read_bytes() == b"precious"


# The command ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("--max-file", "nan"),
        ("--max-file", "inf"),
        ("--max-file", "-1"),
        ("--max-pixels", "nan"),
        ("--max-depth", "0"),
        ("--jobs", "-1"),
        ("--theme", ""),
        ("--to", ","),
        ("--to", "../pdf"),
    ],
)
def test_senseless_options_are_wrong_usage(tmp_path: Path, arguments: tuple[str, str]) -> None:
    (tmp_path / "a.md").write_text(HEAD + "Words.\n", encoding="utf-8")
    run = _octavo(tmp_path, "export", "a.md", *arguments)
    assert run.returncode == 2, run
    assert b"Traceback" not in run.stderr
    assert not (tmp_path / "editions").exists()


def test_no_more_processes_than_sources_are_begun(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(HEAD + "Words.\n", encoding="utf-8")
    assert _octavo(tmp_path, "export", "a.md", "b.md", "--to", "epub", "--jobs", "1000000").returncode == 0


def test_how_deep_marks_may_nest_is_a_setting(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{HEAD}{'[**' * 9}deep{'**]{.smallcaps}' * 9}\n", encoding="utf-8")
    assert not octavo.parse(tmp_path / "a.md").diagnostics
    world = DiskEnvironment(limits=Limits(marks=5))
    parsed = octavo.parse(tmp_path / "a.md", environment=world)
    assert [each.code for each in parsed.diagnostics] == ["nesting-too-deep"]
    assert "at most 5 levels" in parsed.diagnostics[0].hint
    assert plain_text(parsed.document) == "deep"
    assert octavo.render(parsed.document, "epub", environment=world).data
    run = _octavo(tmp_path, "export", "a.md", "--to", "epub", "--max-marks", "5")
    assert (run.returncode, b"warning[nesting-too-deep]" in run.stderr) == (0, True)
    for marks in (0, 41):
        with pytest.raises(ValueError, match="from 1 to 40"):
            Limits(marks=marks)


def test_control_characters_of_programs_are_replaced_in_every_edition(tmp_path: Path) -> None:
    content = '[{"type":"paragraph","content":[{"type":"text","text":"a\\u0007b \\\\u0001 \\ufffe"}]}]'
    text = f'{{"octavo":1,"metadata":{{"title":"T\\u0000","language":"en"}},"content":{content}}}'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    parsed = octavo.parse(tmp_path / "a.json")
    assert [each.code for each in parsed.diagnostics] == ["control-character"]
    assert parsed.document.metadata.title == "T\ufffd"
    for format in FORMATS:
        assert octavo.render(parsed.document, format).data


# Fonts ---------------------------------------------------------------------------------------------------------------


def _font() -> bytes:
    face = next(each for each in installed_fonts().faces if each.family == "Source Serif Pro")
    font = TTFont(io.BytesIO(face.load()))
    cutter = Subsetter(Options(name_IDs=["*"], notdef_outline=True))
    cutter.populate(text="abcdefghijklmnop é")
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "Harmed"
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


FONT = _font()


def _directory() -> dict[str, int]:
    """Return where the entry of each table stands."""
    (count,) = struct.unpack_from(">H", FONT, 4)
    return {FONT[at : at + 4].decode("latin-1"): at for at in range(12, 12 + 16 * count, 16)}


def _patched(tag: str, at: int, data: bytes) -> bytes:
    (offset,) = struct.unpack_from(">I", FONT, _directory()[tag] + 8)
    return FONT[: offset + at] + data + FONT[offset + at + len(data) :]


def _listed(tag: str, field: int, value: int) -> bytes:
    at = _directory()[tag] + 8 + 4 * field
    return FONT[:at] + struct.pack(">I", value) + FONT[at + 4 :]


HARMED: dict[str, Callable[[], bytes]] = {
    "sound": lambda: FONT,
    "empty": lambda: b"",
    "cut in half": lambda: FONT[: len(FONT) // 2],
    "cut by a byte": lambda: FONT[:-1],
    "cut in its directory": lambda: FONT[:100],
    "no units": lambda: _patched("head", 18, b"\0\0"),
    "one unit": lambda: _patched("head", 18, b"\0\1"),
    "no magic": lambda: _patched("head", 12, b"\0\0\0\0"),
    "all glyphs": lambda: _patched("maxp", 4, b"\xff\xff"),
    "no glyphs": lambda: _patched("maxp", 4, b"\0\0"),
    "no metrics": lambda: _patched("hhea", 34, b"\0\0"),
    "glyphs elsewhere": lambda: _patched("loca", 0, b"\xff\xfe" * 20),
    "glyphs of glyphs": lambda: _patched("glyf", 0, b"\xff\xff" + b"\xff" * 400),
    "letters elsewhere": lambda: _patched("cmap", 0, b"\xff" * 40),
    "names elsewhere": lambda: _patched("name", 0, b"\xff" * 20),
    "no weight": lambda: _patched("OS/2", 4, b"\0\0"),
    "rubbish of OS/2": lambda: _patched("OS/2", 0, b"\xff" * 60),
    "rubbish of post": lambda: _patched("post", 0, b"\xff" * 30),
    "endlessly high": lambda: _patched("hhea", 4, b"\x7f\xff\x80\0"),
    "a table beyond the end": lambda: _listed("glyf", 1, 0xFFFFFFF0),
    "a table without end": lambda: _listed("cmap", 2, 0xFFFFFFFF),
    "a table of nothing": lambda: _listed("glyf", 2, 0),
    "too many tables": lambda: FONT[:4] + b"\xff\xff" + FONT[6:],
    "a collection of all": lambda: b"ttcf\0\1\0\0" + struct.pack(">I", 0xFFFFFF) + bytes(1000),
    "a collection of itself": lambda: b"ttcf\0\1\0\0" + struct.pack(">I", 3) + bytes(12) + FONT,
    "a page of the web": lambda: b"<html><script>alert(1)</script>",
}


@pytest.mark.parametrize("harm", HARMED)
def test_a_font_is_used_or_refused(tmp_path: Path, harm: str) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.ttf").write_bytes(HARMED[harm]())
    theme = 'name = "t"\nextends = "policy"\n[token.font]\ntext = ["Harmed", "Source Serif Pro"]\n'
    (tmp_path / "t.toml").write_text(theme, encoding="utf-8")
    (tmp_path / "a.md").write_text(HEAD + "abc é *abc*\n\n# abc\n", encoding="utf-8")
    writers = tuple(map(find_writer, FORMATS))
    try:
        world = DiskEnvironment(fonts=[tmp_path / "fonts"])
        ready = prepare(octavo.read(tmp_path / "a.md"), str(tmp_path / "t.toml"), writers, world)
    except OctavoError as refusal:
        assert all(each.code and each.message for each in refusal.diagnostics)  # noqa: PT017
        return
    for writer in writers:
        try:
            assert write(ready, writer).data
        except OctavoError as refusal:
            codes = {each.code for each in refusal.diagnostics}
            assert codes <= {"font-not-subset", "font-not-read", "font-not-embeddable"}
