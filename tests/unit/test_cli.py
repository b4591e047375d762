"""The command: what it makes, what it says, and its exit status. No input may end in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SMALL = "---\ntitle: A small brief\nlanguage: en\n---\n\n# One\n\nSome words.\n"


def _octavo(*arguments: str, cwd: Path, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    run = subprocess.run(
        [sys.executable, "-m", "octavo.cli", *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8" if encoding == "ascii" else encoding,  # click holds ASCII for a mistake
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert "Traceback" not in run.stderr
    return run


def test_export_makes_three_editions_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(SMALL, encoding="utf-8")
    run = _octavo("export", "brief.md", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    made = sorted(path.name for path in (tmp_path / "editions").iterdir())
    assert made == ["brief.docx", "brief.epub", "brief.pdf"]
    assert [line.split("  ")[0] for line in run.stdout.splitlines()] == [
        str(Path("editions", f"brief.{each}")) for each in ("pdf", "docx", "epub")
    ]


def test_the_package_runs_as_the_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "octavo", "themes"], capture_output=True, text=True, check=True
    )
    assert "policy" in run.stdout.split()


def test_export_reports_as_json(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(f"{SMALL}\nSee @sec-nowhere.\n", encoding="utf-8")
    run = _octavo("export", "brief.md", "--to", "epub", "--json", cwd=tmp_path)
    report = json.loads(run.stdout)
    assert run.returncode == 1
    assert [each["format"] for each in report["editions"]] == ["epub"]
    dangling = [each for each in report["diagnostics"] if each["severity"] == "error"]
    assert [(each["file"], each["line"], each["column"]) for each in dangling] == [("brief.md", 10, 5)]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_report_is_whole_wherever_it_is_written(encoding: str, tmp_path: Path) -> None:
    name = "br\u00e9f \u03a9.md"
    (tmp_path / name).write_text(f"{SMALL}\nA sign no font has: \U00010330.\n", encoding="utf-8")
    report = json.loads(
        _octavo("export", name, "--to", "pdf", "--json", cwd=tmp_path, encoding=encoding).stdout
    )
    assert [each["path"] for each in report["editions"]] == [str(Path("editions", name).with_suffix(".pdf"))]
    assert "\U00010330" in report["diagnostics"][0]["message"]
    run = _octavo("export", name, "--to", "pdf", cwd=tmp_path, encoding=encoding)
    assert run.returncode == 0
    assert "pdf  1 page" in run.stdout


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("missing.md", None, 1),
        ("binary.md", b"\x00\x01\x02\xff\xfe" * 50, 1),
        ("latin.md", "# Caf\u00e9\n".encode("latin-1"), 1),
        ("broken.md", b"---\ntitle: [unclosed\n---\n\nText\n", 1),
        ("broken.json", b'{"content": 5', 1),
        ("strange.xyz", b"text", 1),
    ],
)
def test_bad_sources_get_one_clear_message(
    tmp_path: Path, name: str, data: bytes | None, status: int
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    run = _octavo("export", name, cwd=tmp_path)
    assert run.returncode in (status, 2)
    assert name in run.stderr or name.rpartition(".")[2] in run.stderr
    assert "error[" in run.stderr
    assert not (tmp_path / "editions").exists()


def test_a_folder_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    run = _octavo("export", "folder.md", cwd=tmp_path)
    assert run.returncode == 1
    assert "error[file-is-folder]" in run.stderr


def test_unknown_theme_and_writer_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(SMALL, encoding="utf-8")
    theme = _octavo("export", "brief.md", "--theme", "polcy", cwd=tmp_path)
    writer = _octavo("export", "brief.md", "--to", "pfd", cwd=tmp_path)
    nothing = _octavo("export", "brief.md", "--to", ",", cwd=tmp_path)
    assert (theme.returncode, writer.returncode, nothing.returncode) == (2, 2, 2)
    assert "did you mean `policy`" in theme.stderr
    assert "did you mean `pdf`" in writer.stderr


def test_an_unknown_theme_that_a_theme_names_is_a_fault_of_that_file(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text('name = "House"\nextends = "polcy"\n', encoding="utf-8")
    run = _octavo("themes", "check", "house.toml", cwd=tmp_path)
    assert run.returncode == 1
    assert "house.toml:2:1: error[unknown-theme]" in run.stderr


def test_missing_image_is_said_at_its_place_and_the_text_still_comes(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(f"{SMALL}\n![A chart](none.png)\n", encoding="utf-8")
    run = _octavo("export", "brief.md", cwd=tmp_path)
    assert run.returncode == 0
    assert "brief.md:10:1: warning[missing-image]" in run.stderr
    assert run.stderr.count("missing-image") == 1
    assert len(list((tmp_path / "editions").iterdir())) == 3


def test_a_target_that_cannot_be_written_leaves_what_stands_there(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(SMALL, encoding="utf-8")
    inside = tmp_path / "editions" / "brief.epub" / "kept"
    inside.parent.mkdir(parents=True)
    inside.write_bytes(b"a folder where a file should be")
    run = _octavo("export", "brief.md", "--to", "epub,docx", cwd=tmp_path)
    assert run.returncode == 1
    assert "error[target-not-written]" in run.stderr
    assert inside.read_bytes() == b"a folder where a file should be"
    assert (tmp_path / "editions" / "brief.docx").is_file()


def test_one_bad_source_does_not_stop_the_next(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(SMALL, encoding="utf-8")
    run = _octavo("export", "missing.md", "good.md", "--to", "epub", cwd=tmp_path)
    assert run.returncode == 1
    assert (tmp_path / "editions" / "good.epub").exists()


def test_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    run = _octavo("export", "a/brief.md", "b/brief.md", cwd=tmp_path)
    assert run.returncode == 2
    assert "same name" in run.stderr


def test_settings_override_the_source(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(SMALL, encoding="utf-8")
    run = _octavo(
        "tree", "brief.md", "--set", "title=Another", "--set", "author=A", "--set", "author=B", cwd=tmp_path
    )
    metadata = json.loads(run.stdout)["metadata"]
    assert metadata["title"] == "Another"
    assert [author["name"] for author in metadata["authors"]] == ["A", "B"]


@pytest.mark.parametrize("command", ["export", "check"])
@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (("--max-depth", "9"), 1, "brief.md:8:10: error[nesting-too-deep]"),
        (("--max-depth", "101"), 2, "1<=x<=100"),
        (("--max-file", "0.00001"), 1, "error[file-not-read]"),
    ],
)
def test_limits_are_options(
    tmp_path: Path, command: str, options: tuple[str, ...], status: int, said: str
) -> None:
    (tmp_path / "brief.md").write_text(SMALL.replace("Some", ">" * 20 + " Some"), encoding="utf-8")
    run = _octavo(command, "brief.md", *options, cwd=tmp_path)
    assert run.returncode == status, run.stderr
    assert said in run.stderr + run.stdout


def test_set_without_a_value_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(SMALL, encoding="utf-8")
    assert _octavo("export", "brief.md", "--set", "title", cwd=tmp_path).returncode == 2


def test_themes_are_listed_and_shown(tmp_path: Path) -> None:
    assert {"base", "policy"} <= set(_octavo("themes", cwd=tmp_path).stdout.split())
    assert 'extends = "base"' in _octavo("themes", "policy", cwd=tmp_path).stdout
    assert _octavo("themes", "nope", cwd=tmp_path).returncode == 2


def test_fonts_that_cannot_be_read_are_told_by_what_looks_at_a_theme(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "bad.ttf").write_bytes(b"junk")
    for asked in (("check", "policy"), ("fonts",)):
        done = _octavo("themes", *asked, "--fonts", "fonts", cwd=tmp_path)
        assert done.returncode == 0
        assert "warning[font-not-read]" in done.stderr
        assert "bad.ttf" in done.stderr


def test_themes_say_why_and_prove_themselves(tmp_path: Path) -> None:
    why = _octavo("themes", "why", "policy", "heading-2", "--within", "key-points", cwd=tmp_path)
    assert "policy.toml" in why.stdout
    assert "[style.heading-2]" in why.stdout
    wrong = _octavo("themes", "why", "policy", "headin-2", cwd=tmp_path)
    assert (wrong.returncode, "is no style key" in wrong.stderr) == (2, True)
    assert _octavo("themes", "why", "nope", "text", cwd=tmp_path).returncode == 2
    assert "Source Serif Pro 400" in _octavo("themes", "fonts", cwd=tmp_path).stdout
    assert "mono       Cascadia Mono" in _octavo("themes", "fonts", "policy", cwd=tmp_path).stdout
    proof = _octavo("themes", "--parity", "plain", cwd=tmp_path)
    assert (proof.returncode, proof.stdout.rstrip().endswith(", 0 without")) == (0, True)


def test_a_theme_is_checked_by_itself_in_all_media(tmp_path: Path) -> None:
    (tmp_path / "pale.toml").write_text('[office.style.lead]\ncolor = "#bbbbbb"\n', encoding="utf-8")
    pale = _octavo("themes", "check", "pale.toml", cwd=tmp_path)
    assert (pale.returncode, pale.stdout) == (0, "pale: no fault, 2 doubtful\n")
    assert "pale.toml:2:1: warning[theme-contrast]: style.lead: #bbbbbb" in pale.stderr
    (tmp_path / "wrong.toml").write_text("[style.h1]\n[mark.bold]\n", encoding="utf-8")
    wrong = _octavo("themes", "check", "wrong.toml", cwd=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "wrong.toml:1:1: error" in wrong.stderr
    assert "wrong.toml:2:1: error" in wrong.stderr


def test_check_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text("No title here.\n", encoding="utf-8")
    run = _octavo("check", "brief.md", cwd=tmp_path)
    assert run.returncode == 0
    assert "warning[" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["brief.md"]


def test_of_diagnostics_that_are_alike_some_are_printed_and_the_rest_counted(tmp_path: Path) -> None:
    links = "".join(f"[{each}](#nowhere-{each})\n" for each in range(50))
    (tmp_path / "brief.md").write_text(SMALL + links, encoding="utf-8")
    run = _octavo("export", "brief.md", "--to", "epub", cwd=tmp_path)
    assert run.returncode == 1
    assert run.stderr.count("error[dangling-link]") == 20
    assert "brief.md: 30 more of [dangling-link]; --json tells all" in run.stderr
    told = json.loads(_octavo("export", "brief.md", "--to", "epub", "--json", cwd=tmp_path).stdout)
    assert [each["code"] for each in told["diagnostics"]].count("dangling-link") == 50
