"""Markdown to EPUB by EbookLib, a file a chapter: `python -m benchmarks.plain.ebook SOURCE OUT`."""

from __future__ import annotations

import sys
from html import escape

from ebooklib import epub

from benchmarks.plain.tokens import Piece, parse

_ELEMENTS = {"item": "li", "quote": "blockquote", "code": "pre", "note": "p"}
_FACES = {"em": "<em>{}</em>", "strong": "<strong>{}</strong>", "code": "<code>{}</code>", "": "{}"}


def main(source: str, out: str) -> None:
    text = parse(source)
    book = epub.EpubBook()
    book.set_identifier("measured")
    book.set_title(text.title)
    book.set_language(text.language)
    book.add_author(text.author)
    chapters: list[list[str]] = [[]]
    for piece in text.pieces:
        if piece.kind == "h1" and chapters[-1]:
            chapters.append([])
        chapters[-1].append(_block(piece))
    pages = []
    for number, blocks in enumerate(chapters, 1):
        page = epub.EpubHtml(title=f"Chapter {number}", file_name=f"c{number}.xhtml", lang=text.language)
        page.content = "\n".join(blocks)
        book.add_item(page)
        pages.append(page)
    book.toc = pages
    book.spine = ["nav", *pages]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    epub.write_epub(out, book)


def _block(piece: Piece) -> str:
    if piece.kind == "table":
        rows = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in piece.rows)
        return f"<table>{rows}</table>"
    inside = "".join(_FACES[run.face].format(escape(run.text)) for run in piece.runs)
    name = _ELEMENTS.get(piece.kind, piece.kind)
    return f"<{name}>{inside}</{name}>"


if __name__ == "__main__":
    main(*sys.argv[1:])
