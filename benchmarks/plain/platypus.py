"""Markdown to PDF by ReportLab's platypus: `python -m benchmarks.plain.platypus SOURCE OUT`."""

from __future__ import annotations

import sys
from html import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, Preformatted, SimpleDocTemplate, Table

from benchmarks.plain.tokens import Piece, Run, parse

_STYLES = {"h1": "Heading1", "h2": "Heading2", "p": "BodyText", "item": "Bullet", "quote": "Italic"}
_FACES = {"em": "<i>{}</i>", "strong": "<b>{}</b>", "code": '<font face="Courier">{}</font>', "": "{}"}


def main(source: str, out: str) -> None:
    text = parse(source)
    sheet = getSampleStyleSheet()
    note = ParagraphStyle("note", sheet["BodyText"], fontSize=8)
    story: list[Flowable] = [Paragraph(escape(text.title), sheet["Title"])]
    for piece in text.pieces:
        if piece.kind == "code":
            story.append(Preformatted(piece.runs[0].text, sheet["Code"]))
        elif piece.kind == "table":
            story.append(Table(piece.rows, repeatRows=1))
        else:
            style = note if piece.kind == "note" else sheet[_STYLES.get(piece.kind, "BodyText")]
            story.append(Paragraph(_marked(piece), style))
    SimpleDocTemplate(out, pagesize=A4, title=text.title, author=text.author).build(story)


def _marked(piece: Piece) -> str:
    return "".join(_run(run) for run in piece.runs)


def _run(run: Run) -> str:
    shown = _FACES[run.face].format(escape(run.text))
    return f'<a href="{escape(run.href)}">{shown}</a>' if run.href else shown


if __name__ == "__main__":
    main(*sys.argv[1:])
