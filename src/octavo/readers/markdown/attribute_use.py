"""What attributes mean on each kind of node, and what is said of those that mean nothing there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

import msgspec

from octavo.diagnostics import Position, warning
from octavo.readers.attributes import Attributes
from octavo.readers.report import Report, nearest
from octavo.tree.nodes import Code, Image, Inline, Link, Node, SmallCaps, Span
from octavo.units import parse_length

N = TypeVar("N", bound=Node)
IMAGE_KEYS = ("alt", "width", "decorative", "title")
_YES = frozenset({"yes", "true", "1", "on"})
_NO = frozenset({"no", "false", "0", "off"})


class AttributeUse:
    """Applies attributes to nodes; what is left over is reported."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def common(self, attributes: Attributes) -> dict[str, Any]:
        """Return the fields that every node has: id and language."""
        fields: dict[str, Any] = {}
        if attributes.id:
            fields["id"] = attributes.id
        language = attributes.values.get("lang") or attributes.values.get("language")
        if language:
            fields["language"] = language
        return fields

    def check(
        self,
        attributes: Attributes,
        known: Collection[str],
        what: str,
        place: Position | None,
        classes: Collection[str] = (),
    ) -> None:
        """Report the keys and classes that a node does not know."""
        for key in attributes.values:
            if key not in known and key not in ("lang", "language"):
                every = sorted({*known, "lang"})
                hint = nearest(key, every, f"known here are {', '.join(every)}")
                message = f"{what} has no attribute `{key}`"
                self.report.once(warning("unknown-attribute", message, place, hint))
        for name in attributes.classes:
            if name not in classes:
                hint = nearest(
                    name, classes, "write `[text]{.name}` or `::: name` to use a style of the theme"
                )
                self.report.once(warning("unknown-attribute", f"{what} has no class `.{name}`", place, hint))

    def choice(self, attributes: Attributes, key: str, place: Position | None) -> bool | None:
        """Return what a key says as yes or no, None where it is absent or says neither."""
        said = attributes.values.get(key)
        if said is None:
            return None
        if said.lower() in _YES or said.lower() in _NO:
            return said.lower() in _YES
        hint = f'write {key}="yes" or {key}="no"'
        self.report.warning("invalid-attribute", f"`{said}` is neither yes nor no", place, hint)
        return None

    def width(self, attributes: Attributes, place: Position | None) -> float:
        """Return a width as `Image.width` holds it."""
        said = attributes.values.get("width", "").strip()
        if not said:
            return 0.0
        try:
            if said.endswith("%"):
                share = float(said[:-1])
                if not 0 < share <= 100:
                    raise ValueError("a share of the measure lies between 0% and 100%")
                return -round(share / 100, 4)
            length = parse_length(f"{said}px" if said.isdigit() else said)
            if length < 0:
                raise ValueError(f"`{said}` is negative")
        except ValueError as fault:
            self.report.warning("invalid-attribute", str(fault), place, 'write width="50%" or width="8cm"')
            return 0.0
        return length

    def share(self, said: str, place: Position | None) -> float:
        """Return the width of a table's column as a share of the table."""
        try:
            return max(0.0, round(float(said.rstrip("%")) / 100, 4))
        except ValueError:
            hint = 'write widths="30% 70%"'
            self.report.warning("invalid-attribute", f"`{said}` is no share of a width", place, hint)
            return 0.0

    def image(
        self, node: Image, attributes: Attributes, place: Position | None, more: Collection[str] = ()
    ) -> Image:
        """Return the image with its attributes; `more` are keys that a figure takes for itself."""
        self.check(attributes, (*IMAGE_KEYS, *more), "an image", place)
        decorative = self.choice(attributes, "decorative", place) or False
        fields = self.common(attributes)
        alt = attributes.values.get("alt")
        title = attributes.values.get("title")
        return msgspec.structs.replace(
            node,
            alt="" if decorative else node.alt if alt is None else alt,
            decorative=decorative,
            title=node.title if title is None else title,
            width=self.width(attributes, place),
            **fields,
        )

    def inline(self, node: Inline, attributes: Attributes, place: Position | None) -> Inline:
        """Return an image, link or code with the attributes that follow it."""
        if isinstance(node, Image):
            return self.image(node, attributes, place)
        if isinstance(node, Code):
            self.check(attributes, (), "code", place, attributes.classes[:1])
            return msgspec.structs.replace(
                node, code_language="".join(attributes.classes[:1]), **self.common(attributes)
            )
        if isinstance(node, Link):
            self.check(attributes, ("title",), "a link", place)
            title = attributes.values.get("title", node.title)
            return msgspec.structs.replace(node, title=title, **self.common(attributes))
        self.check(attributes, (), "this text", place)
        return msgspec.structs.replace(node, **self.common(attributes))

    def span(self, content: tuple[Inline, ...], attributes: Attributes, place: Position | None) -> Inline:
        """Return what `[content]{attributes}` is."""
        small = [each for each in attributes.classes if each in ("smallcaps", "small-caps")]
        styles = [each for each in attributes.classes if each not in small]
        self.check(Attributes("", tuple(styles[1:]), attributes.values), (), "a span", place)
        fields = self.common(attributes)
        if small and not styles:
            return SmallCaps(content=content, position=place, **fields)
        if small:
            content = (SmallCaps(content=content, position=place),)
        return Span(content=content, style="".join(styles[:1]), position=place, **fields)
