"""The public face: what `import octavo` gives, and what it costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import octavo
from octavo.tree import Document, nodes
from octavo.tree.metadata import Metadata
from octavo.writers.pdf.press import PressOptions

HEAVY = (
    "msgspec",
    "reportlab",
    "docx",
    "ebooklib",
    "lxml",
    "PIL",
    "uharfbuzz",
    "pyphen",
    "pygments",
    "markdown_it",
    "ruamel",
)

SELDOM = {
    "difflib",
    "json",
    "http",
    "octavo.checks.verdict",
    "octavo.writers.svg",
    "pygments",
    "pyphen",
    "ziamath",
}
"""What a brief of mere text needs for no edition."""
OTHERS = {
    "pdf": {"docx", "ebooklib", "lxml", "octavo.writers.docx", "octavo.writers.epub"},
    "docx": {"PIL", "ebooklib", "octavo.writers.epub", "octavo.writers.pdf", "reportlab"},
    "epub": {"docx", "octavo.writers.docx", "octavo.writers.pdf", "reportlab"},
}
"""What the editions of a brief need for others."""


def test_public_names_are_pinned() -> None:
    expected = [
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
    assert expected == octavo.__all__
    assert all(hasattr(octavo, name) for name in expected)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(octavo, "nonsense")
    assert set(octavo.__all__) <= set(dir(octavo))


@pytest.mark.parametrize(
    "command",
    [["-c", "import octavo"], ["-m", "octavo.cli", "--help"], ["-m", "octavo.cli", "export", "--help"]],
    ids=["import", "help", "export help"],
)
def test_start_loads_nothing_heavy(command: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=True
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert "octavo" in loaded
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize("edition", OTHERS)
def test_an_edition_loads_nothing_that_it_does_not_need(edition: str, tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text("---\ntitle: A brief\n---\n\nSome *words*.\n", encoding="utf-8")
    program = (
        "import sys\n"
        "from octavo.cli import main\n"
        f"try: main(['export', 'brief.md', '--to', '{edition}'], standalone_mode=False)\n"
        "except SystemExit as left: print(left.code, *sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    status, *loaded = run.stdout.splitlines()[-1].split()
    assert status == "0"
    assert f"octavo.writers.{edition}.writer" in loaded
    seldom = (
        SELDOM - {"octavo.writers.svg"} if edition == "epub" else SELDOM
    )  # a cover is drawn from outlines
    assert not set(loaded).intersection(seldom | OTHERS[edition])


_NO_TREES = {
    "text where inlines belong": ("words", "Expected `array`, got `str` - at `$.content[0].content`"),
    "a block within a line": (
        (nodes.Paragraph(content=()),),
        "Invalid value 'paragraph' - at `$.content[0].content[0].type`",
    ),
    "a number": ((5,), "Expected `object`, got `int` - at `$.content[0].content[0]`"),
}


@pytest.mark.parametrize("content", _NO_TREES.values(), ids=_NO_TREES)
def test_what_is_no_tree_is_refused_with_its_place(content: tuple[Any, str]) -> None:
    document = Document(metadata=Metadata(title="A title"), content=(nodes.Paragraph(content=content[0]),))
    with pytest.raises(octavo.OctavoError) as raised:
        octavo.render(document, "epub")
    (said,) = raised.value.diagnostics
    assert (said.code, said.message.endswith(content[1])) == ("not-a-document", True), said.message


def test_lists_will_do_for_tuples() -> None:
    lists: Any = [nodes.Text(text="Words.")]
    made = [
        octavo.render(
            Document(metadata=Metadata(title="A title"), content=(nodes.Paragraph(content=each),)), "epub"
        )
        for each in (lists, tuple(lists))
    ]
    assert made[0] == made[1]


def test_a_tree_without_an_end_is_refused() -> None:
    block: nodes.Block = nodes.Paragraph(content=(nodes.Text(text="Words."),))
    for _ in range(5_000):
        block = nodes.Quote(content=(block,))
    with pytest.raises(octavo.OctavoError) as raised:
        octavo.render(Document(metadata=Metadata(title="A title"), content=(block,)), "epub")
    assert raised.value.diagnostics[0].code == "nesting-too-deep"


def test_options_for_a_writer_that_there_is_not_are_refused(tmp_path: Path) -> None:
    with pytest.raises(octavo.OctavoError) as raised:
        octavo.export(Document(), tmp_path, "docx", options={"pres": PressOptions()})
    assert raised.value.diagnostics[0].code == "unknown-writer"
    assert octavo.export(Document(), tmp_path, "docx", options={"press": PressOptions()})


def test_one_format_alone_may_be_named(tmp_path: Path) -> None:
    document = Document(metadata=Metadata(title="A title"), content=())
    assert [each.format for each in octavo.export(document, tmp_path, "docx")] == ["docx"]
