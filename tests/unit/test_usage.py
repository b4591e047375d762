"""Wrong usage of the command: one message with a code and a hint, and the status 2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from octavo.cli.commands import main

SMALL = "---\ntitle: A small brief\nlanguage: en\n---\n\n# One\n\nSome words.\n"
COMMA = "write no space between editions, as --to pdf,epub"
NEAR = "did you mean `pdf`? known are pdf, press, docx, epub"
MESSAGE = re.compile(r"error\[([a-z-]+)\]: ([^\n]+)\n  hint: ([^\n]+)\n")


def _refused(*arguments: str) -> tuple[str, str, str]:
    """Return the code, the message and the hint, which are all that is said."""
    run = CliRunner().invoke(main, arguments, prog_name="octavo")
    assert run.exit_code == 2, run.output
    found = MESSAGE.fullmatch(run.stderr)
    assert found, run.stderr
    assert run.stdout == ""
    return found[1], found[2], found[3]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brief.md").write_text(SMALL, encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "brief.md").write_text(SMALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ("exprot brief.md", "no such command `exprot`", "did you mean `export`?"),
        ("export", "missing argument `SOURCE...`", "see octavo export --help"),
        ("export brief.md --themes plain", "no such option `--themes`", "did you mean `--theme`?"),
        ("export brief.md --out", "option `--out` requires an argument", "see octavo --help"),
        (
            "export brief.md --jobs two",
            "invalid value for `--jobs`: `two` is not a valid whole number",
            "see octavo export --help",
        ),
        (
            "check brief.md --max-pixels many",
            "invalid value for `--max-pixels`: `many` is not a number from 0 to 1,000,000,000",
            "see octavo check --help",
        ),
        ("export brief.md --to ,", "--to names no edition", "write for example --to pdf,epub"),
        ("export --to pdf, brief.md", "--to `pdf,` ends with a comma", COMMA),
        ("export brief.md --to PDF", "there is no writer `PDF`", NEAR),
        (
            "export brief.md --allow nowhere",
            "--allow names `nowhere`, which is no folder",
            "check the spelling, or leave it out",
        ),
        (
            "check brief.md --allow brief.md",
            "--allow names `brief.md`, which is no folder",
            "check the spelling, or leave it out",
        ),
        (
            "export brief.md --fonts nowhere",
            "--fonts names `nowhere`, which is no folder",
            "check the spelling, or leave it out",
        ),
        (
            "themes check policy --fonts nowhere",
            "--fonts names `nowhere`, which is no folder",
            "check the spelling, or leave it out",
        ),
        (
            "export brief.md --out -",
            "--out names a folder, and editions are not written to the output",
            "name one, as --out editions",
        ),
        (
            "export brief.md --out brief.md",
            "--out names `brief.md`, which is a file",
            "name a folder; it is made where it is missing",
        ),
        (
            "check brief.md --evidence brief.md",
            "--evidence names `brief.md`, which is a file",
            "name a folder; it is made where it is missing",
        ),
        (
            "export brief.md --set titel=X",
            "there is no key `titel` that can be set",
            "did you mean `title`?",
        ),
        ("check brief.md --set Autor=X", "there is no key `Autor` that can be set", "did you mean `author`?"),
        (
            "tree brief.md --set bibliography=x.bib",
            "there is no key `bibliography` that can be set",
            "octavo does not read bibliographies yet",
        ),
        (
            "export brief.md other/brief.md",
            "`brief.md` and `other/brief.md` would make editions of the same name",
            "export them to two folders",
        ),
    ],
)  # fmt: skip
def test_it_is_told_as_all_else_is(arguments: str, message: str, hint: str) -> None:
    code, said, told = _refused(*arguments.split())
    assert code in ("wrong-usage", "unknown-writer", "unknown-setting")
    assert not Path("editions").exists()
    assert said == message
    assert told == hint


def test_without_a_command_the_help_is_shown() -> None:
    run = CliRunner().invoke(main, [])
    assert run.exit_code == 2
    assert "Commands:" in run.output


def test_a_source_named_twice_is_exported_once() -> None:
    run = CliRunner().invoke(main, ["export", "brief.md", "brief.md", "--to", "epub"])
    assert run.exit_code == 0
    assert run.stdout.count("brief.epub") == 1
    assert "sources" not in run.stdout


def test_editions_may_be_named_with_spaces_between() -> None:
    run = CliRunner().invoke(main, ["export", "brief.md", "--to", "docx epub, docx"])
    assert run.exit_code == 0
    assert [Path(line.split()[0]).name for line in run.stdout.splitlines()] == ["brief.docx", "brief.epub"]


def test_the_input_is_no_source() -> None:
    run = CliRunner().invoke(main, ["tree", "-"], input=SMALL)
    assert run.exit_code == 1
    assert "octavo reads files, not its input" in run.stderr
