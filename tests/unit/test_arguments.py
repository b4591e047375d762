"""Wrong arguments of the public functions end in a TypeError that names them, before anything is made."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final, cast

import pytest

import octavo
from octavo.batch import Order
from octavo.environment import DiskEnvironment, MemoryEnvironment
from octavo.fonts.book import FontBook
from octavo.limits import Limits
from octavo.tree import build, nodes
from octavo.writers.epub.options import EpubOptions

MADE: Final = build.document("Some words.", title="A title", language="en")
ANY: Final[Any] = octavo
"""The public functions without their types, as a program that nobody checks calls them."""
ORDER: Final[Any] = Order

_disk: Final[Any] = DiskEnvironment
_memory: Final[Any] = MemoryEnvironment
_limits: Final[Any] = Limits
FONTS: Final = FontBook(())
_PAIR = 'settings must be pairs of a key and a text, as {"title": "A title"}, not str'
_THEME = "theme must be the name of a shipped theme, or the path of a TOML file, not dict"
_OPTIONS = 'must be a mapping as {"press": PressOptions(marks=False)}, not'
WRONG: Final[dict[str, Callable[[], object]]] = {
    "path must be a str or a Path, not NoneType": lambda: ANY.read(None),
    "path must be a str or a Path, not bytes": lambda: ANY.parse(b"brief.md"),
    "path must be a str or a Path, not Document": lambda: ANY.read(MADE),
    _PAIR: lambda: ANY.read("brief.md", settings="title=X"),
    "settings[0] must be a pair of a key and a text, not str": lambda: ANY.read("brief.md", settings=["a=b"]),
    "`issue` of settings must be a str, not int": lambda: ANY.read("brief.md", settings={"issue": 5}),
    "environment must be an Environment, as DiskEnvironment(), not str": lambda: ANY.read(
        "brief.md", environment="disk"
    ),
    "document must be a Document, or the path of a source, not bytes": lambda: ANY.render(b"# A", "docx"),
    "document must be a Document, or the path of a source, not Parsed": lambda: ANY.export(
        octavo.parse("brief.md")
    ),
    "document must be a Document, or the path of a source (octavo.export_many takes several), not list": lambda: (
        ANY.export(["brief.md"])
    ),
    "format must be the name of one edition, not list": lambda: ANY.render(MADE, ["docx"]),
    "format must be the name of one edition, not NoneType": lambda: ANY.render(MADE, None),
    _THEME: lambda: ANY.render(MADE, "docx", theme={"name": "x"}),
    "out must be a str or a Path, not NoneType": lambda: ANY.export(MADE, None),
    "formats must be names of editions, or the name of one, not NoneType": lambda: ANY.export(
        MADE, "x", None
    ),
    "formats[1] must be a str, not int": lambda: ANY.export(MADE, "x", ["docx", 5]),
    "name must be a str, not PosixPath": lambda: ANY.export(MADE, "x", "docx", name=posix_like("x")),
    f"options {_OPTIONS} EpubOptions": lambda: ANY.export(MADE, "x", "epub", options=EpubOptions()),
    "sources must be paths, each a str or a Path, not NoneType": lambda: ANY.export_many(None),
    "sources[0] must be a str or a Path, not Document": lambda: ANY.export_many([MADE]),
    'order must be an Order, as Order(out="editions"), not str': lambda: ANY.export_many(["a.md"], "folder"),
    "executor must be a concurrent.futures.Executor, as ProcessPoolExecutor(), not int": lambda: (
        ANY.export_many(["a.md"], executor=2)
    ),
    "allow[0] must be a str or a Path, not int": lambda: _disk(allow=[5]),
    "fonts must be paths, each a str or a Path, not int": lambda: _disk(fonts=5),
    "limits must be Limits, not dict": lambda: _disk(limits={"file": 5}),
    "workers must be a whole number, not str": lambda: _disk(workers="2"),
    "files['a.md'] must be bytes, not str": lambda: _memory({"a.md": "text"}, FONTS, {}),
    "files must be a mapping from str to bytes, not list": lambda: _memory([], FONTS, {}),
    "a key of files must be a str, not PosixPath": lambda: _memory({posix_like("a.md"): b""}, FONTS, {}),
    "fonts must be a FontBook, as installed_fonts(), not NoneType": lambda: _memory({}, None, {}),
    "themes must be a mapping from str to str, not tuple": lambda: _memory({}, FONTS, ("policy",)),
    "Limits.file must be a whole number, not str": lambda: _limits(file="5 MB"),
    "Order.out must be a str or a Path, not NoneType": lambda: ORDER(out=None),
    "Order.limits must be Limits, not dict": lambda: ORDER(limits={"file": 3}),
    f"Order.options {_OPTIONS} list": lambda: ORDER(options=[EpubOptions()]),
    "Order.workers must be a whole number, not str": lambda: ORDER(workers="2"),
    "Order.allow[0] must be a str or a Path, not int": lambda: ORDER(allow=[3]),
    "NoneType None stands where text or a block is wanted; make a str of it": lambda: _build().document(None),
    "int 5 stands where text is wanted; make a str of it": lambda: _build().paragraph("a", 5),
    "bytes b'abc' stands where text is wanted; make a str of it": lambda: _build().paragraph(b"abc"),
    "a row of a table is a list of cells, not str 'ab'": lambda: _build().table("ab", "cd"),
    "each entry is a pair of a term and its meaning, not str 'a'": lambda: _build().definitions("a"),
}


def posix_like(name: str) -> object:
    """A path, whatever the system calls its class."""
    return type("PosixPath", (PurePosixPath,), {})(name)


def _build() -> Any:
    return build


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brief.md").write_text("# A title\n\nSome words.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("message", WRONG)
def test_it_is_named(message: str) -> None:
    with pytest.raises(TypeError) as raised:
        WRONG[message]()
    assert str(raised.value) == message
    assert [each.name for each in Path.cwd().iterdir()] == ["brief.md"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: build.section("T", role="intro"),
            "role cannot be `intro`; known are `body`, `introduction`",
        ),
        (
            lambda: build.contents("heads"),
            "kind cannot be `heads`; known are `headings`, `figures`, `tables`",
        ),
        (lambda: build.document("x", date="2024-13-01"), "date is `2024-13-01`, which is no day"),
        (lambda: DiskEnvironment(workers=-1), "workers cannot be -1"),
        (lambda: Order(workers=-1), "Order.workers cannot be -1"),
        (lambda: Limits(pixels=-1), "Limits.pixels cannot be -1"),
    ],
)
def test_values_that_cannot_be_are_told(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("name", ["a/b", "../up", "/tmp/x", "a\0b"])
def test_a_name_leads_to_no_other_folder(name: str) -> None:
    with pytest.raises(octavo.OctavoError) as raised:
        octavo.export(MADE, "out", "epub", name=name)
    assert raised.value.diagnostics[0].code == "wrong-name"


@pytest.mark.parametrize(
    ("call", "code", "hint"),
    [
        (lambda: octavo.read(""), "file-not-found", "name a file"),
        (lambda: octavo.read("https://example.org/a.md"), "file-not-found", "octavo fetches nothing"),
        (lambda: octavo.read("# A title\n\nWords.\n"), "file-not-found", "this seems to be the text itself"),
        (
            lambda: octavo.read("brief.md", settings={"titel": "x"}),
            "unknown-setting",
            "did you mean `title`?",
        ),
        (lambda: Order(settings={"titel": "x"}), "unknown-setting", "did you mean `title`?"),
        (lambda: octavo.export(MADE, "x", "pdf,docx"), "unknown-writer", "name them one by one"),
        (lambda: octavo.export(MADE, "a\0b", "docx"), "target-not-written", "choose another folder"),
    ],
)
def test_wrong_values_have_a_code_and_a_hint(call: Callable[[], object], code: str, hint: str) -> None:
    with pytest.raises(octavo.OctavoError) as raised:
        call()
    (said,) = raised.value.diagnostics
    assert (said.code, said.hint.startswith(hint)) == (code, True), said


def test_content_that_can_be_read_but_once_is_named() -> None:
    once: Any = (each for each in MADE.content)
    with pytest.raises(
        octavo.OctavoError, match="it holds a generator\n  hint: make a tuple or a text of it"
    ):
        octavo.render(octavo.Document(content=once), "docx")


def test_what_stands_alone_will_do() -> None:
    (result,) = octavo.export_many("brief.md", Order(out=Path("one"), formats="docx", theme=Path("policy")))
    assert [each.path for each in result.editions] == [Path("one/brief.docx")]
    one = build.document("x", authors="Ann Author", keywords="ports", date="Spring 2024")
    assert [each.name for each in one.metadata.authors] == ["Ann Author"]
    assert (one.metadata.keywords, one.metadata.date, one.metadata.date_text) == (
        ("ports",),
        None,
        "Spring 2024",
    )
    assert build.image(Path("a") / "b.png", alt="B").source == "a/b.png"


def test_settings_may_be_a_mapping_or_come_one_by_one() -> None:
    def pairs() -> Iterator[tuple[str, str]]:
        yield "title", "New"

    assert octavo.read("brief.md", settings={"title": "New"}).metadata.title == "New"
    assert octavo.read("brief.md", settings=pairs()).metadata.title == "New"
    (result,) = octavo.export_many(["brief.md"], Order(formats=["epub"], settings=pairs()))
    assert not result.failed


def test_copies_of_a_document_make_the_same_bytes() -> None:
    table = build.table(["A", "B"], ["1", "2"], caption="Figures")
    pictured = build.document(table, build.paragraph(build.image("no.png", alt="None")), title="A title")
    made = octavo.render(pictured, "docx")
    for twin in (pickle.loads(pickle.dumps(pictured)), copy.deepcopy(pictured)):
        assert twin == pictured
        assert octavo.render(twin, "docx") == made
    (column, _) = cast(nodes.Table, pictured.content[0]).columns
    assert column.width == 0


def test_errors_and_results_can_be_pickled() -> None:
    (result,) = octavo.export_many(["none.md"], Order(formats=["epub"]))
    twin = pickle.loads(pickle.dumps(result))
    assert result.failure is not None
    assert twin.failure.diagnostics == result.failure.diagnostics
    assert str(twin.failure) == str(result.failure)
