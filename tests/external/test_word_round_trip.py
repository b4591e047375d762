"""Word files that LibreOffice wrote anew, or made: octavo's own come back equal, and no word of the others is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from octavo.api import parse
from octavo.tree.dump import to_text
from octavo.tree.walk import without_positions
from tests.corpus import corpus, name_of
from tests.external import tools
from tests.external.editions import Editions, export_corpus
from tests.unit.readers.docx.files import words_of_file, words_of_tree

PAGE = """<html><head><title>A page</title></head><body><h1>Häfen</h1>
<p>A <b>bold</b>, <i>slanted</i> and <code>typed</code> line, H<sub>2</sub>O, <a href="https://example.org">linked</a>.</p>
<ol><li>one<ol type="a"><li>one a</li></ol></li><li>two</li></ol><ul><li>dot</li></ul><h2>Table</h2>
<table><tr><th colspan="2">Head</th></tr><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>
<blockquote>Quoted.</blockquote><pre>def x():
    return 1</pre><dl><dt>Term</dt><dd>Meaning</dd></dl><hr></body></html>"""
RICH = (
    r"{\rtf1\ansi{\fonttbl{\f0 Times;}}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}"
    r"\pard\s1\outlinelevel0 A heading\par\pard\s0 Some \b bold\b0  text{\footnote A note of words.} and more.\par"
    r"\trowd\cellx2000\cellx4000 one\cell two\cell\row\pard last\line line\par}"
)
OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text><text:h text:outline-level="1">Open heading</text:h><text:list><text:list-item>
<text:p>an item</text:p></text:list-item></text:list><text:p>Words<text:note text:note-class="endnote">
<text:note-citation>i</text:note-citation><text:note-body><text:p>An endnote.</text:p></text:note-body></text:note>
 and<text:line-break/>more.</text:p><text:section text:name="s"><text:p>In a section.</text:p></text:section>
</office:text></office:body></office:document>"""


def rewritten(paths: list[Path], out: Path) -> dict[Path, Path]:
    """Let LibreOffice open files and save each as a Word file."""
    office = tools.command("soffice", "libreoffice")
    made: dict[Path, Path] = {}
    with tempfile.TemporaryDirectory() as folder:
        options = (
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
        )
        for number, path in enumerate(paths):
            staged = Path(folder) / f"{number:03}-{path.name}"
            staged.write_bytes(path.read_bytes())
            made[path] = out / f"{staged.stem}.docx"
        kind = "docx:MS Word 2007 XML"
        staged_files = sorted(Path(folder).glob("[0-9]*"))
        tools.run([office, *options, "--convert-to", kind, "--outdir", out, *staged_files], seconds=600)
    return made


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return export_corpus("docx", tmp_path_factory.mktemp("docx"))


def test_every_document_comes_back_from_libreoffice(editions: Editions, tmp_path: Path) -> None:
    again = rewritten(list(editions.files.values()), tmp_path)
    changed = []
    for source, path in editions.files.items():
        before = to_text(without_positions(parse(source).document))
        if to_text(without_positions(parse(again[path]).document)) != before:
            changed.append(name_of(source))
    assert changed == []
    assert len(editions.files) == len(corpus())


@pytest.mark.parametrize(("name", "text"), [("page.html", PAGE), ("rich.rtf", RICH), ("open.fodt", OPEN)])
def test_no_word_of_a_file_that_libreoffice_made_is_lost(name: str, text: str, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    made = rewritten([source], tmp_path)[source]
    wanted = words_of_file(made.read_bytes())
    assert wanted.total() > 10
    assert not wanted - words_of_tree(parse(made).document)
