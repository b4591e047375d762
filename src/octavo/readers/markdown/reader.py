"""Reads Markdown: decode, front matter, parse, convert, nest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Final

from markdown_it.token import Token

from octavo.diagnostics import info
from octavo.readers.attributes import Attributes
from octavo.readers.decode import decode
from octavo.readers.frontmatter import Abstract, find_front_matter, read_front_matter
from octavo.readers.markdown.blocks import BlockReader
from octavo.readers.markdown.heading_references import add_headings
from octavo.readers.markdown.lines import Lines
from octavo.readers.markdown.notes import take_out
from octavo.readers.markdown.parser import Parsing, parse
from octavo.readers.markdown.prepare import placement, prepare
from octavo.readers.markdown.sections import nest, take_title
from octavo.readers.protocol import Parsed, Source
from octavo.readers.report import Report
from octavo.tree import Document

_TEMPLATE: Final = re.compile(r"\{%-?\s*+\w(?:(?!\{%).)*?%\}|\{\{[<%](?:(?!\{\{).)*?[>%]\}\}", re.DOTALL)


class MarkdownReader:
    """Reads Markdown with a head of metadata; `docs/markdown.md` tells the dialect."""

    name: ClassVar[str] = "markdown"
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd")

    def read(self, source: Source) -> Parsed:
        """Return the document and what was noticed.

        Raises:
            SourceError: the source is not UTF-8 text, its front matter is broken, or its blocks nest too deeply.
        """
        report = Report()
        text, noticed = decode(source)
        report.add(*noticed)
        head = find_front_matter(text, source.name)
        metadata, abstract = read_front_matter(head, source.name, report)
        lines = Lines(text, source.name, source.depth, source.marks)
        pandoc = head.line_count > 0 and text.startswith("%")
        parsing = _parsed(_without_head(text, head.line_count), lines, pandoc=pandoc)
        before = _abstract_tokens(abstract, lines, parsing)
        _report_references([*before, *parsing.tokens], parsing, lines, report)
        _report_templates(parsing.environment.get("templated", ()), lines, report)
        tokens, definitions = take_out([*before, *parsing.tokens], lines)
        blocks = BlockReader(lines, definitions, report)
        entries = blocks.entries(tokens)
        opening, entries = (entries[:1], entries[1:]) if before else ([], entries)
        entries, metadata = take_title(entries, metadata, report)
        content = nest([*opening, *entries], report)
        document = Document(
            metadata=metadata,
            content=content,
            source=source.name,
            embedded=blocks.inline_reader.images.files,
        )
        return Parsed(document, report.diagnostics())


def _parsed(
    text: str, lines: Lines, references: dict[str, dict[str, Any]] | None = None, *, pandoc: bool = False
) -> Parsing:
    parsing = parse(text, lines, references)
    prepare(parsing.tokens, lines)
    add_headings(parsing.tokens, parsing.references, single=pandoc)
    parsing.read_inlines()
    return parsing


def _abstract_tokens(abstract: Abstract, lines: Lines, rest: Parsing) -> list[Token]:
    """Return the tokens of an abstract as those of a block `::: abstract`, placed where the head has them."""
    if not abstract.text.strip():
        return []
    first = abstract.line - 1
    inside = _parsed("\n" * first + abstract.text, lines, rest.references).tokens
    opening = Token("container_open", "", 1, map=[first, first + 1])
    opening.meta = {"name": "abstract", "attributes": Attributes(), "colons": 3, "closed": True}
    return [opening, *inside, Token("container_close", "", -1)]


def _without_head(text: str, count: int) -> str:
    """Return the text with the lines of its head emptied, so that all others keep their numbers."""
    if not count:
        return text
    parts = text.split("\n", count)
    return "\n" * count + (parts[count] if len(parts) > count else "")


def _report_templates(tokens: Iterable[Token], lines: Lines, report: Report) -> None:
    """Say what in the text is meant for the templates of a site generator."""
    for token in tokens:
        where = placement(token, lines)
        for child in token.children or ():
            for match in _TEMPLATE.finditer(child.content) if child.type == "text" else ():
                message = "a tag of a site generator's templates is shown as it stands"
                hint = "octavo runs no templates; write in Markdown what the tag would show"
                said = info("template-tag", message, where.at(child.meta["at"] + match.start()), hint)
                report.once(said)


def _report_references(tokens: list[Token], parsing: Parsing, lines: Lines, report: Report) -> None:
    """Say which link reference definitions are of no use: nothing names them, or an earlier one wins."""
    defined = {label: each for label, each in parsing.references.items() if "heading" not in each}
    if not defined and not parsing.repeated:
        return
    used: set[str] = set()
    stack: list[Any] = list(tokens)
    while stack:
        token = stack.pop()
        if token.children:
            stack.extend(token.children)
        if token.meta:
            if "label" in token.meta:
                used.add(token.meta["label"])
            stack.extend(token.meta[part] for part in ("attribution", "alert_title") if part in token.meta)
    for label, reference in defined.items():
        if label not in used:
            place = lines.first_character(reference["map"][0])
            report.info("unused-reference", f"nothing names the link `[{label.lower()}]`", place)
    for repeated in parsing.repeated:
        place = lines.first_character(repeated["map"][0])
        message = f"the link `[{repeated['label'].lower()}]` is defined again; the first definition counts"
        report.warning("repeated-reference", message, place)
