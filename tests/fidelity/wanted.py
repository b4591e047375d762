"""What every edition of a resolved document has to say."""

from __future__ import annotations

from dataclasses import dataclass

from octavo.diagnostics import Position
from octavo.production import Prepared
from octavo.theme.style import Medium
from octavo.transforms.resolved import Index
from octavo.transforms.titles import GROUP_TERMS
from octavo.tree import nodes
from octavo.tree.nodes import Block, Inline, ReferenceForm
from octavo.tree.walk import plain_text
from tests.fidelity.flow import ANY, Flow, Recorder, squeezed


@dataclass(frozen=True, slots=True)
class Ways:
    """What an edition does in its own way.

    Attributes:
        stops_labels: a group's title that cannot run into a paragraph has a full stop all the same.
        says_labels: the labels of a bibliography's entries are part of the text.
        unshown: where images stand that the writer says it cannot show.
    """

    stops_labels: bool = False
    says_labels: bool = False
    unshown: frozenset[Position] = frozenset()


def wanted(prepared: Prepared, ways: Ways) -> Flow:
    """Return what an edition of a document has to say after its title and authors."""
    teller = _Teller(prepared, ways)
    document = prepared.resolved.document
    teller.blocks(document.content, document.metadata.language, 0)
    return teller.recorder.flow


class _Teller:
    def __init__(self, prepared: Prepared, ways: Ways) -> None:
        self.recorder = Recorder()
        self.flow = self.recorder.flow
        self.index: Index = prepared.resolved.index
        self.media = prepared.resolved.media
        self.layout = prepared.layout
        self.styles = prepared.sheets[Medium.SCREEN]
        self.ways = ways
        self.linked = False

    def defines(self, node: nodes.Formula) -> bool:
        formula = self.index.formulas.get(node.key)
        return formula is not None and formula.defines

    def blocks(self, content: tuple[Block, ...], language: str, level: int) -> None:
        for block in content:
            self.block(block, block.language or language, level)

    def block(self, node: Block, language: str, level: int) -> None:
        match node:
            case nodes.Section():
                with self.recorder.heading(level + 1):
                    self.inlines(node.title, language)
                self.blocks(node.content, language, level + 1)
            case nodes.Paragraph():
                self.inlines(node.content, language)
            case nodes.Group():
                self.group_title(node, language)
                self.blocks(node.content, language, level)
            case nodes.Quote():
                self.blocks(node.content, language, level)
                self.inlines(node.attribution, language)
            case nodes.PullQuote():
                self.inlines(node.content, language)
                self.inlines(node.attribution, language)
            case nodes.List():
                for item in node.items:
                    self.blocks(item.content, item.language or language, level)
            case nodes.Definitions():
                for entry in node.entries:
                    self.definition(entry, entry.language or language, level)
            case nodes.Figure():
                self.blocks(node.content, language, level)
                self.caption(node.caption, language)
                self.inlines(node.credit, language)
            case nodes.Table():
                self.table(node, language, level)
            case nodes.CodeBlock():
                self.caption(node.caption, language)
                self.recorder.say(node.text, ANY)
            case nodes.Formula() if self.defines(node):
                pass  # it says what abbreviations mean, and no edition shows it
            case nodes.Formula():
                self.formula(node)
                number = self.index.numbers.get(node.key, "")
                self.recorder.say(f"({number})" if number else "", ANY)
            case nodes.Bibliography():
                for work in node.entries:
                    self.recorder.say(work.label if self.ways.says_labels else "", ANY)
                    self.inlines(work.content, work.language or language)
            case nodes.Contents() | nodes.Notes() | nodes.Divider() | nodes.PageBreak():
                return

    def group_title(self, group: nodes.Group, language: str) -> None:
        """A theme may not show the title that octavo gave, or run a title into the text, with a full stop."""
        use = self.index.styles[group.key]
        label = self.styles.of(use.style, use.within).label
        term = GROUP_TERMS.get(group.role, "")
        name = plain_text(group.title).replace("\n", " ").strip()
        if label == "none" and term and name == getattr(self.index.terms, term):
            return
        self.inlines(group.title, language)
        runs_in = group.content and isinstance(group.content[0], nodes.Paragraph)
        if (
            label == "run-in"
            and name
            and (runs_in or self.ways.stops_labels)
            and name[-1] not in ".:?!…。：？！"
        ):
            self.recorder.say(".", language)

    def formula(self, node: nodes.Formula | nodes.Math) -> None:
        """A formula that only defines abbreviations shows nothing."""
        tree = self.index.formulas.get(node.key)
        if tree is None or not tree.defines:
            self.recorder.say(node.text, ANY)

    def definition(self, entry: nodes.Definition, language: str, level: int) -> None:
        for term in entry.terms:
            self.inlines(term, language)
        for meaning in entry.content:
            self.blocks(meaning, language, level)

    def table(self, table: nodes.Table, language: str, level: int) -> None:
        self.caption(table.caption, language)
        with self.recorder.table():
            for row in (*table.head, *(row for body in table.bodies for row in body.rows), *table.foot):
                for cell in row.cells:
                    with self.recorder.cell():
                        self.blocks(cell.content, cell.language or row.language or language, level)
        self.blocks(table.notes, language, level)

    def caption(self, caption: nodes.Caption | None, language: str) -> None:
        if caption is not None:
            self.inlines(caption.content, caption.language or language)

    def inlines(self, content: tuple[Inline, ...], language: str) -> None:
        for inline in content:
            self.inline(inline, inline.language or language)

    def inline(self, node: Inline, language: str) -> None:
        match node:
            case nodes.Text():
                self.recorder.say(node.text, language)
            case nodes.Code():
                self.recorder.say(node.text, ANY)
            case nodes.Math():
                self.formula(node)
            case nodes.Footnote():
                self.recorder.cite(ANY)
                with self.recorder.note():
                    self.blocks(node.content, language, 0)
            case nodes.Link():
                self.link(node, language)
            case nodes.CrossReference():
                self.reference(node)
            case nodes.Citation():
                known = [each for each in node.targets if each in self.index.anchors]
                self.leading(f"#{known[0]}" if known and not self.linked else "", node.text)
            case nodes.Image():
                if node.source not in self.media or node.position in self.ways.unshown:
                    self.recorder.say(node.alt, language)
                elif not node.decorative and node.alt:
                    self.flow.images.append(squeezed(node.alt))
            case nodes.LineBreak():
                return
            case _:
                self.inlines(node.content, language)

    def link(self, node: nodes.Link, language: str) -> None:
        inside = node.target.startswith("#")
        leads = node.target[1:] in self.index.anchors if inside else bool(node.target)
        if self.linked or not leads:
            self.inlines(node.content, language)
            return
        self.linked = True
        with self.recorder.link(node.target):
            self.inlines(node.content, language)
        self.linked = False

    def reference(self, node: nodes.CrossReference) -> None:
        key = self.index.anchors.get(node.target)
        said = node.text
        if node.form is ReferenceForm.PAGE and key is not None and self.layout is not None:
            label = self.layout.pages[self.layout.page_of[key]].label
            said = f"{self.index.terms.page}{label}"
        self.leading("" if key is None or self.linked else f"#{node.target}", said)

    def leading(self, target: str, said: str) -> None:
        """A text of octavo's own that leads somewhere, or nowhere."""
        if not target:
            self.recorder.say(said, ANY)
            return
        with self.recorder.link(target):
            self.recorder.say(said, ANY)
