"""Navigation: the EPUB 3 navigation document (contents, landmarks, page list) and the NCX for old readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count

import msgspec

from octavo.transforms.resolved import Terms
from octavo.writers.epub.breaks import PageMark
from octavo.writers.epub.contents import Item, contents_style, nested_list
from octavo.writers.epub.markup import attribute, escape, fragment, page, quoted


class Landmark(msgspec.Struct, frozen=True):
    """A place that a reader's program offers by what it is."""

    epub_type: str
    address: str
    text: str


class Navigation(msgspec.Struct, frozen=True, kw_only=True):
    """What can be gone to. `items` is never empty; `address` gives an entry's place."""

    title: str
    language: str
    terms: Terms
    items: Sequence[Item]
    address: Callable[[Item], str]
    landmarks: Sequence[Landmark]
    pages: Sequence[tuple[PageMark, str]]
    identifier: str


def navigation_document(navigation: Navigation) -> str:
    """Return nav.xhtml (EPUB 3.3, 7)."""
    heading = escape(navigation.terms.contents)

    def entry(item: Item, depth: int) -> str:
        address = navigation.address(item)
        return f'<a class="{contents_style(depth)}" href="{address}">{escape(item.text)}</a>'

    entries = nested_list(navigation.items, entry)
    heading = f'<h1 class="contents-title">{heading}</h1>'
    body = f'<nav epub:type="toc" role="doc-toc" id="toc">\n{heading}\n{entries}</nav>\n'
    if navigation.landmarks:
        rows = "".join(
            f'<li><a epub:type="{each.epub_type}" href="{each.address}">{escape(each.text)}</a></li>\n'
            for each in navigation.landmarks
        )
        name = attribute("aria-label", navigation.title)
        body += f'<nav epub:type="landmarks" hidden="hidden"{name}>\n<ol>\n{rows}</ol>\n</nav>\n'
    if navigation.pages:
        rows = "".join(
            f'<li><a href="{file}#{fragment(mark.identifier)}">{escape(mark.label)}</a></li>\n'
            for mark, file in navigation.pages
        )
        first, last = navigation.pages[0][0].label, navigation.pages[-1][0].label
        name = attribute("aria-label", f"{navigation.terms.page} {first}\N{EN DASH}{last}")
        body += f'<nav epub:type="page-list" role="doc-pagelist" hidden="hidden"{name}>\n<ol>\n{rows}</ol>\n</nav>\n'
    return page(navigation.terms.contents, body, language=navigation.language)


def ncx(navigation: Navigation) -> str:
    """Return toc.ncx (OPF 2.0.1, 2.4.1; ANSI/NISO Z39.86-2005, 8)."""
    counter = count(1)
    points = "".join(_point(item, navigation, counter) for item in navigation.items)
    pages = navigation.pages
    numbers = [int(mark.label) for mark, _ in pages if mark.label.isascii() and mark.label.isdigit()]
    listed = ""
    if pages:
        targets = "".join(
            f'<pageTarget id="page{at}" type="{_page_type(mark.label)}"{_value(mark.label)}>'
            f"<navLabel><text>{escape(mark.label)}</text></navLabel>"
            f'<content src="{file}#{fragment(mark.identifier)}"/></pageTarget>\n'
            for at, (mark, file) in enumerate(pages, start=1)
        )
        name = escape(navigation.terms.page)
        listed = f"<pageList>\n<navLabel><text>{name}</text></navLabel>\n{targets}</pageList>\n"
    depth = _depth(navigation.items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" '
        f'xml:lang="{quoted(navigation.language)}">\n'
        f'<head>\n<meta name="dtb:uid" content="{quoted(navigation.identifier)}"/>\n'
        f'<meta name="dtb:depth" content="{depth}"/>\n'
        f'<meta name="dtb:totalPageCount" content="{len(pages)}"/>\n'
        f'<meta name="dtb:maxPageNumber" content="{max(numbers, default=0)}"/>\n</head>\n'
        f"<docTitle><text>{escape(navigation.title)}</text></docTitle>\n"
        f"<navMap>\n{points}</navMap>\n{listed}</ncx>\n"
    )


def _point(item: Item, navigation: Navigation, counter: Iterator[int]) -> str:
    head = (
        f'<navPoint id="point{next(counter)}"><navLabel><text>{escape(item.text)}</text></navLabel>'
        f'<content src="{navigation.address(item)}"/>\n'
    )
    inside = "".join([_point(each, navigation, counter) for each in item.items])
    return f"{head}{inside}</navPoint>\n"


def _page_type(label: str) -> str:
    if label.isascii() and label.isdigit():
        return "normal"
    return "front" if set(label.lower()) <= set("ivxlcdm") else "special"


def _value(label: str) -> str:
    return f' value="{int(label)}"' if label.isascii() and label.isdigit() else ""


def _depth(items: Sequence[Item]) -> int:
    return 1 + max((_depth(item.items) for item in items if item.items), default=0) if items else 0
