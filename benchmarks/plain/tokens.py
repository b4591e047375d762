"""The source as a flat list of blocks, read by markdown-it, for the plain programs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin


class Run(NamedTuple):
    """Some text with its face: "", "em", "strong" or "code"; `href` where it is a link."""

    text: str
    face: str = ""
    href: str = ""


class Piece(NamedTuple):
    """A block: its kind (h1, h2, p, item, quote, code, note), its runs; a table has rows of cells instead."""

    kind: str
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Text(NamedTuple):
    """A whole source."""

    title: str
    author: str
    language: str
    pieces: tuple[Piece, ...]


def parse(path: str) -> Text:
    """Read a source."""
    markdown = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(footnote_plugin)
    tokens = markdown.parse(Path(path).read_text(encoding="utf-8"))
    head = tokens[0].content if tokens and tokens[0].type == "front_matter" else ""
    about = dict(re.findall(r'^(\w+): "?(.*?)"?$', head, re.M))
    return Text(
        about.get("title", ""), about.get("author", ""), about.get("lang", "en"), tuple(_pieces(tokens))
    )


def _pieces(tokens: list[Token]) -> list[Piece]:
    pieces: list[Piece] = []
    around: list[str] = []
    rows: list[list[str]] = []
    for token in tokens:
        match token.type:
            case "heading_open" | "list_item_open" | "blockquote_open" | "footnote_open" | "table_open":
                around.append(token.tag if token.type == "heading_open" else token.type.removesuffix("_open"))
                rows = [] if token.type == "table_open" else rows
            case "table_close":
                pieces.append(Piece("table", rows=tuple(tuple(row) for row in rows)))
                around.pop()
            case "heading_close" | "list_item_close" | "blockquote_close" | "footnote_close":
                around.pop()
            case "tr_open":
                rows.append([])
            case "fence" | "code_block":
                pieces.append(Piece("code", (Run(token.content.rstrip("\n"), "code"),)))
            case "inline" if around and around[-1] == "table":
                rows[-1].append("".join(run.text for run in _runs(token)))
            case "inline":
                kinds = {"list_item": "item", "blockquote": "quote", "footnote": "note"}
                kind = around[-1] if around else "p"
                pieces.append(Piece(kinds.get(kind, kind), tuple(_runs(token))))
    return pieces


def _runs(token: Token) -> list[Run]:
    runs: list[Run] = []
    face = href = ""
    for child in token.children or ():
        match child.type:
            case "text" | "softbreak" | "hardbreak":
                runs.append(Run(child.content or " ", face, href))
            case "code_inline":
                runs.append(Run(child.content, "code", href))
            case "em_open" | "strong_open":
                face = child.type.removesuffix("_open")
            case "em_close" | "strong_close":
                face = ""
            case "link_open":
                href = str(child.attrs.get("href", ""))
            case "link_close":
                href = ""
            case "footnote_ref":
                runs.append(Run(f"[{int(child.meta['id']) + 1}]"))
    return runs
