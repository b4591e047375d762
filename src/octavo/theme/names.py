"""Names that people bring from elsewhere (CSS, Word, other tools), and what they are called here: for hints alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

_LISTED: Final = 16
"""More valid names than these are not listed in a hint."""

ELSEWHERE: Final[Mapping[str, tuple[str, ...]]] = {
    "font-size": ("size",), "font-family": ("font",), "font-weight": ("weight",), "font-style": ("italic",),
    "line-height": ("leading",), "line-spacing": ("leading",), "text-align": ("align",), "alignment": ("align",),
    "text-indent": ("first-line-indent",), "indent": ("indent-left",), "hyphens": ("hyphenate",),
    "margin": ("space-before", "margin-inner"), "margins": ("margin-inner",),
    "margin-top": ("space-before",), "margin-bottom": ("space-after",),
    "margin-left": ("indent-left", "margin-inner"), "margin-right": ("indent-right", "margin-outer"),
    "spacing-before": ("space-before",), "spacing-after": ("space-after",), "tracking": ("letter-spacing",),
    "text-transform": ("case",), "text-decoration": ("underline",), "font-variant": ("small-caps",),
    "background-color": ("background",), "background-colour": ("background",), "colour": ("color",),
    "border": ("border-top",), "bullet": ("marker",), "list-style": ("marker",),
    "page-break-before": ("break-before",), "break-after": ("break-before",), "bold": ("weight", "strong"),
    "vertical-align": ("rise",), "paper": ("size",), "width": ("size",), "text-size": ("size", "scale"),
    "h1": ("heading-1",), "h2": ("heading-2",), "h3": ("heading-3",), "h4": ("heading-4",), "h5": ("heading-5",),
    "h6": ("heading-6",), "headings": ("heading",), "headline": ("title",), "body": ("text",), "base": ("text",),
    "normal": ("text",), "p": ("paragraph",), "author": ("byline",), "authors": ("byline",),
    "blockquote": ("quote",), "quotation": ("quote",), "figcaption": ("caption",), "th": ("table-head",),
    "td": ("table-cell",), "li": ("list-item",), "item": ("list-item",), "bullets": ("list-item",),
    "pre": ("code-block",), "code": ("code-block",), "toc": ("contents-1",), "contents": ("contents-1",),
    "header": ("page-header",), "running-head": ("page-header",), "footer": ("page-footer",),
    "folio": ("page-footer",), "image": ("figure",), "callout": ("notice",), "box": ("notice",),
    "sidebar": ("notice",), "summary": ("key-points",), "references": ("bibliography-entry",),
    "bibliography": ("bibliography-entry",), "note": ("footnote",), "hr": ("divider",), "cover": ("masthead",),
    "em": ("emphasis",), "i": ("emphasis",), "b": ("strong",), "a": ("link",), "hyperlink": ("link",),
    "sup": ("superscript",), "sub": ("subscript",), "del": ("deleted",), "strikethrough": ("deleted", "strike"),
    "tokens": ("token",), "colors": ("token",), "colours": ("token",), "fonts": ("token",), "styles": ("style",),
    "marks": ("mark",), "pages": ("page",), "customs": ("custom",), "web": ("screen",), "epub": ("screen",),
    "ebook": ("screen",), "pdf": ("screen",), "docx": ("office",), "word": ("office",), "press": ("print",),
    "parent": ("extends",), "title": ("name",), "size": ("scale",), "even": ("verso",), "odd": ("recto",),
    "middle": ("center",), "centre": ("center",), "justified": ("justify",), "uppercase": ("upper",),
    "ligatures": ("figures",), "oldstyle": ("old-style",), "right-page": ("recto",),
}  # fmt: skip
"""By the foreign name: ours, the first that is valid at the place."""


def nearest(name: object, known: Iterable[str]) -> str:
    """Return a hint that names the valid name that is meant or nearest, or all of a few; "" where none is near."""
    names = [str(each) for each in known]
    asked = str(name).lower().replace("_", "-")
    near = [each for each in ELSEWHERE.get(asked, ()) if each in names]
    import difflib

    near = near or difflib.get_close_matches(asked, names, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if 0 < len(names) <= _LISTED:
        return f"write one of {', '.join(names)}"
    return ""
