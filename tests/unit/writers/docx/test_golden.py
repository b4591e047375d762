"""The parts of one small document, held by a dump: read every change of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from octavo.tree import nodes
from octavo.tree.nodes import GroupRole
from tests.unit.writers.docx.documents import Package, W, items, note, p, ref, row, section, t, written

FONTS = "word/fonts/"


def dump(package: Package) -> str:
    """The names of the parts, the text parts element by element, and the styles by name."""
    lines = ["# parts", *(name for name in package.names if not name.startswith(FONTS))]
    for name in (
        "word/document.xml",
        "word/footnotes.xml",
        "word/header-first.xml",
        "word/header-default.xml",
    ):
        root = package.xml(name)
        etree.indent(root, "  ")
        lines += ["", f"# {name}", *(_line(each, depth) for each, depth in _elements(root, 0))]
    lines += ["", "# styles", *(_style(style) for style in package.find("//w:style", "word/styles.xml"))]
    return "\n".join(lines)


def _style(style: etree._Element) -> str:
    """A style's name and its place among the others; its look is the theme's, and tested there."""
    base, follower = (style.find(f"{W}{name}") for name in ("basedOn", "next"))
    named = style.find(f"{W}name").get(f"{W}val")
    told = "" if base is None else f" based on {base.get(f'{W}val')}"
    return f"{style.get(f'{W}type')} {named}{told}" + (
        "" if follower is None else f", then {follower.get(f'{W}val')}"
    )


def _elements(element: etree._Element, depth: int) -> list[tuple[etree._Element, int]]:
    found = [(element, depth)]
    for child in element:
        found += _elements(child, depth + 1)
    return found


def _line(element: etree._Element, depth: int) -> str:
    name = etree.QName(element).localname
    attributes = "".join(f' {etree.QName(key).localname}="{value}"' for key, value in element.attrib.items())
    text = (element.text or "").strip("\n")
    return f"{'  ' * depth}{name}{attributes}{f' | {text}' if text.strip() else ''}"


def test_a_small_brief(golden: Callable[[Path, str], None]) -> None:
    table = nodes.Table(
        id="tbl-catch",
        columns=(nodes.Column(), nodes.Column(align="right")),
        head=(row("Port", "Catch"),),
        bodies=(nodes.TableBody(rows=(row("Hull", "1.5"),)),),
        caption=nodes.Caption(content=(t("Catches"),)),
    )
    package = written(
        nodes.Contents(),
        nodes.Group(role=GroupRole.KEY_POINTS, content=(items("The tide turns.", "Ports wait."),)),
        section(
            "Tides",
            p("They turn", note(p("Twice a day.")), " as ", ref("tbl-catch"), " shows."),
            table,
            items("first", "second", ordered=True),
            nodes.Quote(content=(p("Wait."),), attribution=(t("A pilot"),)),
        ),
    )
    golden(Path("docx/small-brief.txt"), dump(package))
