"""Markdown to Word by python-docx: `python -m benchmarks.plain.word SOURCE OUT`."""

from __future__ import annotations

import sys

import docx

from benchmarks.plain.tokens import Piece, parse

_STYLES = {"item": "List Bullet", "quote": "Quote"}


def main(source: str, out: str) -> None:
    text = parse(source)
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = text.title, text.author
    document.add_heading(text.title, 0)
    for piece in text.pieces:
        if piece.kind == "table":
            _table(document, piece)
            continue
        paragraph = (
            document.add_heading("", int(piece.kind[1]))
            if piece.kind in ("h1", "h2", "h3")
            else document.add_paragraph(style=_STYLES.get(piece.kind))
        )
        for run in piece.runs:
            made = paragraph.add_run(run.text)
            made.italic, made.bold = run.face == "em" or None, run.face == "strong" or None
            if run.face == "code":
                made.font.name = "Courier New"
    document.save(out)


def _table(document: docx.document.Document, piece: Piece) -> None:
    table = document.add_table(len(piece.rows), len(piece.rows[0]))
    for row, made in zip(piece.rows, table.rows, strict=True):
        for said, cell in zip(row, made.cells, strict=True):
            cell.text = said


if __name__ == "__main__":
    main(*sys.argv[1:])
